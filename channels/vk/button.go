package vk

import (
	"encoding/json"
	"strings"
	"unicode/utf8"

	"parley/channels"
)

// button is what our buttons carry: VK hands a press back with no words of its own.
type button struct {
	Data  string `json:"d"`
	Label string `json:"t,omitempty"`
}

// readButton reads the payload of a press. What another program made is handed on as it is.
func readButton(payload string) button {
	var b struct {
		Data  *string `json:"d"`
		Label string  `json:"t"`
	}
	if json.Unmarshal([]byte(payload), &b) == nil && b.Data != nil {
		return button{Data: *b.Data, Label: b.Label}
	}
	return button{Data: payload}
}

// pressOf is the press in a message's payload, nil when there is none.
func pressOf(payload string) *channels.Press {
	if payload == "" || payload == "{}" || len(payload) > maxPayload*4 {
		return nil
	}
	return &channels.Press{Data: readButton(payload).Data}
}

// press is the press of a callback button.
type press struct {
	UserID  int64  `json:"user_id"`
	PeerID  int64  `json:"peer_id"`
	EventID string `json:"event_id"`
	Payload loose  `json:"payload"`
	Number  int64  `json:"conversation_message_id"`
}

func readPress(object json.RawMessage) (press, error) {
	var p press
	switch {
	case json.Unmarshal(object, &p) != nil:
		return press{}, errShape
	case p.PeerID == 0 || p.UserID == 0 || p.EventID == "" || len(p.EventID) > 200:
		return press{}, errNoPeer
	}
	return p, nil
}

// keyboard is an inline keyboard.
type keyboard struct {
	Inline  bool          `json:"inline"`
	OneTime bool          `json:"one_time"`
	Buttons [][]keyButton `json:"buttons"`
}

type keyButton struct {
	Action keyAction `json:"action"`
}

type keyAction struct {
	Type    string `json:"type"`
	Label   string `json:"label"`
	Payload string `json:"payload,omitempty"`
	Link    string `json:"link,omitempty"`
}

// keyboardOf writes the buttons of a message, "" when there are none. A button with data is of the
// kind "text": its press arrives as a message, on every client, whether or not the community's
// settings tick message_event, and both sides see in the chat what was chosen.
func keyboardOf(rows [][]channels.Button) string {
	k := keyboard{Inline: true}
	for _, row := range fold(rows) {
		keys := make([]keyButton, 0, len(row))
		for _, b := range row {
			keys = append(keys, keyOfButton(b))
		}
		k.Buttons = append(k.Buttons, keys)
	}
	if len(k.Buttons) == 0 {
		return ""
	}
	return jsonText(k)
}

func keyOfButton(b channels.Button) keyButton {
	label := cut(b.Text, maxLabel)
	if b.URL != "" {
		return keyButton{Action: keyAction{Type: "open_link", Label: label, Link: b.URL}}
	}
	payload := jsonText(button{Data: b.Data, Label: label})
	if utf8.RuneCountInString(payload) > maxPayload {
		payload = jsonText(button{Data: b.Data})
	}
	return keyButton{Action: keyAction{Type: "text", Label: label, Payload: payload}}
}

// fold keeps a keyboard within VK's grid: rows that are too long or too many are laid anew.
func fold(rows [][]channels.Button) [][]channels.Button {
	var all []channels.Button
	fits := len(rows) <= maxRows
	for _, row := range rows {
		all = append(all, row...)
		fits = fits && len(row) > 0 && len(row) <= maxRow
	}
	if fits {
		return rows
	}
	var folded [][]channels.Button
	for wide := 2; len(all) > 0; {
		n := min(len(all), wide)
		folded, all = append(folded, all[:n]), all[n:]
	}
	return folded
}

func cut(text string, runes int) string {
	if utf8.RuneCountInString(text) <= runes {
		return text
	}
	return string([]rune(text)[:runes-1]) + "…"
}

// jsonText writes a value whose types always can be written.
func jsonText(v any) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v)
	return strings.TrimSuffix(b.String(), "\n")
}
