package notify

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"parley/internal/fault"
	"parley/internal/notify/webpush"
)

// payload is what the service worker of the page gets.
type payload struct {
	ID    string `json:"id"`
	Kind  Kind   `json:"kind,omitempty"`
	Title string `json:"title"`
	Body  string `json:"body,omitempty"`
	Path  string `json:"path"`
	Tag   string `json:"tag"` // a later one takes the place of an earlier one
}

// pushLife is how long a push is worth showing, for us and for the push service.
const pushLife = time.Hour

// leavePushes leaves one job per browser.
func (b *Bell) leavePushes(ctx context.Context, t *Told, now time.Time) error {
	list, err := b.o.Store.SubscriptionsOf(ctx, t.Agent, now)
	if err != nil {
		return fmt.Errorf("find browsers: %w", err)
	}
	for _, s := range list {
		key := "push/" + strconv.FormatInt(s.ID, 10)
		if err := b.o.LeaveAt(ctx, JobPush, key, fmt.Sprintf("%d/%d", t.ID, s.ID), now); err != nil {
			return fmt.Errorf("leave push: %w", err)
		}
	}
	return nil
}

// Push does the work of a JobPush. A time that is not zero says when to try again.
func (b *Bell) Push(ctx context.Context, job string) (again time.Time, err error) {
	first, second, _ := strings.Cut(job, "/")
	told, badTold := strconv.ParseInt(first, 10, 64)
	id, badID := strconv.ParseInt(second, 10, 64)
	if badTold != nil || badID != nil {
		return time.Time{}, errors.New("read push job: it is malformed")
	}
	now := b.o.Now().UTC()
	t, found, err := b.o.Store.Told(ctx, told)
	if err != nil || !found || now.Sub(t.At) > pushLife {
		return time.Time{}, err
	}
	s, found, err := b.o.Store.Subscription(ctx, id, now)
	if err != nil || !found {
		return time.Time{}, err
	}
	h, found, err := b.o.Store.Hearer(ctx, t.Agent, now)
	if err != nil || !found || h.Disabled {
		return time.Time{}, err
	}
	if sees, err := b.o.MaySee(ctx, t.Agent, t.Conversation); err != nil || !sees {
		return time.Time{}, err
	}
	p, err := b.compose(ctx, &t, &h)
	if err != nil {
		return time.Time{}, err
	}
	verdict, wait := b.send(ctx, &s, p, now)
	switch verdict {
	case gone:
		_, err := b.o.Store.DropSubscription(ctx, 0, s.ID)
		return time.Time{}, err
	case later:
		return now.Add(wait), nil
	}
	return time.Time{}, nil
}

// compose writes what a browser shows. The conversation's number is ours; whoever wrote
// and what is somebody's, and only who wished so gets it.
func (b *Bell) compose(ctx context.Context, t *Told, h *Hearer) (payload, error) {
	p := payload{
		ID: strconv.FormatInt(t.ID, 10), Kind: t.Kind, Title: t.words().title(h.Language, t.Number), Path: t.path(),
		Tag: "conversation/" + strconv.FormatInt(t.Conversation, 10),
	}
	if t.Kind == Overdue {
		p.Tag = string(Overdue)
	}
	if !h.Prefs.Quote || t.Message == 0 {
		return p, nil
	}
	q, found, err := b.o.Store.Quote(ctx, t.Message)
	if err != nil || !found {
		return p, err
	}
	p.Body = cut(q.Author, maxAuthor) + ": " + cut(strings.Join(strings.Fields(q.Text), " "), maxQuote)
	return p, nil
}

// Bounds on what a push quotes, in runes; in every script it stays below webpush.MaxPlain.
const (
	maxAuthor = 60
	maxQuote  = 200
)

func cut(text string, most int) string {
	n := 0
	for i := range text {
		if n++; n > most {
			return text[:i] + "…"
		}
	}
	return text
}

// verdict is what became of a push.
type verdict int

const (
	done  verdict = iota // taken, or never to be
	gone                 // the browser does not listen any more
	later                // try again
)

// The rest between two tries, where the push service does not say.
const (
	rest     = 30 * time.Second
	longRest = 15 * time.Minute
)

// send makes one attempt. What it logs holds no address.
func (b *Bell) send(ctx context.Context, s *Subscription, p payload, now time.Time) (verdict, time.Duration) {
	log := b.o.Log.With("subscription_id", s.ID)
	req, err := b.request(ctx, s, p, now)
	if err != nil {
		log.Warn("push cannot be made", "error", err)
		return gone, 0
	}
	res, err := b.o.Client.Do(req)
	if err != nil {
		log.Debug("push service not reached", "why", unreached(err))
		return later, rest
	}
	defer res.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 64<<10)) // so that the connection can be used again
	switch {
	case res.StatusCode < 300:
		return done, 0
	case res.StatusCode == http.StatusNotFound || res.StatusCode == http.StatusGone:
		return gone, 0
	case res.StatusCode >= 500 || res.StatusCode == http.StatusTooManyRequests || res.StatusCode == http.StatusRequestTimeout:
		seconds, _ := strconv.Atoi(res.Header.Get("Retry-After"))
		return later, min(max(time.Duration(min(seconds, 3600))*time.Second, rest), longRest)
	}
	log.Warn("push refused", "status", res.StatusCode)
	return done, 0
}

func (b *Bell) request(ctx context.Context, s *Subscription, p payload, now time.Time) (*http.Request, error) {
	to, err := b.open(s)
	if err != nil {
		return nil, err
	}
	keys, err := webpush.ReadKeys(to.P256DH, to.Auth)
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(p)
	if err != nil {
		return nil, fmt.Errorf("write push: %w", err)
	}
	body, err := webpush.Encrypt(text, keys)
	if err != nil {
		return nil, err
	}
	signed, err := b.o.Sender.Authorization(to.Endpoint, now)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to.Endpoint, bytes.NewReader(body))
	if err != nil {
		return nil, errors.New("make request: the endpoint cannot be read") // the cause would quote it
	}
	req.Header.Set("Authorization", signed)
	req.Header.Set("Content-Encoding", "aes128gcm")
	req.Header.Set("Content-Type", "application/octet-stream")
	req.Header.Set("TTL", strconv.Itoa(int(pushLife.Seconds())))
	req.Header.Set("Urgency", "high")
	return req, nil
}

// Try sends a push to a browser of an agent, so that they see whether it works.
func (b *Bell) Try(ctx context.Context, agent, id int64, language string) error {
	now := b.o.Now()
	s, found, err := b.o.Store.Subscription(ctx, id, now)
	if err != nil {
		return err
	}
	if !found || s.Agent != agent {
		return ErrNoBrowser
	}
	p := payload{
		ID: "0", Title: "Parley", Path: "/settings/notifications", Tag: "trial",
		Body: fault.T("Уведомления работают.", "Notifications work.").In(language),
	}
	switch verdict, _ := b.send(ctx, &s, p, now); verdict {
	case gone:
		if _, err := b.o.Store.DropSubscription(ctx, agent, id); err != nil {
			return err
		}
		return ErrNoBrowser
	case later:
		return ErrNoPush
	}
	return nil
}

// ErrNoPush says that the push service did not take a push.
var ErrNoPush = fault.New(fault.Unavailable, "push_unavailable", fault.T("Служба уведомлений браузера не ответила. Попробуйте позже.", "The browser's push service did not answer. Try again later."))
