package telegram

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"time"

	"github.com/go-telegram/bot/models"

	"parley/channels"
)

// scope is where the addresses of contacts are unique: users' ids are the same for every bot.
const scope = "telegram"

// allowed are the updates that are asked for: those that hold what somebody said or did to a message.
var allowed = []string{
	models.AllowedUpdateMessage, models.AllowedUpdateEditedMessage,
	models.AllowedUpdateBusinessConnection, models.AllowedUpdateBusinessMessage,
	models.AllowedUpdateEditedBusinessMessage, models.AllowedUpdateDeletedBusinessMessages,
	models.AllowedUpdateMessageReaction, models.AllowedUpdateCallbackQuery, models.AllowedUpdateMyChatMember,
}

// update is what one update means.
type update struct {
	id       int64
	known    bool // id was read
	events   []channels.Event
	callback string // the press to be answered once the events are committed
	from, to int64  // a group that became a supergroup; 0 = none
}

// parse reads one update. It never fails: what it cannot read becomes an event for the quarantine, and what
// holds nothing that anybody said becomes none.
func parse(raw []byte) update {
	var parts map[string]json.RawMessage
	if json.Unmarshal(raw, &parts) != nil || parts == nil {
		return update{events: problem(raw, "the update is no JSON object")}
	}
	var u update
	if json.Unmarshal(parts["update_id"], &u.id) != nil || u.id == 0 {
		return update{events: problem(raw, "the update has no id")}
	}
	u.known = true
	if len(raw) > channels.MaxRaw {
		u.events = problem(raw, "the update is too large")
		return u
	}
	for _, kind := range allowed {
		body, ok := parts[kind]
		read := readers[kind]
		if !ok || read == nil {
			continue
		}
		if err := read(&u, body); err != "" {
			u.events = problem(raw, err)
			return u
		}
	}
	for i := range u.events {
		e := &u.events[i]
		e.Raw = raw
		if len(e.Key) > channels.MaxKey || len(e.Chat) > channels.MaxChat {
			u.events = problem(raw, "an id is too long")
			return u
		}
	}
	return u
}

// readers turn the kinds of updates into events, or say what they could not read. Others are skipped: an
// update holds one kind alone.
var readers = map[string]func(*update, json.RawMessage) string{
	models.AllowedUpdateMessage:                 readMessage,
	models.AllowedUpdateBusinessMessage:         readMessage,
	models.AllowedUpdateEditedMessage:           readEdit,
	models.AllowedUpdateEditedBusinessMessage:   readEdit,
	models.AllowedUpdateDeletedBusinessMessages: readDeleted,
	models.AllowedUpdateMessageReaction:         readReaction,
	models.AllowedUpdateCallbackQuery:           readPress,
	models.AllowedUpdateMyChatMember:            readMember,
}

func problem(raw []byte, text string) []channels.Event {
	sum := sha256.Sum256(raw)
	return []channels.Event{{
		Key: channels.EventKey("raw:" + hex.EncodeToString(sum[:])), Direction: channels.Inward,
		Raw: bytes.Clone(raw[:min(len(raw), channels.MaxRaw)]), Problem: text,
	}}
}

// key names an event. An update's id alone would not do: it begins anew after an idle week.
func key(kind string, p place, message int, more ...string) channels.EventKey {
	text := kind + ":" + p.remote(message)
	for _, m := range more {
		text += ":" + m
	}
	return channels.EventKey(text)
}

func readMessage(u *update, body json.RawMessage) string {
	m, ok := decodeMessage(body)
	if !ok {
		return "the message cannot be read"
	}
	if m.MigrateToChatID != 0 {
		u.from, u.to = m.Chat.ID, m.MigrateToChatID
	}
	c := contentOf(m, body)
	if c.empty() {
		if isService(body) {
			return ""
		}
		return "the message holds nothing that is known"
	}
	ev := eventOf(m)
	// The date tells the messages of one bot from those of another whose token took its place.
	ev.Key = key("m", placeOf(m), m.ID, strconv.Itoa(m.Date))
	ev.Message = c.message(m)
	ev.Sender.Extra = ownPhone(m)
	ev.Source = sourceOf(m)
	u.events = append(u.events, ev)
	return ""
}

// readEdit replaces a message's text. That of a file's edit is its caption; the file itself cannot be
// replaced in the inbox.
func readEdit(u *update, body json.RawMessage) string {
	m, ok := decodeMessage(body)
	if !ok {
		return "the edited message cannot be read"
	}
	c := contentOf(m, body)
	if c.empty() {
		return ""
	}
	ev := eventOf(m)
	// Two edits of one second are told apart by the update, which stays the same when it comes again.
	ev.Key = key("e", placeOf(m), m.ID, strconv.Itoa(m.EditDate), strconv.FormatInt(u.id, 10))
	if m.EditDate > 0 {
		ev.At = at(m.EditDate)
	}
	ev.Edit = &channels.Edit{RemoteID: placeOf(m).remote(m.ID), Text: c.text(), HTML: c.html()}
	u.events = append(u.events, ev)
	return ""
}

func readDeleted(u *update, body json.RawMessage) string {
	var d models.BusinessMessagesDeleted
	if json.Unmarshal(body, &d) != nil || d.Chat.ID == 0 {
		return "the deletion cannot be read"
	}
	p := place{chat: d.Chat.ID, connection: d.BusinessConnectionID}
	for _, id := range d.MessageIDs {
		u.events = append(u.events, channels.Event{
			Key: key("d", p, id), Direction: channels.Inward, Chat: p.String(), Sender: chatSender(d.Chat),
			Delete: &channels.Delete{RemoteID: p.remote(id)},
		})
	}
	return ""
}

func at(unix int) time.Time {
	if unix <= 0 {
		return time.Time{}
	}
	return time.Unix(int64(unix), 0).UTC()
}
