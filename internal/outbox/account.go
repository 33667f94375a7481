package outbox

import (
	"time"

	"parley/channels"
)

// account is how one account is doing. The dispatcher's mutex guards it.
type account struct {
	adapter  channels.Adapter // nil while detached
	flying   int              // attempts that have not returned, also overdue ones
	parked   bool             // wants a new sign-in
	blocked  time.Time        // the network asked to wait, for the whole account
	failures int              // in a row, of the whole account
	pace     pace
	chats    map[string]chat
}

// chat is the pace of one chat, and until when the network asked to leave it alone.
type chat struct {
	pace    pace
	blocked time.Time
}

// maxChats is how many chats an account remembers before it forgets idle ones.
const maxChats = 1024

// maxBlock bounds how long an account rests after failures in a row when the network
// names no time.
const maxBlock = time.Minute

// room is how many more items the account may be given, of at most slots attempts at
// a time. When there is none, until says when to ask again; zero means not by time.
func (a *account) room(now time.Time, slots int) (n int, until time.Time) {
	if a.adapter == nil || a.parked || a.flying >= slots {
		return 0, time.Time{}
	}
	if a.blocked.After(now) {
		return 0, a.blocked
	}
	rate := a.adapter.Limits().PerAccount
	if n = min(a.pace.free(rate, now), slots-a.flying); n == 0 {
		return 0, a.pace.ready(rate)
	}
	return n, time.Time{}
}

// wait is how long an item of the chat must wait before it may be sent.
func (a *account) wait(chatID string, rate channels.Rate, now time.Time) time.Duration {
	c, ok := a.chats[chatID]
	if !ok {
		return 0
	}
	wait := max(0, c.blocked.Sub(now))
	if c.pace.free(rate, now) == 0 {
		wait = max(wait, c.pace.ready(rate).Sub(now))
	}
	return wait
}

// take counts an item that is about to be sent.
func (a *account) take(chatID string, l channels.Limits, now time.Time) {
	a.flying++
	a.pace.take(l.PerAccount, now)
	if step(l.PerChat) > 0 {
		c := a.chats[chatID]
		c.pace.take(l.PerChat, now)
		a.remember(chatID, c, now)
	}
}

func (a *account) remember(chatID string, c chat, now time.Time) {
	if a.chats == nil {
		a.chats = map[string]chat{}
	}
	a.chats[chatID] = c
	if len(a.chats) <= maxChats {
		return
	}
	for id, c := range a.chats {
		if !c.pace.full.After(now) && !c.blocked.After(now) {
			delete(a.chats, id)
		}
	}
}

// heed draws the account's lesson from what a Send returned. It tells whether the
// account has just been parked.
func (a *account) heed(chatID string, e *channels.Error, now time.Time, jitter float64) (parked bool) {
	switch {
	case e == nil:
		a.failures = 0
	case e.Kind == channels.AuthFailed:
		parked = !a.parked
		a.parked = true
	case e.Scope == channels.ScopeAccount && e.Kind == channels.Transient:
		rest := e.RetryAfter
		if rest <= 0 {
			rest = min(time.Second<<min(a.failures, 10), maxBlock)
		}
		a.failures++
		if until := now.Add(rest + time.Duration(jitter*float64(rest)/4)); until.After(a.blocked) {
			a.blocked = until
		}
	case e.RetryAfter > 0:
		c := a.chats[chatID]
		c.blocked = now.Add(e.RetryAfter)
		a.remember(chatID, c, now)
	}
	return parked
}
