package vk

import (
	"encoding/json"

	"parley/channels"
)

// Kinds are the types of updates that become events.
var Kinds = []string{
	"message_new", "message_reply", "message_edit", "message_event", "message_read", "message_reaction_event", "message_allow", "message_deny",
	"market_order_new", "market_order_edit", "lead_forms_new",
}

// Events are what an update becomes in a community where names are known.
func Events(raw []byte, group int64, key []byte, names map[int64]string) []channels.Event {
	u, err := parseUpdate(raw)
	if err != nil {
		return []channels.Event{notUnderstood(raw, "", err.Error())}
	}
	people(u)
	return mapper{group: group, seal: seal{key: key}, names: func(id int64) string { return names[id] }}.events(u, raw)
}

// Refused is the error of one of VK's numbers.
func Refused(n int) *channels.Error { return refused(refusal(n)) }

// Listed are VK's numbers that have a verdict.
func Listed() (list []int) {
	for n := range verdicts {
		list = append(list, int(n))
	}
	return list
}

// RandomID is the network's id of a message of ours.
func RandomID(key []byte, message string) int32 { return seal{key: key}.randomID(message) }

// Payload is the mark of a message of ours, and Ours what reads it.
func Payload(key []byte, m channels.Outgoing, peer int64) string {
	return seal{key: key}.payload(m, peer)
}

// Ours tells whose message a payload proves; 0 = nobody's.
func Ours(key []byte, payload string, peer int64) int64 { return seal{key: key}.ours(payload, peer) }

// Render turns HTML into a text and its formatting as JSON.
func Render(html string) (text, format string) {
	t, f := render(html)
	if len(f.Items) == 0 {
		return t, ""
	}
	return t, jsonText(f.Items)
}

// Keyboard writes buttons.
func Keyboard(rows [][]channels.Button) string { return keyboardOf(rows) }

// Markup turns a text of VK's into text and HTML.
func Markup(text, format string) (plain, html string) {
	p := &page{}
	p.runs(runsOf(text, json.RawMessage(format)))
	return p.text.String(), p.markup()
}
