package whatsapp

import (
	"strings"

	"parley/channels"
)

type interactive struct {
	Type   string `json:"type"` // button or list
	Body   body   `json:"body"`
	Action action `json:"action"`
}

type body struct {
	Text string `json:"text"`
}

type action struct {
	Buttons  []replyButton `json:"buttons,omitempty"`
	Button   string        `json:"button,omitempty"` // opens the list
	Sections []section     `json:"sections,omitempty"`
}

type replyButton struct {
	Type  string `json:"type"`
	Reply row    `json:"reply"`
}

type section struct {
	Rows []row `json:"rows"`
}

type row struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// listTitle opens a list of choices; WhatsApp allows it 20 characters.
const listTitle = "Выбрать · Choose"

func hasButtons(rows [][]channels.Button) bool {
	for _, r := range rows {
		if len(r) > 0 {
			return true
		}
	}
	return false
}

// withButtons is a message with up to three buttons, or with a list of up to ten choices. A text too long
// to stand above buttons, and buttons that open addresses, become numbered text.
func withButtons(base payload, m channels.Outgoing) (part, *channels.Error) {
	var list []channels.Button
	links := false
	for _, r := range m.Buttons {
		list = append(list, r...)
	}
	for _, b := range list {
		links = links || b.URL != ""
	}
	text := bodyOf(m)
	if runes(text) > maxBody && m.Text != "" && runes(m.Text) <= maxBody {
		text = m.Text // its signs would cost the buttons
	}
	if links || runes(text) > maxBody {
		text = numbered(text, list)
		if !fits(text, maxText) {
			return part{}, failure(channels.Permanent, channels.CodeTextTooLong)
		}
		return textPart(base, text), nil
	}
	rows, err := choices(list)
	if err != nil {
		return part{}, err
	}
	if strings.TrimSpace(text) == "" {
		return part{}, failure(channels.Permanent, channels.CodeEmpty)
	}
	base.Type = "interactive"
	base.Interactive = &interactive{Type: "button", Body: body{text}}
	if len(rows) > maxButtons {
		base.Interactive.Type = "list"
		base.Interactive.Action = action{Button: listTitle, Sections: []section{{Rows: rows}}}
		return part{payload: base}, nil
	}
	for _, r := range rows {
		base.Interactive.Action.Buttons = append(base.Interactive.Action.Buttons, replyButton{Type: "reply", Reply: r})
	}
	return part{payload: base}, nil
}

// choices checks what WhatsApp asks of buttons: titles that differ, data, and lengths.
func choices(list []channels.Button) ([]row, *channels.Error) {
	if len(list) > maxRows {
		return nil, failure(channels.Permanent, CodeButtons)
	}
	seen := map[string]bool{}
	var rows []row
	for _, b := range list {
		title, data := strings.TrimSpace(b.Text), strings.TrimSpace(b.Data)
		switch {
		case title == "" || data == "" || seen[title]:
			return nil, failure(channels.Permanent, CodeButtons)
		case !fits(title, maxTitle) || len(data) > maxData:
			return nil, failure(channels.Permanent, CodeButtons)
		}
		seen[title] = true
		rows = append(rows, row{ID: data, Title: title})
	}
	return rows, nil
}
