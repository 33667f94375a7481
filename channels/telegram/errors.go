package telegram

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"parley/channels"
)

// refusal is an answer with "ok": false (core.telegram.org/bots/api#making-requests).
type refusal struct {
	OK          *bool           `json:"ok"`
	Result      json.RawMessage `json:"result"`
	Code        int             `json:"error_code"`
	Description string          `json:"description"`
	Parameters  struct {
		MigrateTo  int64 `json:"migrate_to_chat_id"`
		RetryAfter int   `json:"retry_after"`
	} `json:"parameters"`
}

// meaning is what a refusal says. The network documents no codes finer than HTTP's, so its descriptions
// are the key; they are those of its server, github.com/tdlib/telegram-bot-api and its library, as of 2026.
type meaning struct {
	words string // in lower case, a part of the description
	kind  channels.ErrorKind
	code  string
}

// meanings are looked through in order.
var meanings = []meaning{
	{"bot was blocked by the user", channels.Permanent, CodeBlocked},
	{"user is deactivated", channels.Permanent, CodeGone},
	{"peer_id_invalid", channels.Permanent, CodeNoChat},
	{"can't initiate conversation", channels.Permanent, CodeCannotStart},
	{"can't send messages to bots", channels.Permanent, CodeUnsupported},
	{"bot was kicked", channels.Permanent, CodeRemoved},
	{"bot is not a member", channels.Permanent, CodeRemoved},
	{"group chat was deactivated", channels.Permanent, CodeRemoved},
	{"chat not found", channels.Permanent, CodeNoChat},
	{"business", channels.Permanent, CodeBusiness},
	{"not enough rights", channels.Permanent, CodeNoRights},
	{"have no rights", channels.Permanent, CodeNoRights},
	{"need administrator rights", channels.Permanent, CodeNoRights},
	{"chat_write_forbidden", channels.Permanent, CodeNoRights},
	{"_forbidden", channels.Permanent, CodeNoRights}, // behind voice_messages_forbidden
	{"topic_closed", channels.Permanent, CodeTopic},
	{"message thread not found", channels.Permanent, CodeTopic},
	{"message is too long", channels.Permanent, channels.CodeTextTooLong},
	{"caption is too long", channels.Permanent, channels.CodeTextTooLong},
	{"message text is empty", channels.Permanent, channels.CodeEmpty},
	{"can't parse entities", channels.Permanent, CodeFormat},
	{"entity", channels.Permanent, CodeFormat},
	{"webpage_", channels.Permanent, CodeLink},
	{"failed to get http url content", channels.Permanent, CodeLink},
	{"wrong file identifier/http url", channels.Permanent, CodeLink},
	{"external_url_invalid", channels.Permanent, CodeLink},
	{"button_", channels.Permanent, CodeButton},
	{"reply markup", channels.Permanent, CodeButton},
	{"inline keyboard", channels.Permanent, CodeButton},
	{"reaction", channels.Permanent, CodeReaction},
	{"photo_invalid_dimensions", channels.Permanent, CodePicture},
	{"image_process_failed", channels.Permanent, CodePicture},
	{"photo_ext_invalid", channels.Permanent, CodePicture},
	{"file is too big", channels.Permanent, channels.CodeFileTooLarge},
	{"request entity too large", channels.Permanent, channels.CodeFileTooLarge},
	{"temporarily unavailable", channels.Transient, CodeServer},
	{"can't be edited", channels.Permanent, CodeTooLate},
	{"message to edit not found", channels.Permanent, CodeTooLate},
	{"message to delete not found", channels.Permanent, CodeTooLate},
	{"message to react not found", channels.Permanent, CodeTooLate},
	{"can't be deleted", channels.Permanent, CodeTooLate},
	{"bad webhook", channels.Permanent, CodeHookRefused},
	{"webhook is active", channels.Transient, CodeHookSet},
	{"terminated by other getupdates", channels.Transient, CodeConflict},
	{"terminated by setwebhook", channels.Transient, CodeHookSet},
}

// verdict says what a failed call means.
func verdict(x *exchange) *channels.Error {
	if x.status == 0 {
		e := failure(channels.Uncertain, CodeNoAnswer)
		if !x.written.Load() {
			e = failure(channels.Transient, CodeUnreachable)
			e.Scope = channels.ScopeAccount
		}
		e.Err = x.err
		return e
	}
	var r refusal
	if json.Unmarshal(x.body, &r) != nil || r.OK == nil {
		return byStatus(x)
	}
	if *r.OK {
		return failure(channels.Uncertain, CodeGarbled)
	}
	return r.verdict(x.status)
}

// verdict prefers the answer's own code to HTTP's, which a proxy may have changed.
func (r refusal) verdict(status int) *channels.Error {
	if r.Code != 0 {
		status = r.Code
	}
	said := strings.ToLower(r.Description)
	switch {
	case status == http.StatusUnauthorized, status == http.StatusNotFound: // the path holds the token
		return account(failure(channels.AuthFailed, CodeToken))
	case status == http.StatusTooManyRequests:
		e := failure(channels.Transient, CodeRate)
		e.RetryAfter = time.Duration(max(r.Parameters.RetryAfter, 0)) * time.Second
		return account(e)
	case r.Parameters.MigrateTo != 0:
		return failure(channels.Transient, CodeMoved)
	case status == http.StatusServiceUnavailable:
		return account(failure(channels.Transient, CodeServer))
	case status >= 500:
		return failure(channels.Uncertain, CodeNoAnswer)
	case strings.Contains(said, "voice_messages_forbidden"):
		return failure(channels.Permanent, CodeVoice)
	}
	for _, m := range meanings {
		if strings.Contains(said, m.words) {
			return failure(m.kind, m.code)
		}
	}
	if status == http.StatusConflict {
		return failure(channels.Transient, CodeConflict)
	}
	e := failure(channels.Permanent, CodeRefused)
	if name := ownName(r.Description); name != "" {
		e.Err = channels.Said(name)
	}
	return e
}

// byStatus judges answers that are not the Bot API's: of what stands before it, or in its place.
func byStatus(x *exchange) *channels.Error {
	switch {
	case x.status == http.StatusTooManyRequests:
		e := failure(channels.Transient, CodeRate)
		if s, err := strconv.Atoi(x.retry); err == nil && s > 0 {
			e.RetryAfter = time.Duration(s) * time.Second
		}
		return account(e)
	case x.status == http.StatusServiceUnavailable:
		return account(failure(channels.Transient, CodeServer))
	case x.status == http.StatusRequestEntityTooLarge:
		return failure(channels.Permanent, channels.CodeFileTooLarge)
	case x.status == http.StatusUnauthorized, x.status == http.StatusForbidden, x.status == http.StatusNotFound:
		return account(failure(channels.AuthFailed, CodeNotBotAPI))
	case x.status >= 400 && x.status < 500:
		e := failure(channels.Permanent, CodeRefused)
		e.Err = channels.Said("HTTP " + strconv.Itoa(x.status))
		return e
	}
	return failure(channels.Uncertain, CodeGarbled)
}

// account widens an error to the whole account.
func account(e *channels.Error) *channels.Error {
	e.Scope = channels.ScopeAccount
	return e
}

// nothingSent is what a failure means when nothing of ours was on the way: it may be tried again.
func nothingSent(e *channels.Error) *channels.Error {
	if e.Kind != channels.Uncertain {
		return e
	}
	code := CodeServer
	if e.Code == CodeGarbled {
		code = CodeGarbled
	}
	again := failure(channels.Transient, code)
	again.Scope, again.Err = e.Scope, e.Err
	return again
}

// ownName is the stable name that a refusal ends in, such as CHAT_RESTRICTED; "" when it is a sentence,
// which may quote people.
func ownName(description string) string {
	_, name, _ := strings.Cut(description, ": ")
	other := func(r rune) bool { return r != '_' && (r < 'A' || r > 'Z') && (r < '0' || r > '9') }
	if len(name) > 60 || strings.ContainsFunc(name, other) {
		return ""
	}
	return name
}

// ofChat narrows what the network says of a group: its floods are its own (20 messages a minute), while
// those of private chats may be the whole bot's.
func ofChat(e *channels.Error, p place) *channels.Error {
	if e != nil && e.Code == CodeRate && p.chat < 0 {
		e.Scope = channels.ScopeChat
	}
	return e
}
