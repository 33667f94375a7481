package inbox

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/internal/plaintext"
)

// draftTries is how often a draft is read anew that its writer saves meanwhile.
const draftTries = 3

// moveDrafts takes what people have begun to write in a conversation along to the one that it becomes part of: there
// they go on, and here nobody could send it.
func (s *Service) moveDrafts(ctx context.Context, stays, goes *Conversation, now time.Time) error {
	drafts, err := s.store.DraftsIn(ctx, goes.ID)
	if err != nil {
		return fmt.Errorf("read drafts: %w", err)
	}
	for agent, d := range drafts {
		d.leave(s.byMail(goes), s.byMail(stays))
		for try := 1; ; try++ {
			into, _, err := s.store.Draft(ctx, agent, stays.ID)
			if err != nil {
				return fmt.Errorf("read draft: %w", err)
			}
			into.join(d)
			into.UpdatedAt = now
			if _, ok, err := s.store.PutDraft(ctx, agent, stays.ID, into); err != nil || !ok && try == draftTries {
				return orMissing(err, ErrDraftStale)
			} else if ok {
				break
			}
		}
		if err := s.store.DeleteDraft(ctx, agent, goes.ID); err != nil {
			return fmt.Errorf("delete draft: %w", err)
		}
	}
	return nil
}

func (s *Service) byMail(c *Conversation) bool {
	l, ok := s.limits(c.AccountID)
	return ok && l.Subject
}

// leave makes a draft fit for another conversation, whose messages are others: it answers none of those that it did,
// and its words lie where the other channel looks for them.
func (d *Draft) leave(mailHere, mailThere bool) {
	switch {
	case mailHere && mailThere:
		d.Head = elsewhere(d.Head)
		return
	case mailHere:
		d.Kind = KindMessage
		if d.Text != "" { // a note: a mail beside it becomes one as well, so that nothing goes out by mistake
			d.Kind = KindNote
		}
		d.Text, d.HTML = paragraphs(d.Text, plaintext.FromHTML(d.HTML)), ""
	case mailThere && d.Kind != KindNote:
		d.HTML, d.Text, d.Buttons = d.HTML+lines(d.Text), "", nil
	}
	d.Head = ""
}

// elsewhere is the head of a mail without the message that it answers. One that is passed on may be of any conversation.
func elsewhere(head string) string {
	var h draftHead
	if json.Unmarshal([]byte(head), &h) != nil || h.Mode == "" {
		return ""
	}
	if h.Mode != "forward" {
		h.About = ""
	}
	h.ReplyTo = ""
	text, err := json.Marshal(h)
	if err != nil {
		return "" // of texts alone: cannot happen
	}
	return string(text)
}

// join adds another draft of the same writer behind this one, as joined conversations do: of two kinds it becomes a
// note, because what was meant for colleagues must not go out by mistake.
func (d *Draft) join(o Draft) {
	switch {
	case strings.TrimSpace(d.Text+d.HTML) == "":
		d.Kind = o.Kind
	case d.Kind != o.Kind && strings.TrimSpace(o.Text+o.HTML) != "":
		d.Kind = KindNote
	}
	d.Text = paragraphs(d.Text, o.Text)
	d.HTML += o.HTML
	d.Head = cmp.Or(d.Head, o.Head)
	d.Buttons = append(d.Buttons, o.Buttons...)
	for _, f := range o.Files {
		if !slices.Contains(d.Files, f) {
			d.Files = append(d.Files, f)
		}
	}
}

// paragraphs are two texts, one below the other.
func paragraphs(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "\n\n" + b
}
