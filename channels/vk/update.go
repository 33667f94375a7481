package vk

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"time"

	"parley/channels"
)

// scope is where VK's ids of people are unique: the whole network.
const scope = "vk"

// firstChat is the first peer id that is a chat of several people.
const firstChat = 2_000_000_000

// mapper turns updates into events. It is pure: names are looked up beforehand.
type mapper struct {
	group int64
	seal  seal
	names func(id int64) string // of a person, a community or, from firstChat on, a chat; "" = unknown
}

// notUnderstood keeps bytes that hold no event we can read.
func notUnderstood(raw []byte, eventID, problem string) channels.Event {
	key := "v:" + eventID
	if eventID == "" || len(key) > channels.MaxKey {
		key = "bad:" + digest(raw)
	}
	return channels.Event{Key: channels.EventKey(key), Direction: channels.Inward, Raw: kept(raw), Problem: problem}
}

func digest(raw []byte) string {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:16])
}

func kept(raw []byte) []byte { return bytes.Clone(raw[:min(len(raw), channels.MaxRaw)]) }

// parseUpdate reads the envelope of an event.
func parseUpdate(raw []byte) (update, error) {
	var u update
	if err := json.Unmarshal(raw, &u); err != nil {
		return update{}, errors.New("no JSON of an event")
	}
	if u.Type == "" {
		return update{}, errors.New("an event without a type")
	}
	return u, nil
}

// events are what an update says. An update that concerns no conversation says nothing.
func (p mapper) events(u update, raw []byte) []channels.Event {
	var ev channels.Event
	var skip bool
	var err error
	switch u.Type {
	case "message_new", "message_reply", "message_edit":
		var m message
		if m, err = messageIn(u.Object); err == nil {
			ev, skip = p.written(u.Type, &m)
		}
	case "message_event":
		ev, err = p.pressed(u.Object)
	case "message_read":
		ev, skip, err = p.seen(u.Object)
	case "message_reaction_event":
		ev, skip, err = p.reacted(u)
	case "market_order_new", "market_order_edit":
		ev, err = p.ordered(u)
	case "lead_forms_new":
		ev, err = p.filledIn(u)
	default: // walls, comments, members, typing, permissions: nothing of a conversation
		return nil
	}
	if err != nil {
		return []channels.Event{notUnderstood(raw, u.EventID, err.Error())}
	}
	if skip {
		return nil
	}
	ev.Raw = kept(raw)
	return []channels.Event{ev}
}

var (
	errNoMessage = errors.New("an event about a message that holds none")
	errNoPeer    = errors.New("an event that does not say whom it concerns")
	errShape     = errors.New("an event of another shape")
)

// messageIn finds the message of an event: since version 5.103 it stands beside client_info.
func messageIn(object json.RawMessage) (message, error) {
	var wrapped struct {
		Message json.RawMessage `json:"message"`
	}
	if json.Unmarshal(object, &wrapped) != nil {
		return message{}, errShape
	}
	if len(wrapped.Message) > 0 && wrapped.Message[0] == '{' {
		object = wrapped.Message
	}
	var m message
	if json.Unmarshal(object, &m) != nil {
		return message{}, errShape
	}
	if m.PeerID == 0 && m.FromID == 0 {
		return message{}, errNoMessage
	}
	if m.PeerID == 0 {
		m.PeerID = m.FromID
	}
	return m, nil
}

// remoteID names a message within the account; "" when VK did not number it.
func remoteID(peer, number int64) string {
	if number <= 0 {
		return ""
	}
	return strconv.FormatInt(peer, 10) + "_" + strconv.FormatInt(number, 10)
}

// keyOf is equal for one message however it comes: pushed, polled or from history.
func keyOf(m *message) string {
	if id := remoteID(m.PeerID, m.Number); id != "" {
		return "m:" + id
	}
	return "i:" + strconv.FormatInt(m.PeerID, 10) + "_" + strconv.FormatInt(m.ID, 10)
}

func unix(seconds int64) time.Time {
	if seconds <= 0 || seconds > 1<<40 {
		return time.Time{}
	}
	return time.Unix(seconds, 0).UTC()
}

// written is a message that was written or changed.
func (p mapper) written(kind string, m *message) (ev channels.Event, skip bool) {
	if len(m.Action) > 0 && string(m.Action) != "null" { // somebody joined, the title changed
		return channels.Event{}, true
	}
	ev = p.frame(m.PeerID, m.FromID, unix(m.Date))
	if bool(m.Out) || kind == "message_reply" || m.FromID == -p.group {
		ev.Direction, ev.Sender = channels.Echo, p.sender(m.PeerID)
	}
	c := composer{names: p.names, ref: remoteID(m.PeerID, m.Number)}
	c.compose(m, 0)
	text, html := c.page.text.String(), c.page.markup()
	if kind == "message_edit" {
		if remoteID(m.PeerID, m.Number) == "" {
			return channels.Event{}, true // nothing names what was changed
		}
		ev.Key = channels.EventKey("e:" + remoteID(m.PeerID, m.Number) + ":" + strconv.FormatInt(m.UpdatedAt, 10) + ":" + digest([]byte(text))[:8])
		ev.At = unix(m.UpdatedAt)
		ev.Edit = &channels.Edit{RemoteID: remoteID(m.PeerID, m.Number), Text: text, HTML: html}
		return ev, false
	}
	ev.Key = channels.EventKey(keyOf(m))
	ev.Message = &channels.Message{
		RemoteID: remoteID(m.PeerID, m.Number), Text: text, HTML: html, Media: c.media, Location: c.place,
	}
	if m.Reply != nil {
		ev.Message.ReplyTo = remoteID(m.PeerID, m.Reply.Number)
	}
	if ev.Direction == channels.Echo {
		ev.Message.Ours = p.seal.ours(string(m.Payload), m.PeerID)
		return ev, false
	}
	ev.Message.Press = pressOf(string(m.Payload))
	if b := readButton(string(m.Payload)); b.Label != "" && (text == "" || m.PeerID >= firstChat) {
		ev.Message.Text, ev.Message.HTML = b.Label, "" // in a chat the button's text begins with our name
	}
	if m.Ref != "" || m.RefSource != "" {
		ev.Source.UTM = map[string]string{"ref": m.Ref, "ref_source": m.RefSource}
	}
	return ev, false
}

// frame is what all events have in common.
func (p mapper) frame(peer, from int64, at time.Time) channels.Event {
	ev := channels.Event{Direction: channels.Inward, Chat: strconv.FormatInt(peer, 10), Sender: p.sender(from), At: at}
	if peer >= firstChat {
		ev.Subject = p.names(peer)
	}
	return ev
}

func (p mapper) sender(id int64) channels.Sender {
	return channels.Sender{Scope: scope, Address: strconv.FormatInt(id, 10), Name: p.names(id), Verified: true}
}

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

// people are the ids whose names an update's events will ask for.
func people(u update) (ids []int64) {
	var who struct {
		UserID int64 `json:"user_id"`
		FromID int64 `json:"from_id"`
		PeerID int64 `json:"peer_id"`
		By     int64 `json:"reacted_id"`
	}
	switch u.Type {
	case "message_new", "message_reply", "message_edit":
		if m, err := messageIn(u.Object); err == nil {
			ids = authors(&m, 0)
		}
	case "message_event", "market_order_new", "market_order_edit", "lead_forms_new", "message_read", "message_reaction_event":
		if json.Unmarshal(u.Object, &who) == nil {
			ids = []int64{who.UserID, who.FromID, who.PeerID, who.By}
		}
	}
	return slices.DeleteFunc(ids, func(id int64) bool { return id == 0 })
}

func authors(m *message, depth int) []int64 {
	ids := []int64{m.PeerID, m.FromID}
	if depth < maxDepth {
		for i := range m.Forwarded {
			ids = append(ids, authors(&m.Forwarded[i], depth+1)...)
		}
	}
	return ids
}
