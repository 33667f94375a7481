package whatsapp

import (
	"encoding/json"

	"parley/channels"
)

// states are how far a message may have come by a status. "played" is a voice message that was heard.
var states = map[string]channels.DeliveryState{
	"sent":      channels.Accepted,
	"delivered": channels.Delivered,
	"read":      channels.Read,
	"played":    channels.Read,
	"failed":    channels.DeliveryFailed,
}

// status reads how far a message of ours came. Statuses come repeatedly and in any order; that none takes
// a message back is the house's rule.
func (s *scene) status(raw json.RawMessage) (channels.Event, string) {
	var st status
	switch {
	case json.Unmarshal(raw, &st) != nil:
		return channels.Event{}, "a status makes no sense"
	case st.Type == "call":
		return channels.Event{}, skip
	case st.ID == "" || st.Status == "":
		return channels.Event{}, "a status lacks its message or its state"
	}
	state, known := states[st.Status]
	if !known { // "warning", "deleted" and what may come: nothing that a message's state can say
		s.out.skipped = append(s.out.skipped, "status "+st.Status)
		return channels.Event{}, skip
	}
	r := &channels.Receipt{RemoteID: st.ID, State: state}
	if message := s.mark.readPart(st.Mark); message != 0 {
		if state != channels.DeliveryFailed {
			s.out.skipped = append(s.out.skipped, "status of a part")
			return channels.Event{}, skip // one of several: nothing is known of the others
		}
		r = &channels.Receipt{MessageID: message, State: state, Code: CodePartly, Text: phrase(CodePartly).EN}
		return channels.Event{Key: channels.EventKey("s:" + st.ID + ":" + st.Status), Direction: channels.Inward, At: st.Timestamp.Time, Receipt: r}, ""
	}
	if message := s.mark.read(st.Mark); message != 0 {
		// Our own number settles the message even where the answer with Meta's id never came.
		r.MessageID = message
	}
	key := "s:" + st.ID + ":" + st.Status
	if member := st.member(); member != "" {
		r.Recipient = member
		key += ":" + member
	}
	if state == channels.DeliveryFailed {
		r.Code, r.Text = reasonOf(st.Errors)
	}
	return channels.Event{Key: channels.EventKey(key), Direction: channels.Inward, At: st.Timestamp.Time, Receipt: r}, ""
}

// member is whom of a group a status is about.
func (st *status) member() string {
	if isPhone(st.Participant) {
		return "+" + digits(st.Participant)
	}
	if st.Participant != "" {
		return st.Participant
	}
	return st.UserID
}

// reasonOf is why a message failed.
func reasonOf(list []refusal) (code, text string) {
	if len(list) == 0 {
		return CodeRefused, phrase(CodeRefused).EN
	}
	m, known := meaningOf(list[0].Code)
	if !known {
		m.code = CodeRefused
	}
	return m.code, phrase(m.code).EN
}

// call tells of a call that a contact began: calls themselves are not taken here, but that somebody rang
// must not be lost.
func (s *scene) call(raw json.RawMessage) (channels.Event, string) {
	var c call
	if json.Unmarshal(raw, &c) != nil || c.ID == "" {
		return channels.Event{}, "a call makes no sense"
	}
	if c.Event != "connect" || c.Direction != "USER_INITIATED" {
		return channels.Event{}, skip
	}
	ev := channels.Event{Key: channels.EventKey("c:" + c.ID), Direction: channels.Inward, At: c.Timestamp.Time}
	ev.Sender, ev.Chat = s.sender(c.From, c.FromUserID)
	if ev.Chat == "" {
		return ev, "a call does not say who it is from"
	}
	ev.Message = &channels.Message{RemoteID: c.ID, Text: "Звонок в WhatsApp · WhatsApp call"}
	return ev, ""
}

// preference tells that a contact stopped or resumed marketing messages. It is shown in the conversation
// that there is, and opens none.
func (s *scene) preference(raw json.RawMessage) (channels.Event, string) {
	var p preference
	if json.Unmarshal(raw, &p) != nil || p.Value == "" {
		return channels.Event{}, "a contact's preference makes no sense"
	}
	ev := channels.Event{Direction: channels.Inward, Nature: channels.NatureAutoReply, At: p.Timestamp.Time}
	ev.Sender, ev.Chat = s.sender(p.Phone, p.UserID)
	if ev.Chat == "" {
		return ev, "a preference does not say whose it is"
	}
	ev.Key = channels.EventKey("p:" + ev.Chat + ":" + p.Value + ":" + p.Timestamp.Format("20060102T150405"))
	text := "Рекламные сообщения · Marketing messages: " + p.Value
	ev.Message = &channels.Message{Text: joined(text, p.Detail)}
	return ev, ""
}

// history reads what a phone had before it was connected. It yields many events and reports how far the
// history is; the event it returns is none.
func (s *scene) history(raw json.RawMessage) (channels.Event, string) {
	var h history
	if json.Unmarshal(raw, &h) != nil {
		return channels.Event{}, "a part of the history makes no sense"
	}
	for _, t := range h.Threads {
		s.each(t.Messages, "messages", func(raw json.RawMessage) (channels.Event, string) { return s.past(&t, raw) })
	}
	if h.Metadata.Progress > 0 {
		st := channels.Status{State: channels.StateConnected}
		if h.Metadata.Progress < 100 {
			st.Progress = &channels.Progress{Done: h.Metadata.Progress, Total: 100}
		}
		s.out.reports = append(s.out.reports, st)
	}
	return channels.Event{}, skip
}

func (s *scene) past(t *thread, raw json.RawMessage) (channels.Event, string) {
	m, trouble := parseMessage(raw)
	if trouble != "" {
		return channels.Event{}, trouble
	}
	phone, userID := t.Context.Phone, t.Context.UserID
	if phone == "" && userID == "" {
		phone = t.ID
	}
	ev, trouble := s.event(m, phone, userID)
	ev.Historic = true
	if ours := digits(s.value.Metadata.Number); digits(m.From) == ours || digits(m.From) != digits(phone) && m.To != "" {
		ev.Direction = channels.Echo
	}
	if ev.Sender.Name == "" {
		ev.Sender.Name = t.Context.Username
	}
	return ev, trouble
}
