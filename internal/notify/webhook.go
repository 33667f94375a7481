package notify

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"time"
)

// JobWebhook is the kind of job that makes one attempt at a webhook; app routes it to
// Hooks.Send.
const JobWebhook = "notify.webhook"

// SignatureHeader carries "sha256=" and the HMAC of the body in hexadecimal.
const SignatureHeader = "X-Parley-Signature"

// The states of a delivery.
const (
	DeliveryWaiting = "waiting"
	DeliveryDone    = "done"
	DeliveryFailed  = "failed" // given up; it can be replayed
)

// Delivery is one webhook that leaves the program, and what came of it.
type Delivery struct {
	ID        int64
	TriggerID int64
	RunID     int64
	URL       string
	Body      string // JSON
	State     string
	Status    int    // of the last answer; 0 = none
	Error     string // of the last attempt, in English; "" = none
	Tries     int
	CreatedAt time.Time
	DoneAt    time.Time // zero = not yet
}

// Deliveries keeps them.
type Deliveries interface {
	// AddDelivery keeps a new one, in the transaction of ctx.
	AddDelivery(ctx context.Context, d *Delivery) error
	Delivery(ctx context.Context, id int64) (d Delivery, found bool, err error)
	// PutDelivery writes what came of an attempt.
	PutDelivery(ctx context.Context, d *Delivery) error
}

// HookOptions are what Hooks are made of. All are needed but Log.
type HookOptions struct {
	Store Deliveries
	// Leave leaves a durable job behind, in the transaction of ctx.
	Leave  func(ctx context.Context, kind, key, payload string) error
	NextID func(ctx context.Context) (int64, error)
	// Client reaches public addresses only.
	Client *http.Client
	// Secret is what a trigger's webhooks are signed with.
	Secret func(trigger int64) []byte
	Now    func() time.Time
	Log    *slog.Logger
}

// Hooks makes signed webhooks. Safe for concurrent use.
type Hooks struct{ o HookOptions }

// NewHooks makes Hooks.
func NewHooks(o HookOptions) *Hooks {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Hooks{o}
}

// maxHookTries is after how many attempts a webhook is given up: some half an hour, see
// the pauses of package jobs.
const maxHookTries = 12

// Call leaves a webhook to be made, in the transaction of ctx.
func (h *Hooks) Call(ctx context.Context, d Delivery) error {
	id, err := h.o.NextID(ctx)
	if err != nil {
		return fmt.Errorf("leave webhook: %w", err)
	}
	d.ID, d.State, d.CreatedAt = id, DeliveryWaiting, h.o.Now().UTC()
	if err := h.o.Store.AddDelivery(ctx, &d); err != nil {
		return fmt.Errorf("keep webhook: %w", err)
	}
	return h.leave(ctx, id)
}

func (h *Hooks) leave(ctx context.Context, id int64) error {
	n := strconv.FormatInt(id, 10)
	if err := h.o.Leave(ctx, JobWebhook, "webhook/"+n, n); err != nil {
		return fmt.Errorf("leave webhook: %w", err)
	}
	return nil
}

// Replay makes a webhook again that was made or given up; false when there is none, or
// it still waits.
func (h *Hooks) Replay(ctx context.Context, id int64) (Delivery, bool, error) {
	d, found, err := h.o.Store.Delivery(ctx, id)
	if err != nil || !found || d.State == DeliveryWaiting {
		return d, false, err
	}
	d.State, d.Tries, d.DoneAt = DeliveryWaiting, 0, time.Time{}
	if err := h.o.Store.PutDelivery(ctx, &d); err != nil {
		return d, false, err
	}
	return d, true, h.leave(ctx, id)
}

// Send does the work of a JobWebhook. An error means that it should be tried again.
func (h *Hooks) Send(ctx context.Context, payload string) error {
	id, err := strconv.ParseInt(payload, 10, 64)
	if err != nil {
		return fmt.Errorf("read webhook job: %w", err)
	}
	d, found, err := h.o.Store.Delivery(ctx, id)
	if err != nil || !found || d.State != DeliveryWaiting {
		return err
	}
	d.Tries++
	again := h.attempt(ctx, &d)
	if again && d.Tries >= maxHookTries {
		d.State, again = DeliveryFailed, false
		h.o.Log.Warn("webhook given up", "delivery_id", d.ID, "status", d.Status)
	}
	if err := h.o.Store.PutDelivery(ctx, &d); err != nil {
		return fmt.Errorf("keep what came of webhook: %w", err)
	}
	if again {
		return errors.New("webhook: " + d.Error)
	}
	return nil
}

// attempt makes one attempt and notes in the delivery what came of it; it tells whether
// another may help.
func (h *Hooks) attempt(ctx context.Context, d *Delivery) (again bool) {
	d.Status, d.Error = 0, ""
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, d.URL, bytes.NewReader([]byte(d.Body)))
	if err != nil {
		d.State, d.Error = DeliveryFailed, "the address cannot be read"
		return false
	}
	mac := hmac.New(sha256.New, h.o.Secret(d.TriggerID))
	mac.Write([]byte(d.Body))
	req.Header.Set(SignatureHeader, "sha256="+hex.EncodeToString(mac.Sum(nil)))
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "Parley")
	req.Header.Set("X-Parley-Delivery", strconv.FormatInt(d.ID, 10)) // equal on every attempt
	res, err := h.o.Client.Do(req)
	if err != nil {
		d.Error = unreached(err)
		return true
	}
	defer res.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 64<<10)) // so that the connection can be used again
	d.Status = res.StatusCode
	switch {
	case res.StatusCode < 300:
		d.State, d.DoneAt = DeliveryDone, h.o.Now().UTC()
		return false
	case res.StatusCode >= 500 || res.StatusCode == http.StatusTooManyRequests || res.StatusCode == http.StatusRequestTimeout:
		d.Error = "answered " + res.Status
		return true
	}
	d.State, d.Error = DeliveryFailed, "answered "+res.Status
	return false
}

// unreached says why there was no answer, without the address, which may hold a secret.
func unreached(err error) string {
	var timeout net.Error
	if errors.As(err, &timeout) && timeout.Timeout() {
		return "did not answer in time"
	}
	return "could not be reached"
}
