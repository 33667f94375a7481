package vk

import (
	"bytes"
	"context"
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"strings"

	"parley/channels"
)

// Receive implements channels.Webhook.
func (a *Account) Receive(ctx context.Context, r channels.Request, in channels.Inbound) (channels.Response, error) {
	if a.settings.mode != modeCallback || r.Method != http.MethodPost {
		return channels.Response{Status: http.StatusNotFound}, nil
	}
	u, err := parseUpdate(r.Body)
	if u.Type == "confirmation" && err == nil {
		return a.confirm(u), nil
	}
	// VK signs nothing: the secret stands in the body itself, which is all that is read before.
	if !a.secretIs(u.Secret) || u.GroupID != 0 && u.GroupID != a.settings.group {
		return channels.Response{Status: http.StatusForbidden}, nil
	}
	events, presses := a.read(ctx, [][]byte{withoutSecret(r.Body, u.Secret)})
	if len(events) > 0 {
		if _, err := in.Deliver(ctx, channels.Batch{Events: events}); err != nil {
			a.env.Log.Warn("a push could not be stored", "error", err)
			return channels.Response{Status: http.StatusServiceUnavailable}, nil
		}
	}
	a.answer(ctx, presses)
	return channels.Response{Status: http.StatusOK, Body: []byte("ok")}, nil
}

// confirm answers VK's question whether this address is the community's. The string is no secret;
// a wrong secret is still none of ours.
func (a *Account) confirm(u update) channels.Response {
	if u.GroupID != a.settings.group || u.Secret != "" && !a.secretIs(u.Secret) {
		return channels.Response{Status: http.StatusForbidden}
	}
	return channels.Response{Status: http.StatusOK, Body: []byte(a.settings.confirmation)}
}

func (a *Account) secretIs(given string) bool {
	return a.settings.secret != "" && subtle.ConstantTimeCompare([]byte(given), []byte(a.settings.secret)) == 1
}

// withoutSecret is a push as it may be kept.
func withoutSecret(body []byte, secret string) []byte {
	if secret == "" {
		return body
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(body, &fields) != nil {
		return bytes.ReplaceAll(body, []byte(secret), nil)
	}
	for name := range fields {
		if strings.EqualFold(name, "secret") { // as the decoder finds it
			delete(fields, name)
		}
	}
	clean, err := json.Marshal(fields)
	if err != nil {
		return nil
	}
	return clean
}
