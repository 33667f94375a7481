package whatsapp

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"parley/channels"
)

// refusal is an error as Meta writes it, in answers and in webhooks.
type refusal struct {
	Code    int    `json:"code"`
	Type    string `json:"type"`
	Subcode int    `json:"error_subcode"`
	Title   string `json:"title"`
	Message string `json:"message"`
	Data    struct {
		Details string `json:"details"`
	} `json:"error_data"`
}

// maxSaid bounds what is repeated of Meta's words, in bytes.
const maxSaid = 400

// said is what Meta says of an error: its number, its title, the details where they say more.
func (r refusal) said() string {
	title := r.Title
	if title == "" {
		title = r.Message
	}
	text := title
	if d := r.Data.Details; d != "" && d != title {
		if text != "" {
			text += ": "
		}
		text += d
	}
	text = strings.Join(strings.Fields(strings.ToValidUTF8(text, "")), " ")
	if len(text) > maxSaid {
		text = strings.ToValidUTF8(text[:maxSaid], "") + "…"
	}
	if text == "" {
		return fmt.Sprintf("code %d", r.Code)
	}
	return fmt.Sprintf("%s (code %d)", text, r.Code)
}

// judge says what an answer that is no success means for an attempt. secrets are cut out of Meta's words:
// "Malformed access token …" repeats the token.
func judge(status int, header http.Header, body []byte, secrets ...string) *channels.Error {
	var answer struct {
		Error *refusal `json:"error"`
	}
	if json.Unmarshal(body, &answer) != nil || answer.Error == nil {
		return judgeStatus(status, header)
	}
	r := *answer.Error
	m, known := meaningOf(r.Code)
	if r.Code == 0 && r.Type != "OAuthException" {
		known = false // no code at all
	}
	if !known {
		e := judgeStatus(status, header)
		e.Text = sentence(e.Code, scrubbed(r.said(), secrets))
		return e
	}
	if r.Code == 100 && r.Subcode == 33 {
		m.code = CodeGone // the object does not exist, or the token may not see it
	}
	e := &channels.Error{Kind: m.kind, Code: m.code, Scope: m.scope, RetryAfter: m.wait, Text: sentence(m.code, scrubbed(r.said(), secrets))}
	if wait := retryAfter(header); wait > 0 && e.Kind == channels.Transient {
		e.RetryAfter = wait
	}
	if e.Code == CodeToken {
		e.Text = phrase(CodeToken).EN
		return atField(e, "token", phrase(CodeToken))
	}
	return e
}

// judgeStatus judges an answer by its HTTP status alone.
func judgeStatus(status int, header http.Header) *channels.Error {
	switch {
	case status == http.StatusUnauthorized:
		e := failure(channels.AuthFailed, CodeToken, "")
		return atField(e, "token", phrase(CodeToken))
	case status == http.StatusForbidden:
		e := failure(channels.AuthFailed, CodePermission, "")
		e.Scope = channels.ScopeAccount
		return e
	case status == http.StatusTooManyRequests:
		e := failure(channels.Transient, CodeRate, "")
		e.Scope, e.RetryAfter = channels.ScopeAccount, retryAfter(header)
		return e
	case status == http.StatusNotFound:
		return failure(channels.Permanent, CodeGone, "")
	case status >= 400 && status < 500:
		return failure(channels.Permanent, CodeRefused, "HTTP "+strconv.Itoa(status))
	default:
		return failure(channels.Uncertain, CodeUnclear, "HTTP "+strconv.Itoa(status))
	}
}

// maxWait bounds what a network may ask to wait.
const maxWait = 24 * time.Hour

func retryAfter(header http.Header) time.Duration {
	seconds, err := strconv.Atoi(header.Get("Retry-After"))
	if err != nil || seconds <= 0 {
		return 0
	}
	return min(time.Duration(min(seconds, 1<<20))*time.Second, maxWait)
}

func scrubbed(text string, secrets []string) string {
	for _, s := range secrets {
		if s != "" {
			text = strings.ReplaceAll(text, s, "…")
		}
	}
	return text
}
