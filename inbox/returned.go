package inbox

import (
	"encoding/json"
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"

	"parley/internal/plaintext"
)

// draftHead is what the page keeps in a draft's Head, as far as a message tells it. The lists of a mail are never
// null: the page counts on that.
type draftHead struct {
	Mode    string       `json:"mode,omitempty"` // of a mail alone
	To      []draftParty `json:"to,omitzero"`
	Cc      []draftParty `json:"cc,omitzero"`
	Bcc     []draftParty `json:"bcc,omitzero"`
	Subject string       `json:"subject,omitempty"`
	From    string       `json:"from,omitempty"`
	About   string       `json:"about,omitempty"`
	ReplyTo string       `json:"reply_to,omitempty"` // of a chat alone
}

type draftParty struct {
	Name    string `json:"name"`
	Address string `json:"address"`
}

// takeIn makes an answer that was not sent part of its writer's draft, behind what they have begun since. A mail
// lies beside a note that is being written; an answer by a chat has no place of its own there, and must neither
// become a note nor the note an answer: its words are left to the timeline.
func (d *Draft) takeIn(m *Message) error {
	m.unnumbered()
	var err error
	switch noted := d.Kind == KindNote && strings.TrimSpace(d.Text) != ""; {
	case m.IsMail():
		err = d.takeMail(m)
		if !noted {
			d.Kind = KindMessage
		}
	case !noted:
		err = d.takeChat(m)
		d.Kind = KindMessage
	}
	for _, f := range m.Files { // beside a note as well: nothing else would keep them
		if !slices.Contains(d.Files, f.ID) {
			d.Files = append(d.Files, f.ID)
		}
	}
	return err
}

func (d *Draft) takeMail(m *Message) error {
	page := ownPicture.ReplaceAllString(m.HTML, `"/api/v1/files/$1" data-file="$1"`)
	if page == "" {
		page = lines(m.Text)
	}
	d.HTML += page
	h := draftHead{Mode: "reply", To: bare(m.To), Cc: bare(m.Cc), Bcc: bare(m.Bcc), Subject: m.Subject, About: reference(m.ReplyTo)}
	if m.From != nil {
		h.From = m.From.Address
	}
	return d.setHead(h)
}

func (d *Draft) takeChat(m *Message) error {
	words := m.Text
	if m.HTML != "" {
		words = plaintext.Typed(m.HTML)
	}
	d.Text = paragraphs(d.Text, words)
	d.Buttons = append(d.Buttons, m.Buttons...)
	if m.ReplyTo == 0 {
		return nil
	}
	return d.setHead(draftHead{ReplyTo: reference(m.ReplyTo)})
}

// lines is a text as the editor of mails has it.
func lines(text string) string {
	var page strings.Builder
	for line := range strings.Lines(text) {
		page.WriteString("<div>" + html.EscapeString(strings.TrimSpace(line)) + "</div>")
	}
	return page.String()
}

func (d *Draft) setHead(h draftHead) error {
	text, err := json.Marshal(h)
	if err != nil {
		return fmt.Errorf("write head of draft: %w", err)
	}
	d.Head = string(text)
	return nil
}

func bare(list []Party) []draftParty {
	out := make([]draftParty, len(list))
	for i, p := range list {
		out[i] = draftParty{Name: p.Name, Address: p.Address}
	}
	return out
}

func reference(id MessageID) string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(int64(id), 10)
}
