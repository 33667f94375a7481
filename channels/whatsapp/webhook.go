package whatsapp

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"net/http"

	"parley/channels"
)

// signatureHeader carries "sha256=" and the HMAC-SHA256 of the raw body under the app's secret, in hex.
const signatureHeader = "x-hub-signature-256"

// maxChallenge bounds what is echoed to whoever knows the verify token.
const maxChallenge = 200

// Receive implements channels.Webhook.
func (a *Account) Receive(ctx context.Context, r channels.Request, in channels.Inbound) (channels.Response, error) {
	switch r.Method {
	case http.MethodGet:
		return a.verify(r), nil
	case http.MethodPost:
		return a.take(ctx, r, in), nil
	}
	return channels.Response{Status: http.StatusMethodNotAllowed}, nil
}

// verify answers the question by which Meta makes sure that the address is ours.
func (a *Account) verify(r channels.Request) channels.Response {
	challenge := r.Query["hub.challenge"]
	given, want := sha256.Sum256([]byte(r.Query["hub.verify_token"])), sha256.Sum256([]byte(a.settings.verify))
	if r.Query["hub.mode"] != "subscribe" || subtle.ConstantTimeCompare(given[:], want[:]) != 1 || len(challenge) > maxChallenge {
		return channels.Response{Status: http.StatusForbidden}
	}
	return channels.Response{Status: http.StatusOK, Body: []byte(challenge)}
}

// take stores what is pushed, and only then says so.
func (a *Account) take(ctx context.Context, r channels.Request, in channels.Inbound) channels.Response {
	if !signed(r.Header[signatureHeader], r.Body, a.settings.secret) {
		return channels.Response{Status: http.StatusUnauthorized}
	}
	got := a.reader.read(r.Body)
	for events := got.events; len(events) > 0; {
		n := min(len(events), channels.MaxBatch)
		if _, err := in.Deliver(ctx, channels.Batch{Events: events[:n:n]}); err != nil {
			return channels.Response{Status: http.StatusServiceUnavailable}
		}
		events = events[n:]
	}
	for _, s := range got.reports {
		in.Report(ctx, s)
	}
	for _, ev := range got.events {
		if m := ev.Message; m != nil && ev.Direction == channels.Inward && !ev.Historic {
			a.recent.note(ev.Chat, m.RemoteID)
		}
	}
	for _, field := range got.skipped {
		a.env.Log.DebugContext(ctx, "an update concerns no conversation", "field", field)
	}
	return channels.Response{Status: http.StatusOK}
}

func signed(header string, body []byte, secret string) bool {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	return hmac.Equal([]byte(header), []byte("sha256="+hex.EncodeToString(mac.Sum(nil))))
}
