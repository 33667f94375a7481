package intake

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"parley/channels"
	"parley/internal/fault"
)

// Bounds of the admission.
const (
	admitWait  = 5 * time.Second // how long a delivery may wait before it is refused
	queueDepth = 4096            // deliveries waiting
	gatherWait = 2 * time.Millisecond
	queueBytes = 256 << 20 // of them all; beyond it a delivery is refused at once
	eventBytes = 1 << 10   // what an event takes besides its text and raw payload
)

// ErrBusy says that intake cannot take an event in time. It may still be committed;
// the key makes the retry harmless.
var ErrBusy = errors.New("intake is too busy")

// ErrNoAccount says that a delivery's account has been deleted: nothing of it is kept.
var ErrNoAccount = fault.New(fault.NotFound, "account_not_found", fault.T("Такого канала нет.", "There is no such account."))

// delivery is one call of Deliver waiting for its commit.
type delivery struct {
	account  channels.AccountID
	fence    channels.Fence // 0: may come from any node
	batch    channels.Batch // the worker's once it is taken, nobody's once abandoned
	bytes    int64          // taken of the room
	fate     atomic.Int32
	orphan   bool // its account is deleted
	stale    bool // another node has its account
	outcomes []channels.Outcome
	err      error
	done     chan struct{}
}

// The fates of a delivery: whoever moves it away from waiting decides.
const (
	waiting int32 = iota
	taken
	abandoned
)

// room bounds the memory of what waits. A delivery too large for it is let in alone.
type room struct{ used atomic.Int64 }

func (r *room) enter(d *delivery) bool {
	if used := r.used.Add(d.bytes); used > queueBytes && used > d.bytes {
		r.used.Add(-d.bytes)
		return false
	}
	return true
}

func (r *room) leave(d *delivery) { r.used.Add(-d.bytes) }

// sizeOf is about how much memory a batch holds.
func sizeOf(b *channels.Batch) int64 {
	n := 0
	for i := range b.Events {
		ev := &b.Events[i]
		n += eventBytes + min(len(ev.Raw), channels.MaxRaw)
		if ev.Message != nil {
			n += len(ev.Message.Text) + len(ev.Message.HTML) + len(ev.Message.Quoted)
			n += min(len(ev.Message.Media), maxMedia) * eventBytes
		}
		if ev.Edit != nil {
			n += len(ev.Edit.Text) + len(ev.Edit.HTML)
		}
	}
	return int64(n)
}

// deliver queues a batch and waits for its commit, for a bounded time. Whoever gave up
// before a worker took the batch is never seen by one.
func (s *Service) deliver(ctx context.Context, account channels.AccountID, fence channels.Fence, b channels.Batch) ([]channels.Outcome, error) {
	if len(b.Events) > channels.MaxBatch {
		return nil, fmt.Errorf("deliver %d events: a batch has at most %d", len(b.Events), channels.MaxBatch)
	}
	for i := range b.Events {
		if b.Events[i].Key == "" || len(b.Events[i].Key) > channels.MaxKey {
			return nil, fmt.Errorf("deliver event: key of %d bytes", len(b.Events[i].Key))
		}
	}
	d := &delivery{account: account, fence: fence, bytes: sizeOf(&b), done: make(chan struct{})}
	if !s.room.enter(d) {
		return nil, ErrBusy
	}
	events := make([]channels.Event, len(b.Events)) // the caller may deliver its own again while these still wait
	for i := range b.Events {
		events[i] = normalised(b.Events[i])
	}
	b.Events = events
	d.batch = b
	if acknowledgeFirst {
		go s.commitLater(d)
		return make([]channels.Outcome, len(b.Events)), nil
	}
	timer := time.NewTimer(admitWait)
	defer timer.Stop()
	select {
	case <-s.stop:
		s.room.leave(d)
		return nil, ErrBusy
	case s.queue <- d:
	case <-timer.C:
		s.room.leave(d)
		return nil, ErrBusy
	case <-ctx.Done():
		s.room.leave(d)
		return nil, ctx.Err()
	}
	select {
	case <-d.done:
		return d.outcomes, d.err
	case <-timer.C:
		s.abandon(d)
		return nil, ErrBusy
	case <-ctx.Done():
		s.abandon(d)
		return nil, ctx.Err()
	}
}

// abandon has the workers skip a delivery that none has taken. Its place in the queue
// stays until then, what it holds does not.
func (s *Service) abandon(d *delivery) {
	if d.fate.CompareAndSwap(waiting, abandoned) {
		d.batch = channels.Batch{}
		s.room.leave(d)
	}
}

// commitLater is the planted mistake of acknowledging before the commit. It exists
// so that the crash test can prove that it would notice.
func (s *Service) commitLater(d *delivery) {
	select {
	case s.queue <- d:
	case <-s.stop:
	}
}

// gather takes what is waiting besides first, as far as somebody still waits for it.
// Callers whose answers have just gone out are back in a moment, and a commit costs
// little more for them than for one: so it waits a little until there are as many as the
// crowd. Without them they would fall into two halves that wait for each other's commits
// for ever.
func (s *Service) gather(first *delivery, crowd int) (group []*delivery) {
	events := 0
	var late <-chan time.Time
	for d := first; d != nil; d = s.another(late) {
		if d.fate.CompareAndSwap(waiting, taken) {
			group = append(group, d)
			events += len(d.batch.Events)
		}
		if events >= maxBatch {
			return group
		}
		if len(group) >= crowd {
			late = s.past
		} else if late == nil {
			timer := time.NewTimer(gatherWait)
			defer timer.Stop()
			late = timer.C
		}
	}
	return group
}

// another returns a delivery that waits, or the first to come before late; nil is none.
func (s *Service) another(late <-chan time.Time) *delivery {
	select {
	case d := <-s.queue:
		return d
	default:
	}
	select {
	case d := <-s.queue:
		return d
	case <-late:
		return nil
	}
}
