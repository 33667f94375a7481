package telegram

import (
	"encoding/json"
	"strconv"

	"github.com/go-telegram/bot/models"

	"parley/channels"
)

// readReaction takes a person's reaction. They may have several; the newest one counts.
func readReaction(u *update, body json.RawMessage) string {
	var r struct {
		models.MessageReactionUpdated
		Old []reaction `json:"old_reaction"`
		New []reaction `json:"new_reaction"`
	}
	if json.Unmarshal(body, &r) != nil || r.Chat.ID == 0 || r.MessageID == 0 {
		return "the reaction cannot be read"
	}
	sender := channels.Sender{}
	switch {
	case r.User != nil:
		sender = userSender(*r.User)
	case r.ActorChat != nil:
		sender = chatSender(*r.ActorChat)
	default:
		return ""
	}
	emoji := ""
	for _, n := range r.New {
		old := false
		for _, o := range r.Old {
			old = old || o == n
		}
		if emoji == "" || !old {
			emoji = n.String()
		}
	}
	p := place{chat: r.Chat.ID}
	u.events = append(u.events, channels.Event{
		Key:       key("r", p, r.MessageID, sender.Address, strconv.Itoa(r.Date), strconv.FormatInt(u.id, 10)),
		Direction: channels.Inward, Chat: p.String(), Subject: subjectOf(r.Chat), Sender: sender, At: at(r.Date),
		Reaction: &channels.Reaction{RemoteID: p.remote(r.MessageID), Emoji: emoji},
	})
	return ""
}

// reaction is one of a message. The library's model fails on kinds that it does not know.
type reaction struct {
	Type  string `json:"type"`
	Emoji string `json:"emoji"`
	ID    string `json:"custom_emoji_id"`
}

// String is an emoji, or one that stands for what cannot be shown.
func (r reaction) String() string {
	switch {
	case r.Emoji != "":
		return r.Emoji
	case r.Type == "paid":
		return "⭐"
	default:
		return "✨"
	}
}

// readPress takes a press of a button. Its text is what the button says.
func readPress(u *update, body json.RawMessage) string {
	var q struct {
		ID      string          `json:"id"`
		From    models.User     `json:"from"`
		Data    string          `json:"data"`
		Message json.RawMessage `json:"message"`
	}
	if json.Unmarshal(body, &q) != nil || q.ID == "" || q.From.ID == 0 {
		return "the press cannot be read"
	}
	u.callback = q.ID
	if q.Message == nil || q.Data == "" { // below a message that was sent in another bot's name, or of a game
		return ""
	}
	m, ok := decodeMessage(q.Message)
	if !ok {
		return "the message of the press cannot be read"
	}
	p := placeOf(m)
	text := q.Data
	if label := labelOf(m.ReplyMarkup, q.Data); label != "" {
		text = label
	}
	u.events = append(u.events, channels.Event{
		Key: channels.EventKey("p:" + p.String() + ":" + q.ID), Direction: channels.Inward,
		Chat: p.String(), Subject: subjectOf(m.Chat), Sender: userSender(q.From),
		Message: &channels.Message{
			Text: text, ReplyTo: p.remote(m.ID),
			Press: &channels.Press{RemoteID: p.remote(m.ID), Data: q.Data},
		},
	})
	return ""
}

func labelOf(markup *models.InlineKeyboardMarkup, data string) string {
	if markup == nil {
		return ""
	}
	for _, row := range markup.InlineKeyboard {
		for _, b := range row {
			if b.CallbackData == data {
				return b.Text
			}
		}
	}
	return ""
}

// readMember tells that a person stopped the bot, or started it again. It is a notice of the network's in the
// conversation that there is; it opens none.
func readMember(u *update, body json.RawMessage) string {
	var m struct {
		Chat models.Chat `json:"chat"`
		From models.User `json:"from"`
		Date int         `json:"date"`
		New  struct {
			Status models.ChatMemberType `json:"status"`
		} `json:"new_chat_member"`
	}
	if json.Unmarshal(body, &m) != nil || m.Chat.ID == 0 {
		return "the change of membership cannot be read"
	}
	if m.Chat.Type != models.ChatTypePrivate {
		return ""
	}
	text := "▶️ Бот снова запущен · The bot was started again"
	if m.New.Status == models.ChatMemberTypeBanned {
		text = "⛔ Бот остановлен · The bot was stopped"
	}
	p := place{chat: m.Chat.ID}
	u.events = append(u.events, channels.Event{
		Key:       channels.EventKey("s:" + p.String() + ":" + strconv.Itoa(m.Date) + ":" + strconv.FormatInt(u.id, 10)),
		Direction: channels.Inward, Nature: channels.NatureAutoReply, Chat: p.String(), Sender: userSender(m.From), At: at(m.Date),
		Message: &channels.Message{Text: text},
	})
	return ""
}
