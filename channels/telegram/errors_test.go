package telegram_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/telegram"
)

func TestRefusals(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		status      int
		description string
		more        string
		kind        channels.ErrorKind
		code        string
		scope       channels.Scope
		chat        string
	}{
		{401, "Unauthorized", "", channels.AuthFailed, telegram.CodeToken, channels.ScopeAccount, ""},
		{404, "Not Found", "", channels.AuthFailed, telegram.CodeToken, channels.ScopeAccount, ""},
		{403, "Forbidden: bot was blocked by the user", "", channels.Permanent, telegram.CodeBlocked, 0, ""},
		{403, "Forbidden: user is deactivated", "", channels.Permanent, telegram.CodeGone, 0, ""},
		{403, "Forbidden: bot can't initiate conversation with a user", "", channels.Permanent, telegram.CodeCannotStart, 0, ""},
		{403, "Forbidden: bot was kicked from the supergroup chat", "", channels.Permanent, telegram.CodeRemoved, 0, ""},
		{400, "Bad Request: chat not found", "", channels.Permanent, telegram.CodeNoChat, 0, ""},
		{400, "Bad Request: not enough rights to send text messages to the chat", "", channels.Permanent, telegram.CodeNoRights, 0, ""},
		{400, "Bad Request: message is too long", "", channels.Permanent, channels.CodeTextTooLong, 0, ""},
		{400, "Bad Request: can't parse entities: Unsupported start tag \"secret words\" at byte offset 0", "", channels.Permanent, telegram.CodeFormat, 0, ""},
		{400, "Bad Request: BUTTON_DATA_INVALID", "", channels.Permanent, telegram.CodeButton, 0, ""},
		{400, "Bad Request: REACTION_INVALID", "", channels.Permanent, telegram.CodeReaction, 0, ""},
		{400, "Bad Request: PHOTO_INVALID_DIMENSIONS", "", channels.Permanent, telegram.CodePicture, 0, ""},
		{400, "Bad Request: VOICE_MESSAGES_FORBIDDEN", "", channels.Permanent, telegram.CodeVoice, 0, ""},
		{400, "Bad Request: TOPIC_CLOSED", "", channels.Permanent, telegram.CodeTopic, 0, ""},
		{400, "Bad Request: BUSINESS_PEER_INVALID", "", channels.Permanent, telegram.CodeBusiness, 0, ""},
		{400, "Bad Request: WEBPAGE_MEDIA_EMPTY", "", channels.Permanent, telegram.CodeLink, 0, ""},
		{400, "Bad Request: SOMETHING_NEW", "", channels.Permanent, telegram.CodeRefused, 0, ""},
		{400, "Bad Request: group chat was upgraded to a supergroup chat", `,"parameters":{"migrate_to_chat_id":-1001}`, channels.Transient, telegram.CodeMoved, 0, ""},
		{429, "Too Many Requests: retry after 7", `,"parameters":{"retry_after":7}`, channels.Transient, telegram.CodeRate, channels.ScopeAccount, ""},
		{429, "Too Many Requests: retry after 7", `,"parameters":{"retry_after":7}`, channels.Transient, telegram.CodeRate, channels.ScopeChat, "-100500"},
		{409, "Conflict: terminated by other getUpdates request", "", channels.Transient, telegram.CodeConflict, 0, ""},
		{500, "Internal Server Error", "", channels.Uncertain, telegram.CodeNoAnswer, 0, ""},
		{502, "Bad Gateway", "", channels.Uncertain, telegram.CodeNoAnswer, 0, ""},
		{503, "Service Unavailable", "", channels.Transient, telegram.CodeServer, channels.ScopeAccount, ""},
	} {
		body := fmt.Sprintf(`{"ok":false,"error_code":%d,"description":%q%s}`, c.status, c.description, c.more)
		e := refused(t, c.status, body, c.chat)
		if e == nil || e.Kind != c.kind || e.Code != c.code || e.Scope != c.scope {
			t.Errorf("%s: %+v, want %s %s", c.description, e, c.kind, c.code)
			continue
		}
		if c.status == 429 && e.RetryAfter != 7*time.Second {
			t.Errorf("%s: RetryAfter is %s", c.description, e.RetryAfter)
		}
		if w, ok := telegram.Words(c.code); ok && e.Text != w.EN {
			t.Errorf("%s is told as %q, not in our words alone", c.description, e.Text)
		}
		if strings.Contains(e.Error(), "secret words") {
			t.Errorf("the error repeats what the network quoted: %v", e)
		}
	}
}

func TestAnswersOfOthers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		status int
		body   string
		kind   channels.ErrorKind
		code   string
	}{
		{200, "<html>", channels.Uncertain, telegram.CodeGarbled},
		{200, `{"ok":true,"result":{"message_id":"x"}}`, channels.Uncertain, telegram.CodeGarbled},
		{200, `{"ok":true}`, channels.Uncertain, telegram.CodeGarbled},
		{200, "", channels.Uncertain, telegram.CodeGarbled},
		{502, "<html>", channels.Uncertain, telegram.CodeGarbled},
		{503, "<html>", channels.Transient, telegram.CodeServer},
		{429, "slow down", channels.Transient, telegram.CodeRate},
		{413, "<html>", channels.Permanent, channels.CodeFileTooLarge},
		{404, "<html>", channels.AuthFailed, telegram.CodeNotBotAPI},
		{418, "teapot", channels.Permanent, telegram.CodeRefused},
	} {
		if e := refused(t, c.status, c.body, ""); e == nil || e.Kind != c.kind || e.Code != c.code {
			t.Errorf("%d %s: %v, want %s %s", c.status, c.body, e, c.kind, c.code)
		}
	}
}

// refused sends to a server that answers thus.
func refused(t *testing.T, status int, body, chat string) *channels.Error {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body)) // the client reads it or not
	}))
	defer server.Close()
	a, err := driver().Open(channels.Account{ID: 1, Config: map[string]string{"token": token, "base_url": server.URL}}, channels.Env{HTTP: server.Client()})
	if err != nil {
		t.Fatal(err)
	}
	if chat == "" {
		chat = "42"
	}
	_, err = a.Send(context.Background(), channels.Outgoing{Chat: chat, Text: "words"})
	return channels.AsError(err)
}

func TestEveryCodeHasWords(t *testing.T) {
	t.Parallel()
	if len(telegram.Codes()) < 30 {
		t.Fatalf("only %d codes", len(telegram.Codes()))
	}
	for _, code := range telegram.Codes() {
		if w, ok := telegram.Words(code); !ok || w.RU == "" || w.EN == "" || w.RU == w.EN {
			t.Errorf("%s means %+v", code, w)
		}
	}
}
