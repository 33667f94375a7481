package whatsapp

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"parley/channels"
)

// payload is a message as the Graph API takes it. Exactly one of To and Recipient is set, and the field
// that Type names.
type payload struct {
	Product       string       `json:"messaging_product"`
	RecipientType string       `json:"recipient_type,omitempty"`
	To            string       `json:"to,omitempty"`
	Recipient     string       `json:"recipient,omitempty"` // a business-scoped user id
	Type          string       `json:"type,omitempty"`
	Context       *quoted      `json:"context,omitempty"`
	Mark          string       `json:"biz_opaque_callback_data,omitempty"`
	Text          *text        `json:"text,omitempty"`
	Image         *upload      `json:"image,omitempty"`
	Video         *upload      `json:"video,omitempty"`
	Audio         *upload      `json:"audio,omitempty"`
	Document      *upload      `json:"document,omitempty"`
	Sticker       *upload      `json:"sticker,omitempty"`
	Reaction      *reaction    `json:"reaction,omitempty"`
	Interactive   *interactive `json:"interactive,omitempty"`
	Template      *useTemplate `json:"template,omitempty"`
}

type quoted struct {
	MessageID string `json:"message_id"`
}

type text struct {
	Body    string `json:"body"`
	Preview bool   `json:"preview_url"`
}

// upload is a file that was uploaded before.
type upload struct {
	ID       string `json:"id"`
	Caption  string `json:"caption,omitempty"`
	Filename string `json:"filename,omitempty"`
}

type reaction struct {
	MessageID string `json:"message_id"`
	Emoji     string `json:"emoji"`
}

// part is one call of an outgoing message, and the file that is to be uploaded for it.
type part struct {
	payload payload
	file    *channels.File
	as      medium
}

// attach puts an uploaded file into its place.
func (p *part) attach(id string) {
	u := &upload{ID: id}
	if p.payload.Text != nil {
		u.Caption, p.payload.Text = p.payload.Text.Body, nil
	}
	switch p.as.kind {
	case "image":
		p.payload.Image = u
	case "video":
		p.payload.Video = u
	case "audio":
		p.payload.Audio = u
	case "sticker":
		p.payload.Sticker = u
	default:
		u.Filename = p.file.Name
		p.payload.Document = u
	}
}

// render writes an outgoing message as calls, in order. Nothing is sent for one that breaks a limit.
func (a *Account) render(m channels.Outgoing) ([]part, *channels.Error) {
	if err := a.Limits().Check(m); err != nil {
		return nil, err
	}
	base, err := address(m)
	if err != nil {
		return nil, err
	}
	base.Mark = a.mark.of(m.MessageID)
	if m.ReplyTo != "" {
		base.Context = &quoted{m.ReplyTo}
	}
	files, err := fileParts(base, m.Files)
	if err != nil {
		return nil, err
	}
	if hasButtons(m.Buttons) {
		said, err := withButtons(base, m)
		if err != nil {
			return nil, err
		}
		return append(files, said), nil
	}
	body := bodyOf(m)
	if body == "" {
		return files, nil
	}
	if len(files) > 0 && files[0].as.caption && fits(body, maxCaption) {
		files[0].payload.Text = &text{Body: body}
		return files, nil
	}
	return append([]part{textPart(base, body)}, files...), nil
}

func textPart(base payload, body string) part {
	base.Type, base.Text = "text", &text{Body: body, Preview: strings.Contains(body, "://")}
	return part{payload: base}
}

// bodyOf is the text of a message in WhatsApp's own signs. Where those make it too long, it goes without.
func bodyOf(m channels.Outgoing) string {
	if m.HTML == "" {
		return m.Text
	}
	marked := plainMarkup(m.HTML)
	if marked == "" || !fits(marked, maxText) {
		if m.Text != "" {
			return m.Text
		}
		return cut(marked, maxText)
	}
	return marked
}

func fits(s string, most int) bool {
	return channels.TextLimit{Max: most, Unit: channels.UnitUTF16}.Fits(s)
}

// cut shortens a text to a number of UTF-16 units, between characters.
func cut(s string, most int) string {
	units := 0
	for i, r := range s {
		units++
		if r > 0xFFFF {
			units++
		}
		if units > most {
			return s[:i]
		}
	}
	return s
}

func fileParts(base payload, files []channels.File) ([]part, *channels.Error) {
	var parts []part
	for i := range files {
		f := &files[i]
		as, ok := mediumOf(f.Type)
		if !ok {
			return nil, failure(channels.Permanent, channels.CodeFileType)
		}
		if f.Size > as.max {
			return nil, failure(channels.Permanent, channels.CodeFileTooLarge)
		}
		p := part{payload: base, file: f, as: as}
		p.payload.Type = as.kind
		parts = append(parts, p)
	}
	return parts, nil
}

// address says whom a message goes to: a phone, a group, or somebody whose phone is hidden.
func address(m channels.Outgoing) (payload, *channels.Error) {
	chat := m.Chat
	if chat == "" {
		for _, to := range m.To {
			if to.Scope == scopePhone {
				chat = to.Address
				break
			}
		}
	}
	return addressOf(chat)
}

func addressOf(chat string) (payload, *channels.Error) {
	p := payload{Product: "whatsapp", RecipientType: "individual"}
	group, isGroup := strings.CutPrefix(chat, groupPrefix)
	switch {
	case isGroup && group != "":
		p.RecipientType, p.To = "group", group
	case isPhone(chat):
		p.To = digits(chat)
	case isUserID(chat):
		p.Recipient = chat
	default:
		return p, failure(channels.Permanent, CodeChat)
	}
	return p, nil
}

// numbered writes choices below a text, for where they cannot be buttons.
func numbered(body string, list []channels.Button) string {
	lines := []string{body, ""}
	for i, b := range list {
		line := strconv.Itoa(i+1) + ". " + b.Text
		if b.URL != "" {
			line += " " + b.URL
		}
		lines = append(lines, line)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// runes counts characters, as the schema's maxLength does.
func runes(s string) int { return utf8.RuneCountInString(s) }
