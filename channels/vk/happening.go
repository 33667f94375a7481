package vk

import (
	"encoding/json"
	"strconv"
	"time"

	"parley/channels"
)

// pressed is a press of a callback button, which leaves no message on VK.
func (p mapper) pressed(object json.RawMessage) (channels.Event, error) {
	press, err := readPress(object)
	if err != nil {
		return channels.Event{}, err
	}
	ev := p.frame(press.PeerID, press.UserID, time.Time{})
	ev.Key = channels.EventKey("p:" + press.EventID)
	b := readButton(string(press.Payload))
	ev.Message = &channels.Message{
		Text:  first(b.Label, b.Data),
		Press: &channels.Press{RemoteID: remoteID(press.PeerID, press.Number), Data: b.Data},
	}
	return ev, nil
}

// seen tells that somebody has read up to a message.
func (p mapper) seen(object json.RawMessage) (ev channels.Event, skip bool, err error) {
	var r struct {
		FromID int64 `json:"from_id"`
		PeerID int64 `json:"peer_id"`
		Number int64 `json:"conversation_message_id"`
	}
	if json.Unmarshal(object, &r) != nil {
		return channels.Event{}, false, errShape
	}
	if r.PeerID == 0 {
		return channels.Event{}, false, errNoPeer
	}
	// Before version 5.131 the number is missing; our own reading is no receipt.
	if r.Number <= 0 || r.FromID == -p.group {
		return channels.Event{}, true, nil
	}
	ev = p.frame(r.PeerID, r.FromID, time.Time{})
	id := remoteID(r.PeerID, r.Number)
	ev.Key = channels.EventKey("r:" + id + ":" + strconv.FormatInt(r.FromID, 10))
	ev.Receipt = &channels.Receipt{RemoteID: id, State: channels.Read, UpTo: true}
	if r.PeerID >= firstChat {
		ev.Receipt.Recipient = strconv.FormatInt(r.FromID, 10)
	}
	return ev, false, nil
}

// reacted tells that somebody reacted to a message, or took it back.
func (p mapper) reacted(u update) (ev channels.Event, skip bool, err error) {
	var r struct {
		By     int64 `json:"reacted_id"`
		PeerID int64 `json:"peer_id"`
		Number int64 `json:"cmid"`
		ID     int   `json:"reaction_id"`
	}
	if json.Unmarshal(u.Object, &r) != nil {
		return channels.Event{}, false, errShape
	}
	if r.PeerID == 0 || r.Number <= 0 {
		return channels.Event{}, false, errNoPeer
	}
	if r.By == -p.group {
		return channels.Event{}, true, nil
	}
	ev = p.frame(r.PeerID, r.By, time.Time{})
	ev.Key = eventKey(u)
	ev.Reaction = &channels.Reaction{RemoteID: remoteID(r.PeerID, r.Number), Emoji: emojiOf(r.ID)}
	return ev, false, nil
}

// permitted tells that a person allowed the community to write, or forbade it: an answer would now be refused
// with 901. It is a notice of the network's in the conversation that there is; it opens none.
func (p mapper) permitted(u update) (channels.Event, error) {
	var who struct {
		UserID int64 `json:"user_id"`
	}
	if json.Unmarshal(u.Object, &who) != nil {
		return channels.Event{}, errShape
	}
	if who.UserID <= 0 {
		return channels.Event{}, errNoPeer
	}
	text := "▶️ Сообщения сообщества разрешены · Messages from the community were allowed"
	if u.Type == "message_deny" {
		text = "⛔ Сообщения сообщества запрещены · Messages from the community were forbidden"
	}
	ev := p.frame(who.UserID, who.UserID, time.Time{})
	ev.Key, ev.Nature = eventKey(u), channels.NatureAutoReply
	ev.Message = &channels.Message{Text: text}
	return ev, nil
}

// ordered is a purchase. A new one is a request of the person who bought; a change of it is a
// notice, because most are the shop's own.
func (p mapper) ordered(u update) (channels.Event, error) {
	var o order
	if json.Unmarshal(u.Object, &o) != nil {
		return channels.Event{}, errShape
	}
	if o.UserID <= 0 || o.ID <= 0 {
		return channels.Event{}, errNoPeer
	}
	ev := p.frame(o.UserID, o.UserID, time.Time{})
	if u.Type == "market_order_new" {
		ev.Key, ev.At = channels.EventKey("o:"+strconv.FormatInt(o.ID, 10)), unix(o.Date)
	} else {
		ev.Key, ev.Nature = eventKey(u), channels.NatureNotice
	}
	ev.Message = &channels.Message{Text: o.text(ev.Sender.Name)}
	return ev, nil
}

// filledIn is a form that somebody filled in at an advertisement.
func (p mapper) filledIn(u update) (channels.Event, error) {
	var l leadForm
	if json.Unmarshal(u.Object, &l) != nil {
		return channels.Event{}, errShape
	}
	if l.UserID <= 0 {
		return channels.Event{}, errNoPeer
	}
	ev := p.frame(l.UserID, l.UserID, time.Time{})
	ev.Key = channels.EventKey("l:" + strconv.FormatInt(l.LeadID, 10))
	if l.LeadID <= 0 {
		ev.Key = eventKey(u)
	}
	ev.Message = &channels.Message{Text: l.text()}
	return ev, nil
}

// eventKey is for events that only VK's own id tells apart.
func eventKey(u update) channels.EventKey {
	if u.EventID != "" && len(u.EventID) < 200 {
		return channels.EventKey("v:" + u.EventID)
	}
	return channels.EventKey("h:" + digest(append([]byte(u.Type+"\x00"), u.Object...)))
}
