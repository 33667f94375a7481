package telegramtest

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
)

// reactions are some of those that the network has (ReactionTypeEmoji).
var reactions = []string{"❤", "👍", "👎", "🔥", "🥰", "👏", "😁", "🤔", "😢", "🎉", "🙏", "👌", "💯", "🤝"}

// own finds the message that a call is about.
func (b *Bot) own(p Params, missing string) (Object, *answer) {
	m := b.messages[p.number("chat_id")][p.number("message_id")]
	if m == nil {
		a := refuse(http.StatusBadRequest, "Bad Request: "+missing)
		return nil, &a
	}
	return m, nil
}

func (b *Bot) editMessageText(p Params) answer {
	return b.edit(p, "text", "entities", maxText)
}

func (b *Bot) editMessageCaption(p Params) answer {
	return b.edit(p, "caption", "caption_entities", maxCaption)
}

func (b *Bot) editMessageReplyMarkup(p Params) answer { return b.edit(p, "", "", 0) }

func (b *Bot) edit(p Params, text, entities string, limit int) answer {
	m, no := b.own(p, "message to edit not found")
	if no != nil {
		return *no
	}
	if b.old[ref{p.number("chat_id"), p.number("message_id")}] {
		return refuse(http.StatusBadRequest, "Bad Request: message can't be edited")
	}
	changed := without(m, text, entities, "reply_markup", "edit_date")
	if text == "text" && m["text"] == nil {
		return refuse(http.StatusBadRequest, "Bad Request: there is no text in the message to edit")
	}
	if text != "" {
		if no := words(changed, text, entities, p.Text[text], p.object(entities), limit); no != nil {
			return *no
		}
	}
	if text == "text" && changed["text"] == nil {
		return refuse(http.StatusBadRequest, "Bad Request: message text is empty")
	}
	if no := b.attach(changed, p); no != nil {
		return *no
	}
	if bytes.Equal(encode(changed), encode(without(m, "edit_date"))) {
		return refuse(http.StatusBadRequest, "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message")
	}
	changed["edit_date"] = unix()
	return grant(b.store(changed))
}

func (b *Bot) deleteMessage(p Params) answer {
	if _, no := b.own(p, "message to delete not found"); no != nil {
		return *no
	}
	if b.old[ref{p.number("chat_id"), p.number("message_id")}] {
		return refuse(http.StatusBadRequest, "Bad Request: message can't be deleted for everyone")
	}
	delete(b.messages[p.number("chat_id")], p.number("message_id"))
	return grant(true)
}

func (b *Bot) deleteBusinessMessages(p Params) answer {
	ids, _ := p.object("message_ids").([]any)
	if _, ok := b.connections[p.Text["business_connection_id"]]; !ok || len(ids) == 0 {
		return refuse(http.StatusBadRequest, "Bad Request: business connection not found")
	}
	for _, messages := range b.messages {
		for _, id := range ids {
			if n, ok := id.(float64); ok {
				delete(messages, int64(n))
			}
		}
	}
	return grant(true)
}

func (b *Bot) readBusinessMessage(p Params) answer {
	if _, ok := b.connections[p.Text["business_connection_id"]]; !ok {
		return refuse(http.StatusBadRequest, "Bad Request: business connection not found")
	}
	return grant(true)
}

func (b *Bot) sendChatAction(p Params) answer {
	if _, no := b.place(p); no != nil {
		return *no
	}
	if !strings.Contains("typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker find_location", p.Text["action"]) {
		return refuse(http.StatusBadRequest, "Bad Request: wrong parameter action in request")
	}
	return grant(true)
}

func (b *Bot) setMessageReaction(p Params) answer {
	m, no := b.own(p, "message to react not found")
	if no != nil {
		return *no
	}
	list, _ := p.object("reaction").([]any)
	emoji := ""
	for _, v := range list {
		r, _ := v.(Object)
		if emoji, _ = r["emoji"].(string); !slices.Contains(reactions, emoji) {
			return refuse(http.StatusBadRequest, "Bad Request: REACTION_INVALID")
		}
	}
	b.reacted[ref{p.number("chat_id"), m["message_id"].(int64)}] = emoji
	return grant(true)
}

// ref names a message.
type ref struct{ chat, id int64 }

// Age makes a message so old that it can be neither edited nor deleted.
func (b *Bot) Age(chat, id int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.old == nil {
		b.old = map[ref]bool{}
	}
	b.old[ref{chat, id}] = true
}

// Reaction returns the emoji that the bot reacted with.
func (b *Bot) Reaction(chat, id int64) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.reacted[ref{chat, id}]
}

func (b *Bot) answerCallbackQuery(p Params) answer {
	if p.Text["callback_query_id"] == "" {
		return refuse(http.StatusBadRequest, "Bad Request: query is too old and response timeout expired or query ID is invalid")
	}
	return grant(true)
}

func (b *Bot) getFile(p Params) answer {
	id := strings.TrimSuffix(p.Text["file_id"], "-small")
	u, ok := b.files[id]
	switch {
	case !ok:
		return refuse(http.StatusBadRequest, "Bad Request: wrong file_id or the file is temporarily unavailable")
	case len(u.Data) > 20<<20:
		return refuse(http.StatusBadRequest, "Bad Request: file is too big")
	}
	return grant(Object{"file_id": p.Text["file_id"], "file_unique_id": "unique-" + id, "file_size": len(u.Data), "file_path": id})
}
