package fake

import (
	"context"
	"crypto/hmac"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"parley/channels"
)

const (
	stream    = "updates"
	heartbeat = 5 * time.Second
)

// Run implements channels.Adapter.
func (a *account) Run(ctx context.Context, in channels.Inbound) error {
	in.Report(ctx, channels.Status{State: channels.StateConnecting})
	if a.mode == ModePush {
		return a.attend(ctx, in)
	}
	return a.fetch(ctx, in)
}

// attend keeps the account known to a network that pushes.
func (a *account) attend(ctx context.Context, in channels.Inbound) error {
	for connected := false; ; connected = true {
		if _, err := a.call(ctx, MethodHello, sendRequest{}); err != nil {
			return unlessEnded(ctx, err)
		}
		if !connected {
			in.Report(ctx, channels.Status{State: channels.StateConnected})
		}
		if !wait(ctx, nil, heartbeat) {
			return nil
		}
	}
}

// fetch asks for updates; a poll acknowledges everything up to the committed cursor.
func (a *account) fetch(ctx context.Context, in channels.Inbound) error {
	text, err := in.Cursor(ctx, stream)
	if err != nil {
		return unlessEnded(ctx, notStored(err))
	}
	after, _ := strconv.ParseInt(text, 10, 64) // "" is the beginning
	for connected := false; ctx.Err() == nil; {
		body, failure := a.call(ctx, MethodPoll, pollRequest{After: after})
		if failure != nil {
			return unlessEnded(ctx, failure)
		}
		var got page
		if err := json.Unmarshal(body, &got); err != nil {
			return &channels.Error{Kind: channels.Transient, Code: "malformed", Text: "the network's answer makes no sense"}
		}
		if !connected {
			connected = true
			in.Report(ctx, channels.Status{State: channels.StateConnected})
		}
		if len(got.Updates) == 0 {
			continue
		}
		batch := channels.Batch{Stream: stream}
		for _, q := range got.Updates {
			after = max(after, q.Place)
			batch.Events = append(batch.Events, parse(q.Body))
		}
		batch.Cursor = strconv.FormatInt(after, 10)
		if _, err := in.Deliver(ctx, batch); err != nil {
			return unlessEnded(ctx, notStored(err))
		}
	}
	return nil
}

// unlessEnded returns nil when the context's end explains a failure.
func unlessEnded(ctx context.Context, err *channels.Error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

func notStored(err error) *channels.Error {
	return &channels.Error{Kind: channels.Transient, Code: "not_stored", Text: "what arrived could not be stored yet", Err: err}
}

// Receive implements channels.Webhook.
func (a *account) Receive(ctx context.Context, r channels.Request, in channels.Inbound) (channels.Response, error) {
	if a.secret == "" || !hmac.Equal([]byte(r.Header[signatureHeader]), []byte(sign(a.secret, r.Body))) {
		return channels.Response{Status: http.StatusUnauthorized}, nil
	}
	if _, err := in.Deliver(ctx, channels.Batch{Events: []channels.Event{parse(r.Body)}}); err != nil {
		return channels.Response{Status: http.StatusServiceUnavailable}, nil
	}
	return channels.Response{Status: http.StatusOK}, nil
}
