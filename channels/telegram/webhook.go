package telegram

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"parley/channels"
)

var errNotOK = errors.New("the answer is not ok")

// secretHeader is what a push proves itself with, in lower case.
const secretHeader = "x-telegram-bot-api-secret-token"

// attend sets the webhook and looks after it until ctx ends. Updates come by Receive, at any node.
func (a *Account) attend(ctx context.Context, in channels.Inbound) *channels.Error {
	address := a.hookURL()
	if address == "" {
		return noHook()
	}
	if err := a.call(ctx, func(ctx context.Context) error {
		_, err := a.bot.SetWebhook(ctx, &bot.SetWebhookParams{URL: address, SecretToken: a.secret, AllowedUpdates: allowed})
		return err
	}); err != nil {
		return err
	}
	in.Report(ctx, channels.Status{State: channels.StateConnected})
	watch := time.NewTicker(a.tempo.Watch)
	defer watch.Stop()
	for state := channels.StateConnected; ; {
		select {
		case <-ctx.Done():
			return nil
		case <-watch.C:
		}
		status, err := a.inspect(ctx, address)
		if err != nil {
			return err
		}
		if status.State != state {
			state = status.State
			in.Report(ctx, status)
		}
	}
}

// inspect asks how the webhook is. Trouble is reported while it is fresh and updates are waiting.
func (a *Account) inspect(ctx context.Context, address string) (channels.Status, *channels.Error) {
	var info *models.WebhookInfo
	if err := a.call(ctx, func(ctx context.Context) (err error) {
		info, err = a.bot.GetWebhookInfo(ctx)
		return err
	}); err != nil {
		return channels.Status{}, err
	}
	if info.URL != address {
		return channels.Status{}, failure(channels.Transient, CodeHookSet)
	}
	failed := a.env.Now().Sub(at(info.LastErrorDate))
	if info.PendingUpdateCount > 0 && info.LastErrorDate > 0 && failed < 2*a.tempo.Watch {
		return channels.Status{State: channels.StateReconnecting, Code: CodeHookTrouble, Text: phrases[CodeHookTrouble].EN}, nil
	}
	return channels.Status{State: channels.StateConnected}, nil
}

// Receive implements channels.Webhook.
func (a *Account) Receive(ctx context.Context, r channels.Request, in channels.Inbound) (channels.Response, error) {
	if r.Method != http.MethodPost {
		return channels.Response{Status: http.StatusMethodNotAllowed}, nil
	}
	if !same(r.Header[secretHeader], a.secret) {
		return channels.Response{Status: http.StatusUnauthorized}, nil
	}
	u := parse(r.Body)
	if u.to != 0 {
		a.remember(u.from, u.to)
	}
	for events := u.events; len(events) > 0; {
		n := min(len(events), channels.MaxBatch)
		if _, err := in.Deliver(ctx, channels.Batch{Events: events[:n]}); err != nil {
			a.env.Log.Warn("push not stored", "account_id", int64(a.id), "error", err)
			return channels.Response{Status: http.StatusServiceUnavailable}, nil
		}
		events = events[n:]
	}
	if u.callback == "" {
		return channels.Response{Status: http.StatusOK}, nil
	}
	return answerPress(u.callback), nil
}

// answerPress ends the waiting sign on a button within the answer to the push, which may hold a call
// (core.telegram.org/bots/api#making-requests-when-getting-updates).
func answerPress(callback string) channels.Response {
	body, err := json.Marshal(map[string]string{"method": "answerCallbackQuery", "callback_query_id": callback})
	if err != nil {
		return channels.Response{Status: http.StatusOK}
	}
	return channels.Response{Status: http.StatusOK, Type: "application/json", Body: body}
}

// same compares secrets in a time that tells nothing, not even how long they are.
func same(got, want string) bool {
	a, b := sha256.Sum256([]byte(got)), sha256.Sum256([]byte(want))
	return subtle.ConstantTimeCompare(a[:], b[:]) == 1
}
