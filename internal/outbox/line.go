package outbox

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// never is later than anything that happens.
var never = time.Unix(1<<40, 0)

// line is a source with the verdicts that wait to be settled. What gathers during one
// commit goes together into the next.
type line struct {
	src   Source
	log   *slog.Logger
	after func()    // called after every commit
	lapse time.Time // when the next lease ends; the dispatcher's own

	mu      sync.Mutex
	pending []Settlement
	closed  bool
	more    chan struct{} // has a value when pending has one, or when closed
	closing chan struct{} // shut by close, for settle between two tries
}

// Bounds of settling.
const (
	maxSettle  = 256              // verdicts in one transaction
	lastChance = 10 * time.Minute // a verdict that cannot be stored for so long is dropped
)

func newLine(src Source, log *slog.Logger, after func()) *line {
	return &line{src: src, log: log, after: after, more: make(chan struct{}, 1), closing: make(chan struct{})}
}

// add hands over a verdict. It does not block. After close it is dropped: the lease
// makes its item uncertain.
func (l *line) add(s Settlement) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return
	}
	l.pending = append(l.pending, s)
	l.signal()
}

// close makes settle return when it has settled what was added.
func (l *line) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	close(l.closing)
	l.signal()
}

func (l *line) signal() {
	select {
	case l.more <- struct{}{}:
	default:
	}
}

// next waits for verdicts and takes as many as go into one transaction; none are left
// when it returns nil.
func (l *line) next() []Settlement {
	for range l.more {
		l.mu.Lock()
		n := min(len(l.pending), maxSettle)
		list := l.pending[:n:n]
		l.pending = l.pending[n:]
		if len(l.pending) > 0 || l.closed {
			l.signal()
		}
		closed := l.closed
		l.mu.Unlock()
		if n > 0 {
			return list
		}
		if closed {
			return nil
		}
	}
	return nil
}

// settle commits verdicts until the line is closed. A failed commit has an unknown
// outcome and is repeated, which the attempt's token makes harmless.
func (l *line) settle(now func() time.Time) {
	for list := l.next(); list != nil; list = l.next() {
		begun := now()
		for rest := 50 * time.Millisecond; ; rest = min(2*rest, 5*time.Second) {
			err := l.commit(list, now())
			if err == nil {
				break
			}
			l.log.Error("settle verdicts", "count", len(list), "error", err)
			if l.giveUp() || now().Sub(begun) > lastChance {
				l.log.Error("verdicts dropped: their messages become uncertain", "count", len(list))
				break
			}
			pause := time.NewTimer(rest)
			select {
			case <-l.closing: // one last try, at once
				pause.Stop()
			case <-pause.C:
			}
		}
		l.after()
	}
}

// giveUp tells whether the line is closed: there is no time left to repeat.
func (l *line) giveUp() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.closed
}

func (l *line) commit(list []Settlement, now time.Time) error {
	ctx, cancel := context.WithTimeout(context.Background(), storeTimeout)
	defer cancel()
	return l.src.Settle(ctx, now, list)
}
