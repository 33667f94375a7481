package outbox_test

import (
	"context"
	"sync"
	"time"

	"parley/channels"
)

// script is an adapter whose Send does what a test says. The zero value takes
// everything at once.
type script struct {
	limits channels.Limits
	send   func(ctx context.Context, m channels.Outgoing) (channels.Sent, error)

	mu   sync.Mutex
	sent []attempt // in the order in which Send was called
}

// attempt is one call of Send.
type attempt struct {
	id     int64
	number int
	chat   string
	at     time.Time
}

var _ channels.Adapter = (*script)(nil)

func (s *script) Run(ctx context.Context, _ channels.Inbound) error {
	<-ctx.Done()
	return nil
}

func (s *script) Limits() channels.Limits { return s.limits }

func (s *script) Send(ctx context.Context, m channels.Outgoing) (channels.Sent, error) {
	s.mu.Lock()
	s.sent = append(s.sent, attempt{m.MessageID, m.Attempt, m.Chat, time.Now()})
	s.mu.Unlock()
	if s.send != nil {
		return s.send(ctx, m)
	}
	return channels.Sent{RemoteID: "r" + m.Key}, nil
}

// attempts returns the calls of Send so far.
func (s *script) attempts() []attempt {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]attempt(nil), s.sent...)
}

// always is a Send that fails.
func always(e channels.Error) func(context.Context, channels.Outgoing) (channels.Sent, error) {
	return func(context.Context, channels.Outgoing) (channels.Sent, error) { return channels.Sent{}, &e }
}

// first is a Send whose first attempt of each message fails.
func first(e channels.Error) func(context.Context, channels.Outgoing) (channels.Sent, error) {
	return func(_ context.Context, m channels.Outgoing) (channels.Sent, error) {
		if m.Attempt == 1 {
			return channels.Sent{}, &e
		}
		return channels.Sent{RemoteID: "r" + m.Key}, nil
	}
}
