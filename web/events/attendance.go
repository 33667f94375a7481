package events

import (
	"context"
	"sync"
	"time"

	"parley/channels"
)

// grace is how long an agent without a stream counts as here: pages reload, and
// streams are cut and resumed.
const grace = 10 * time.Second

// attendance knows which agents have a page open, on this node and, as far as those tell,
// on others.
type attendance struct {
	tell func(ctx context.Context, agent int64, here bool)

	mu     sync.Mutex
	open   map[int64]int
	going  map[int64]*time.Timer
	others others
	closed bool

	changed chan struct{} // has a value when somebody came to this node or left it
}

// enter notes a stream of an agent.
func (a *attendance) enter(ctx context.Context, agent int64) {
	a.mu.Lock()
	if a.open == nil {
		a.open, a.going = map[int64]int{}, map[int64]*time.Timer{}
	}
	a.open[agent]++
	came := a.open[agent] == 1
	if t := a.going[agent]; t != nil {
		t.Stop()
		delete(a.going, agent)
		came = false // had only gone for a moment
	}
	a.mu.Unlock()
	if came {
		a.news()
		a.tell(ctx, agent, true)
	}
}

// leave notes that a stream of an agent has ended.
func (a *attendance) leave(agent int64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.open[agent]--
	if a.open[agent] > 0 || a.closed {
		return
	}
	delete(a.open, agent)
	var timer *time.Timer
	timer = time.AfterFunc(grace, func() { a.gone(agent, &timer) })
	a.going[agent] = timer
}

// gone tells that an agent has not come back.
func (a *attendance) gone(agent int64, timer **time.Timer) {
	a.mu.Lock()
	mine := a.going[agent] == *timer && !a.closed
	if mine {
		delete(a.going, agent)
	}
	elsewhere := a.present(agent)
	a.mu.Unlock()
	if !mine {
		return
	}
	a.news()
	if !elsewhere {
		a.tell(context.Background(), agent, false)
	}
}

// close ends all waiting for who has left.
func (a *attendance) close() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.closed = true
	for _, t := range a.going {
		t.Stop()
	}
}

// news has the other nodes told.
func (a *attendance) news() {
	select {
	case a.changed <- struct{}{}:
	default:
	}
}

// anybody tells whether an agent is here or on another node.
func (a *attendance) anybody() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.open)+len(a.going)+len(a.others) > 0
}

// Online tells whether any agent has a page open, so that somebody may answer the chats
// of an account.
func (f *Feed) Online(context.Context, channels.AccountID) bool { return f.here.anybody() }

// Here returns the agents who have a page open on this node.
func (f *Feed) Here() []int64 { return f.here.list() }
