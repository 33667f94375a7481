package telegram

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/go-telegram/bot/models"

	"parley/channels"
)

// decodeMessage reads a message. A part that the library's models do not know, such as a new kind of
// something, costs that part alone and not what was said beside it.
func decodeMessage(body json.RawMessage) (*models.Message, bool) {
	m := new(models.Message)
	if json.Unmarshal(body, m) != nil {
		if m = salvage(body); m == nil {
			return nil, false
		}
	}
	return m, m.Chat.ID != 0 && m.ID > 0 && len(m.BusinessConnectionID) <= maxConnection
}

func salvage(body json.RawMessage) *models.Message {
	var parts map[string]json.RawMessage
	if json.Unmarshal(body, &parts) != nil {
		return nil
	}
	m := new(models.Message)
	for name, part := range parts {
		one, err := json.Marshal(map[string]json.RawMessage{name: part})
		if err != nil || json.Unmarshal(one, new(models.Message)) != nil {
			continue // tried elsewhere first: a failure would leave half of the part
		}
		if json.Unmarshal(one, m) != nil {
			return nil
		}
	}
	return m
}

func placeOf(m *models.Message) place {
	p := place{chat: m.Chat.ID, connection: m.BusinessConnectionID}
	switch {
	case m.DirectMessagesTopic != nil:
		p.direct = m.DirectMessagesTopic.TopicID
	case m.IsTopicMessage && m.BusinessConnectionID == "":
		p.topic = m.MessageThreadID
	}
	return p
}

// eventOf says where, when and by whom a message was written.
func eventOf(m *models.Message) channels.Event {
	ev := channels.Event{
		Direction: channels.Inward, Chat: placeOf(m).String(), Subject: subjectOf(m.Chat), At: at(m.Date),
	}
	switch {
	case m.BusinessConnectionID != "":
		// A private chat has the id of the person whom the account's owner talks to.
		ev.Sender = chatSender(m.Chat)
		if m.From == nil || m.From.ID != m.Chat.ID {
			ev.Direction = channels.Echo
		}
		if m.IsFromOffline {
			ev.Nature = channels.NatureAutoReply
		}
	case m.Chat.IsDirectMessages && m.SenderChat != nil: // the channel's own answer
		ev.Direction, ev.Sender = channels.Echo, chatSender(m.Chat)
		if t := m.DirectMessagesTopic; t != nil && t.User != nil {
			ev.Sender = userSender(*t.User)
		}
	case m.SenderChat != nil: // an anonymous administrator, or a channel
		ev.Sender = chatSender(*m.SenderChat)
		if m.IsAutomaticForward {
			ev.Nature = channels.NatureList
		}
	case m.From != nil:
		ev.Sender = userSender(*m.From)
		if m.From.IsBot {
			ev.Nature = channels.NatureNotice
		}
	default:
		ev.Sender = chatSender(m.Chat)
	}
	return ev
}

func subjectOf(c models.Chat) string {
	if c.Type == models.ChatTypePrivate {
		return ""
	}
	return c.Title
}

func userSender(u models.User) channels.Sender {
	return channels.Sender{Scope: scope, Address: strconv.FormatInt(u.ID, 10), Name: nameOf(u.FirstName, u.LastName, u.Username), Verified: true}
}

func chatSender(c models.Chat) channels.Sender {
	name := c.Title
	if name == "" {
		name = nameOf(c.FirstName, c.LastName, c.Username)
	}
	return channels.Sender{Scope: scope, Address: strconv.FormatInt(c.ID, 10), Name: name, Verified: true}
}

func nameOf(first, last, username string) string {
	if name := strings.TrimSpace(first + " " + last); name != "" {
		return name
	}
	if username != "" {
		return "@" + username
	}
	return ""
}

// ownPhone is the number of somebody who sent their own card: the network finds the user of a number, so
// that the two belong together.
func ownPhone(m *models.Message) []channels.Address {
	c := m.Contact
	if c == nil || m.From == nil || c.UserID != m.From.ID || m.ForwardOrigin != nil {
		return nil
	}
	phone := phoneOf(c.PhoneNumber)
	if phone == "" {
		return nil
	}
	return []channels.Address{{Scope: "phone", Address: phone, Verified: true}}
}

// phoneOf writes a number as E.164, "" when it is none. The network leaves the plus out.
func phoneOf(text string) string {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, text)
	if len(digits) < 7 || len(digits) > 15 {
		return ""
	}
	return "+" + digits
}

// sourceOf is what a link t.me/bot?start=… carried into a first message.
func sourceOf(m *models.Message) channels.Source {
	payload, ok := strings.CutPrefix(m.Text, "/start ")
	if payload = strings.TrimSpace(payload); !ok || payload == "" || m.Chat.Type != models.ChatTypePrivate || m.BusinessConnectionID != "" {
		return channels.Source{}
	}
	return channels.Source{UTM: map[string]string{"start": payload}}
}

// replyTo is the message answered. In a forum every message answers the one that began its topic.
func replyTo(m *models.Message) string {
	r := m.ReplyToMessage
	if r == nil || r.ID <= 0 || m.IsTopicMessage && r.ID == m.MessageThreadID {
		return ""
	}
	return placeOf(m).remote(r.ID)
}
