package outbox

import (
	"time"

	"parley/channels"
)

// account is how one account is doing. The dispatcher's mutex guards it.
type account struct {
	adapter  channels.Adapter // nil while detached
	flying   int              // attempts that have not returned, also overdue ones
	blocked  time.Time        // the network asked to wait, for the whole account
	failures int              // in a row, of the whole account
	refusals int              // of its sign-in, in a row
	troubled bool             // it was told that the account cannot send
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
	if a.failures+a.refusals > 0 {
		slots = 1 // one goes ahead to see whether it works again
	}
	if a.adapter == nil || a.flying >= slots {
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

// troubleAfter is how many failures in a row, without a word of the network that it wants us to
// wait, mean that an account cannot send. With the rests between them they take a quarter of
// a minute, which a server needs to start anew.
const troubleAfter = 5

// The rests of an account whose sign-in is refused: from firstRefusal on, twice as long each
// time. A password refused more often could get the mailbox locked.
const (
	firstRefusal = 5 * time.Minute
	lastRefusal  = time.Hour
)

// heed draws the account's lesson from what a Send returned. It tells whether the account
// has been found unable to send (troubled) or able again (mended).
func (a *account) heed(chatID string, e *channels.Error, now time.Time, jitter float64) (troubled, mended bool) {
	switch {
	case e == nil:
		a.failures, a.refusals = 0, 0
		mended, a.troubled = a.troubled, false
	case e.Kind == channels.AuthFailed:
		a.rest(min(firstRefusal<<min(a.refusals, 10), lastRefusal), now, jitter)
		a.refusals++
		troubled = true
	case e.Scope == channels.ScopeAccount && e.Kind == channels.Transient:
		rest := e.RetryAfter
		if rest <= 0 {
			rest = min(time.Second<<min(a.failures, 10), maxBlock)
		}
		a.failures++
		a.rest(rest, now, jitter)
		troubled = e.RetryAfter <= 0 && a.failures >= troubleAfter
	case e.RetryAfter > 0:
		c := a.chats[chatID]
		c.blocked = now.Add(e.RetryAfter)
		a.remember(chatID, c, now)
	}
	a.troubled = a.troubled || troubled
	return troubled, mended
}

// rest leaves the account alone for a time, and up to a quarter more.
func (a *account) rest(d time.Duration, now time.Time, jitter float64) {
	if until := now.Add(d + time.Duration(jitter*float64(d)/4)); until.After(a.blocked) {
		a.blocked = until
	}
}
