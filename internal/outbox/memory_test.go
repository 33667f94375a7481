package outbox_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"parley/channels"
	"parley/internal/outbox"
)

// memory is a Source that keeps items in memory, in the order in which they were put.
type memory struct {
	mu     sync.Mutex
	rows   []*row
	claims int
	broken int // how many calls fail from now on
}

type row struct {
	item    outbox.Item
	state   string // queued, sending, or an outcome
	due     time.Time
	safe    bool
	verdict outbox.Verdict
}

func (m *memory) put(account channels.AccountID, conversation int64, chat string) int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	id := int64(len(m.rows) + 1)
	out := channels.Outgoing{Key: fmt.Sprint(id), MessageID: id, Chat: chat, Text: "hello"}
	m.rows = append(m.rows, &row{state: "queued", item: outbox.Item{ID: id, AccountID: account, ConversationID: conversation, Out: out}})
	return id
}

func (m *memory) fail(calls int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.broken = calls
}

// trouble is an error while the source is broken. The mutex must be held.
func (m *memory) trouble() error {
	if m.broken == 0 {
		return nil
	}
	m.broken--
	return errors.New("the database is gone")
}

func (m *memory) Claim(_ context.Context, now time.Time, wants []outbox.Want) ([]outbox.Item, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.trouble(); err != nil {
		return nil, err
	}
	m.claims++
	var items []outbox.Item
	for _, w := range wants {
		for _, r := range m.rows {
			if w.Limit == 0 || r.item.AccountID != w.AccountID || r.state != "queued" || r.due.After(now) || m.blocked(r) {
				continue
			}
			w.Limit--
			r.state, r.safe = "sending", w.SafeResend
			r.item.Token, r.item.Until = fmt.Sprint("claim ", m.claims), w.Until
			r.item.Out.Attempt++
			if r.item.Since.IsZero() {
				r.item.Since = now
			}
			items = append(items, r.item)
		}
	}
	return items, nil
}

// blocked tells whether an earlier item of the conversation is in the way.
func (m *memory) blocked(r *row) bool {
	return slices.ContainsFunc(m.rows, func(x *row) bool {
		return x.item.ConversationID == r.item.ConversationID && (x.state == "sending" || x.state == "queued" && x.item.ID < r.item.ID)
	})
}

func (m *memory) Settle(_ context.Context, _ time.Time, list []outbox.Settlement) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.trouble(); err != nil {
		return err
	}
	for _, s := range list {
		r := m.rows[s.Item.ID-1]
		if r.item.Token != s.Item.Token || r.state != "sending" && r.state != "uncertain" {
			continue
		}
		r.verdict = s.Verdict
		switch r.state = s.Verdict.Outcome.String(); s.Verdict.Outcome {
		case outbox.Postponed:
			r.item.Out.Attempt--
			r.state, r.due = "queued", s.Verdict.NotBefore
		case outbox.Retry:
			r.state, r.due = "queued", s.Verdict.NotBefore
			if s.Verdict.Restart {
				r.item.Since = time.Time{}
			}
		}
	}
	return nil
}

func (m *memory) Expire(_ context.Context, now time.Time) (n int, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, r := range m.rows {
		if r.state == "sending" && !r.item.Until.After(now) {
			n++
			if r.state = "uncertain"; r.safe {
				r.state, r.item.Token, r.due = "queued", "", now
			}
		}
	}
	return n, nil
}

func (m *memory) Next(_ context.Context, now time.Time, accounts []channels.AccountID) (due, lapse time.Time, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	first := func(at *time.Time, t time.Time) {
		if at.IsZero() || t.Before(*at) {
			*at = t
		}
	}
	for _, r := range m.rows {
		switch {
		case r.state == "sending":
			first(&lapse, r.item.Until)
		case r.state == "queued" && r.due.After(now) && slices.Contains(accounts, r.item.AccountID):
			first(&due, r.due)
		}
	}
	return due, lapse, nil
}

func (m *memory) get(id int64) row {
	m.mu.Lock()
	defer m.mu.Unlock()
	return *m.rows[id-1]
}

// asked is how often Claim was called.
func (m *memory) asked() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.claims
}
