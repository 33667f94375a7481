package whatsapp

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"parley/channels"
)

// reader turns what Meta pushes into events. It is pure.
type reader struct {
	account channels.AccountID
	number  string // the account's phone_number_id
	mark    mark
}

// reading is what one push holds: events to store, and what to report and note once they are stored.
type reading struct {
	events  []channels.Event
	reports []channels.Status
	skipped []string // fields of updates that concern no conversation
}

const objectBusiness = "whatsapp_business_account"

// read reads the body of a push. What is no push becomes one event for the quarantine.
func (r reader) read(body []byte) reading {
	var out reading
	var p push
	if json.Unmarshal(body, &p) != nil || p.Object != objectBusiness || len(p.Entry) == 0 {
		out.problem(body, "the push is not one of a WhatsApp Business account")
		return out
	}
	for _, raw := range p.Entry {
		var e entry
		if json.Unmarshal(raw, &e) != nil {
			out.problem(raw, "an entry of the push makes no sense")
			continue
		}
		for _, raw := range e.Changes {
			r.change(&out, e.ID, raw)
		}
	}
	if len(out.events) == 1 && out.events[0].Problem == "" && len(body) <= channels.MaxRaw {
		out.events[0].Raw = body
	}
	return out
}

func (r reader) change(out *reading, business string, raw json.RawMessage) {
	var c change
	if json.Unmarshal(raw, &c) != nil || c.Field == "" {
		out.problem(raw, "a change of the push makes no sense")
		return
	}
	switch c.Field {
	case "messages", "smb_message_echoes", "history", "calls", "user_preferences":
		r.values(out, spot{business, c.Field}, raw, c.Value)
	case "account_update":
		out.skipped = append(out.skipped, c.Field)
		if s, ok := accountUpdate(c.Value); ok {
			out.reports = append(out.reports, s)
		}
	default: // template states, quality, groups, contacts of the phone: nothing that was said
		out.skipped = append(out.skipped, c.Field)
	}
}

// values reads the fields that hold what contacts and we said.
func (r reader) values(out *reading, at spot, raw, text json.RawMessage) {
	var v value
	if json.Unmarshal(text, &v) != nil {
		out.problem(raw, "the value of a change makes no sense")
		return
	}
	s := scene{reader: r, out: out, at: at, value: v}
	if foreign := v.Metadata.NumberID; foreign != "" && foreign != r.number {
		s.foreign()
		return
	}
	s.messages(v.Messages, at.field == "history")
	s.each(v.Echoes, "message_echoes", s.echo)
	s.each(v.Statuses, "statuses", s.status)
	s.each(v.Calls, "calls", s.call)
	s.each(v.Preferences, "user_preferences", s.preference)
	s.each(v.History, "history", s.history)
	if at.field == "messages" && len(v.Messages)+len(v.Statuses) == 0 {
		out.problem(raw, s.emptiness())
	}
}

// spot is where in a push something stands.
type spot struct{ business, field string }

// scene is the reading of one change.
type scene struct {
	reader
	out   *reading
	at    spot
	value value
}

// each reads the elements of a list one by one.
func (s *scene) each(list []json.RawMessage, name string, read func(json.RawMessage) (channels.Event, string)) {
	for _, raw := range list {
		ev, trouble := read(raw)
		switch {
		case trouble == skip:
		case trouble != "":
			s.out.problem(s.wrap(name, raw), trouble)
		case len(ev.Key) > channels.MaxKey || len(ev.Chat) > channels.MaxChat:
			s.out.problem(s.wrap(name, raw), "an id is too long")
		default:
			ev.Raw = s.wrap(name, raw)
			s.out.events = append(s.out.events, ev)
		}
	}
}

// skip is the trouble of an update that concerns no conversation.
const skip = "\x00skip"

// foreign keeps what contacts wrote to another number of the same business account: the address of the
// webhook belongs to the app, so Meta pushes all numbers' events to it. Its statuses are nobody's loss.
func (s *scene) foreign() {
	for _, raw := range s.value.Messages {
		s.out.problem(s.wrap("messages", raw), "a message to another number of this business ("+s.value.Metadata.NumberID+"): connect that number as well, and give it a webhook address of its own")
	}
	s.out.skipped = append(s.out.skipped, "another number's "+s.at.field)
}

// emptiness says why a change about messages holds none.
func (s *scene) emptiness() string {
	if len(s.value.Errors) > 0 {
		return "WhatsApp reports an error of its own"
	}
	return "a change about messages holds none"
}

// wrap writes one element of a list as a push of its own, so that what is kept of each event can be read
// again by itself.
func (s *scene) wrap(name string, raw json.RawMessage) []byte {
	type metadata struct {
		Number   string `json:"display_phone_number"`
		NumberID string `json:"phone_number_id"`
	}
	value := map[string]any{
		"messaging_product": "whatsapp", "metadata": metadata(s.value.Metadata), name: []json.RawMessage{raw},
	}
	if len(s.value.Contacts) == 1 {
		value["contacts"] = s.value.Contacts
	}
	whole, err := json.Marshal(map[string]any{
		"object": objectBusiness,
		"entry": []any{map[string]any{
			"id": s.at.business, "changes": []any{map[string]any{"field": s.at.field, "value": value}},
		}},
	})
	if err != nil || len(whole) > channels.MaxRaw {
		return bytes.Clone(raw[:min(len(raw), channels.MaxRaw)])
	}
	return whole
}

// problem keeps bytes that were not understood; their key is made of them.
func (o *reading) problem(raw []byte, text string) {
	sum := sha256.Sum256(raw)
	o.events = append(o.events, channels.Event{
		Key: channels.EventKey("raw:" + hex.EncodeToString(sum[:])), Direction: channels.Inward,
		Raw: raw[:min(len(raw), channels.MaxRaw)], Problem: text,
	})
}

// accountUpdate says what an update of the business account means for its channel; ok is false when
// nothing.
func accountUpdate(text json.RawMessage) (s channels.Status, ok bool) {
	var u struct {
		Event     string `json:"event"`
		Violation struct {
			Type string `json:"violation_type"`
		} `json:"violation_info"`
		Ban struct {
			State string `json:"waba_ban_state"`
		} `json:"ban_info"`
		Restrictions []struct {
			Type string `json:"restriction_type"`
		} `json:"restriction_info"`
	}
	if json.Unmarshal(text, &u) != nil {
		return s, false
	}
	switch u.Event {
	case "ACCOUNT_RESTRICTION":
		return channels.Status{State: channels.StateConnected, Code: CodeRestricted, Text: phrase(CodeRestricted).EN}, true
	case "ACCOUNT_VIOLATION":
		return channels.Status{State: channels.StateConnected, Code: CodeBlocked, Text: phrase(CodeBlocked).EN}, true
	case "DISABLED_UPDATE":
		if u.Ban.State == "REINSTATE" {
			return channels.Status{State: channels.StateConnected}, true
		}
		return channels.Status{State: channels.StateBroken, Code: CodeDisabled, Text: phrase(CodeDisabled).EN}, true
	case "ACCOUNT_DELETED":
		return channels.Status{State: channels.StateBroken, Code: CodeDeleted, Text: phrase(CodeDeleted).EN}, true
	}
	return s, false
}
