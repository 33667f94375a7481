package imap

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/emersion/go-imap/v2"

	"parley/channels"
)

// Receiver reads one account's mail. It is made once and may be run many times, one at a
// time; what it knows of a server's weak spots survives a connection.
type Receiver struct {
	config    Config
	env       channels.Env
	translate Translate

	mu      sync.Mutex // held by Run
	inbox   *folder
	sent    *folder // nil where there is none
	night   time.Time
	history progress
}

// New returns the receiver of an account. No I/O.
func New(c Config, env channels.Env, t Translate) *Receiver {
	c = c.filled()
	return &Receiver{config: c, env: env, translate: t, inbox: &folder{name: c.Mailbox}}
}

// Test signs in and opens the mailbox. A non-nil error is a *channels.Error.
func (r *Receiver) Test(ctx context.Context) error {
	s, err := begin(ctx, r.config, r.env.Dial)
	if err != nil {
		return err
	}
	defer s.close()
	if _, err := s.examine(r.config.Mailbox); err != nil {
		return s.failed(err)
	}
	if r.config.Sent == "" {
		return nil
	}
	if _, err := s.peek(r.config.Sent); err != nil {
		return s.failed(s.examineFailed(r.config.Sent, err))
	}
	return nil
}

// Run connects and hands mail on until ctx ends, then returns nil. Otherwise the error is
// a *channels.Error.
func (r *Receiver) Run(ctx context.Context, in channels.Inbound) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	in.Report(ctx, channels.Status{State: channels.StateConnecting})
	s, err := begin(ctx, r.config, r.env.Dial)
	if err == nil {
		err = s.failed(r.attend(ctx, s, in))
		s.close()
	}
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// attend reads and listens until something breaks or ctx ends.
func (r *Receiver) attend(ctx context.Context, s *session, in channels.Inbound) error {
	if err := r.findSent(s); err != nil {
		return err
	}
	if r.night.IsZero() {
		r.night = r.nextNight(r.env.Now())
	}
	for first := true; ctx.Err() == nil; first = false {
		busy, err := r.round(ctx, s, in, first)
		if err != nil {
			return err
		}
		if busy {
			continue
		}
		if err := s.await(ctx, r.config.Poll); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// findSent learns where answers lie that were sent by other programs.
func (r *Receiver) findSent(s *session) error {
	name := r.config.Sent
	if name == "" {
		var err error
		if name, err = s.sentFolder(); err != nil {
			return err
		}
	}
	switch {
	case name == "" || name == r.config.Mailbox:
		r.sent = nil
	case r.sent == nil || r.sent.name != name:
		r.sent = &folder{name: name, sent: true}
	}
	return nil
}

// round reads what there is: what arrived, what was sent, a piece of the history, and once
// a night what may have been missed. Busy means that there is more to do at once.
func (r *Receiver) round(ctx context.Context, s *session, in channels.Inbound, first bool) (busy bool, err error) {
	if r.sent != nil {
		busy, err = r.visitSent(ctx, s, in, first)
		var refusal *imap.Error
		if errors.As(err, &refusal) && refusal.Type == imap.StatusResponseTypeNo {
			r.env.Log.Warn("folder of sent mail cannot be read", "error", err)
			r.sent, err = nil, nil // until the next connection; what arrives matters more
		}
		if err != nil {
			return false, err
		}
	}
	more, err := r.visit(ctx, s, in, r.inbox, first) // last, because it is the one that is listened to
	if err != nil {
		return false, err
	}
	if busy || more {
		return true, nil
	}
	r.finishedHistory(ctx, in)
	return false, r.reconcile(ctx, s, in)
}

// visit opens a folder and reads what is new in it, and a piece of what is old.
func (r *Receiver) visit(ctx context.Context, s *session, in channels.Inbound, f *folder, first bool) (more bool, err error) {
	st, err := s.examine(f.name)
	if err != nil {
		return false, err
	}
	if first || st.validity != f.arrivals.validity {
		if err := r.enter(ctx, in, f, st); err != nil {
			return false, err
		}
	}
	if first && !f.sent {
		r.say(ctx, in)
	}
	if err := r.arrived(ctx, s, in, f); err != nil {
		return false, err
	}
	return r.past(ctx, s, in, f)
}

// visitSent visits the folder of sent mail where that is worth it. Nobody tells of changes
// in a folder that is not open.
func (r *Receiver) visitSent(ctx context.Context, s *session, in channels.Inbound, first bool) (more bool, err error) {
	if !first && r.sent.history.done() {
		st, err := s.peek(r.sent.name)
		if err != nil {
			return false, err
		}
		if st.validity == r.sent.arrivals.validity && st.next > 0 && st.next-1 <= r.sent.arrivals.uid {
			return false, nil
		}
	}
	return r.visit(ctx, s, in, r.sent, first)
}

// arrived hands on everything above the watermark.
func (r *Receiver) arrived(ctx context.Context, s *session, in channels.Inbound, f *folder) error {
	for ctx.Err() == nil {
		uids, err := s.search(f.arrivals.uid, time.Time{})
		if err != nil || len(uids) == 0 {
			return err
		}
		// A mail may get a new number and keep its old time: moved here, or brought from
		// another server. What is older than was asked for stays out.
		p := pass{stream: arrivalStream(f.name), mark: f.arrivals, since: f.history.since.Add(-movedAfter)}
		f.arrivals, err = r.read(ctx, s, in, f, p, uids)
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}
