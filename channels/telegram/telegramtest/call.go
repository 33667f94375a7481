package telegramtest

import (
	"context"
	"net/http"
	"strings"
)

// call serves one method.
func (b *Bot) call(ctx context.Context, method string, p Params) answer {
	if strings.EqualFold(method, "getUpdates") {
		return b.getUpdates(ctx, p)
	}
	serve, ok := methods[method]
	if !ok {
		return refuse(http.StatusNotFound, "Not Found: method not found")
	}
	b.mu.Lock()
	b.calls = append(b.calls, Call{method, p})
	var fault Fault
	if strings.HasPrefix(method, "send") && method != "sendChatAction" && len(b.faults) > 0 {
		fault, b.faults = b.faults[0], b.faults[1:]
	}
	b.news()
	b.mu.Unlock()
	return b.fail(ctx, fault, func() answer {
		b.mu.Lock()
		defer b.mu.Unlock()
		defer b.news()
		return serve(b, p)
	})
}

// methods are what the server can do, besides polls. They run with the bot's lock held.
var methods = map[string]func(*Bot, Params) answer{
	"getMe":                  (*Bot).getMe,
	"setWebhook":             (*Bot).setWebhook,
	"deleteWebhook":          (*Bot).deleteWebhook,
	"getWebhookInfo":         (*Bot).getWebhookInfo,
	"sendMessage":            (*Bot).sendMessage,
	"sendPhoto":              media("photo"),
	"sendVideo":              media("video"),
	"sendAnimation":          media("animation"),
	"sendAudio":              media("audio"),
	"sendVoice":              media("voice"),
	"sendDocument":           media("document"),
	"sendMediaGroup":         (*Bot).sendMediaGroup,
	"sendChatAction":         (*Bot).sendChatAction,
	"editMessageText":        (*Bot).editMessageText,
	"editMessageCaption":     (*Bot).editMessageCaption,
	"editMessageReplyMarkup": (*Bot).editMessageReplyMarkup,
	"deleteMessage":          (*Bot).deleteMessage,
	"deleteBusinessMessages": (*Bot).deleteBusinessMessages,
	"readBusinessMessage":    (*Bot).readBusinessMessage,
	"setMessageReaction":     (*Bot).setMessageReaction,
	"answerCallbackQuery":    (*Bot).answerCallbackQuery,
	"getFile":                (*Bot).getFile,
}

func (b *Bot) getMe(Params) answer {
	me := b.user()
	me["can_join_groups"], me["can_read_all_group_messages"] = true, false
	me["supports_inline_queries"], me["can_connect_to_business"] = false, true
	me["has_main_web_app"], me["has_topics_enabled"], me["allows_users_to_create_topics"] = false, false, false
	me["can_manage_bots"] = false
	return grant(me)
}

func (b *Bot) setWebhook(p Params) answer {
	url := p.Text["url"]
	if url == "" {
		return b.deleteWebhook(p)
	}
	if !strings.HasPrefix(url, "https://") && !strings.HasPrefix(url, "http://127.0.0.1:") { // the latter for tests
		return refuse(http.StatusBadRequest, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
	}
	b.webhook = Webhook{URL: url, Secret: p.Text["secret_token"]}
	b.allow(p)
	return grant(true)
}

func (b *Bot) deleteWebhook(Params) answer {
	b.webhook = Webhook{}
	return grant(true)
}

func (b *Bot) getWebhookInfo(Params) answer {
	info := Object{"url": b.webhook.URL, "has_custom_certificate": false, "pending_update_count": len(b.queue)}
	if b.trouble != "" {
		info["last_error_date"], info["last_error_message"] = unix(), b.trouble
	}
	return grant(info)
}

// place checks that a call's chat can be written to; the refusals are the network's.
func (b *Bot) place(p Params) (Object, *answer) {
	no := func(code int, text string) (Object, *answer) { a := refuse(code, text); return nil, &a }
	id := p.number("chat_id")
	if to, ok := b.moved[id]; ok {
		a := refuseWith(http.StatusBadRequest, "Bad Request: group chat was upgraded to a supergroup chat", Object{"migrate_to_chat_id": to})
		return nil, &a
	}
	chat, ok := b.chats[id]
	connection := p.Text["business_connection_id"]
	switch _, connected := b.connections[connection]; {
	case !ok:
		return no(http.StatusBadRequest, "Bad Request: chat not found")
	case b.blocked[id]:
		return no(http.StatusForbidden, "Forbidden: bot was blocked by the user")
	case connection != "" && !connected:
		return no(http.StatusBadRequest, "Bad Request: business connection not found")
	}
	return chat, nil
}
