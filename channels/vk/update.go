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
	case "message_allow", "message_deny":
		ev, err = p.permitted(u)
	case "market_order_new", "market_order_edit":
		ev, err = p.ordered(u)
	case "lead_forms_new":
		ev, err = p.filledIn(u)
	default: // walls, comments, members, typing: nothing of a conversation
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

// keyOf is equal for one message however it comes: pushed, polled or from history. Every community
// numbers its own conversations, and an account may be given another's number.
func (p mapper) keyOf(m *message) channels.EventKey {
	of := id(p.group) + ":"
	if named := remoteID(m.PeerID, m.Number); named != "" {
		return channels.EventKey("m:" + of + named)
	}
	return channels.EventKey("i:" + of + id(m.PeerID) + "_" + id(m.ID))
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
	ev.Key = p.keyOf(m)
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
	case "message_event", "message_allow", "message_deny", "market_order_new", "market_order_edit", "lead_forms_new", "message_read", "message_reaction_event":
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
