package clocks

import (
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/router"
	"parley/router/sla"
)

// ClockID identifies a clock.
type ClockID int64

// Metric is what a clock measures.
type Metric string

// The metrics. A conversation has one running clock of each at most, and never one for
// the first answer beside one for the next.
const (
	FirstResponse Metric = "first_response"
	NextResponse  Metric = "next_response"
	Resolution    Metric = "resolution"
)

// Metrics are all of them.
func Metrics() []Metric { return []Metric{FirstResponse, NextResponse, Resolution} }

// State is how a clock stands.
type State string

// The states. A breached clock stays so; it has ended when its EndedAt is set.
const (
	Running  State = "running"
	Paused   State = "paused"
	Met      State = "met"
	Breached State = "breached"
)

// End says why a clock ended.
type End string

// The ends.
const (
	Answered  End = "answered"   // a person answered
	NotNeeded End = "not_needed" // somebody said that no answer is needed
	Closed    End = "closed"     // the conversation was closed
	Aside     End = "spam"       // it was put aside as spam; bringing it back takes the end back
)

// Clock is one promise to one conversation. Zero ids and times mean none.
type Clock struct {
	ID           ClockID
	Conversation inbox.ConversationID
	Metric       Metric
	State        State
	Policy       PolicyID
	PolicyName   string // as it was when the clock was set
	Schedule     router.ScheduleID
	Target       time.Duration // of open time
	WarnPercent  int
	StartedAt    time.Time
	// RunsSince is when it began to run, or was resumed last; Used is the open time that
	// had passed before.
	RunsSince  time.Time
	Used       time.Duration
	DueAt      time.Time // zero while it is paused
	WarnedAt   time.Time
	BreachedAt time.Time
	EndedAt    time.Time
	End        End
	Pauses     []Pause
	UpdatedAt  time.Time

	// unheard is set when it is found to have breached by its end.
	unheard bool
	// belated is set when it was promised after the wait had begun, in this transaction.
	belated bool
}

// Pause is a time in which a clock stood still.
type Pause struct {
	ID   int64
	From time.Time
	To   time.Time // zero while it lasts
	By   actor.Cause
	// Waiting says that the contact waited for us when the pause began: nobody had
	// answered, and yet the clock was stopped.
	Waiting bool
}

// hours is business time; a nil schedule is round the clock.
type hours struct{ schedule *sla.Schedule }

// add returns when so much open time has passed; the far future when it never has.
func (h hours) add(start time.Time, open time.Duration) time.Time {
	if h.schedule == nil {
		return start.Add(max(open, 0))
	}
	due, ok := h.schedule.Add(start, open)
	if !ok {
		return start.AddDate(20, 0, 0)
	}
	return due.UTC()
}

func (h hours) between(from, to time.Time) time.Duration {
	if h.schedule != nil {
		return h.schedule.Between(from, to)
	}
	return max(to.Sub(from), 0)
}

// open tells whether the clock has not ended.
func (c *Clock) open() bool { return c.EndedAt.IsZero() }

// used is the open time that has passed by a moment.
func (c *Clock) used(h hours, now time.Time) time.Duration {
	if c.RunsSince.IsZero() { // it stands still, or did when it ended
		return c.Used
	}
	if !c.open() {
		now = c.EndedAt
	}
	return c.Used + h.between(c.RunsSince, now)
}

// begin sets the clock going.
func (c *Clock) begin(h hours, at time.Time) {
	c.State, c.StartedAt, c.RunsSince = Running, at, at
	c.DueAt = h.add(at, c.Target)
}

// pause stops a running clock.
func (c *Clock) pause(h hours, at time.Time, p Pause) {
	c.Used += h.between(c.RunsSince, at)
	c.State, c.DueAt, c.RunsSince = Paused, time.Time{}, time.Time{}
	p.From = at
	c.Pauses = append(c.Pauses, p)
}

// resume sets a paused clock going again.
func (c *Clock) resume(h hours, at time.Time) {
	c.State, c.RunsSince = Running, at
	c.DueAt = h.add(at, c.Target-c.Used)
	if n := len(c.Pauses); n > 0 && c.Pauses[n-1].To.IsZero() {
		c.Pauses[n-1].To = at
	}
}

// end stops a clock for good. One that ran out before has breached, whether somebody
// looked or not.
func (c *Clock) end(at time.Time, why End) {
	if c.State == Running && at.After(c.DueAt) {
		c.State, c.BreachedAt, c.unheard = Breached, c.DueAt, true
	}
	if n := len(c.Pauses); n > 0 && c.Pauses[n-1].To.IsZero() {
		c.Pauses[n-1].To = at
	}
	if c.State != Breached {
		c.State = Met
	}
	c.EndedAt, c.End = at, why
}

// revive takes an end back: the clock goes on with what it had left, and what lies between is a pause. One that
// has breached stays so, and warns of nothing again.
func (c *Clock) revive(h hours, at time.Time, p Pause) {
	if c.State != Breached {
		c.Used = c.used(h, c.EndedAt)
		p.From, p.To = c.EndedAt, at
		c.Pauses = append(c.Pauses, p)
		c.State, c.RunsSince = Running, at
		c.DueAt = h.add(at, c.Target-c.Used)
	}
	c.EndedAt, c.End = time.Time{}, ""
}

// retarget puts the clock under another promise; the time that has passed still counts.
func (c *Clock) retarget(p *Policy, target time.Duration, was, is hours, at time.Time) {
	if c.State == Running {
		c.Used += was.between(c.RunsSince, at)
		c.RunsSince = at
	}
	c.Policy, c.PolicyName, c.Schedule, c.Target, c.WarnPercent = p.ID, p.Name, p.Schedule, target, p.WarnPercent
	c.WarnedAt = time.Time{}
	if c.State == Running {
		c.DueAt = is.add(at, c.Target-c.Used)
	}
}

// warnAt is when a running clock warns, zero when it does not or has.
func (c *Clock) warnAt(h hours) time.Time {
	if c.State != Running || c.WarnPercent <= 0 || !c.WarnedAt.IsZero() {
		return time.Time{}
	}
	return h.add(c.RunsSince, c.Target/100*time.Duration(c.WarnPercent)-c.Used)
}

// next is when the clock must be looked at, zero for never.
func (c *Clock) next(h hours) time.Time {
	if c.State != Running {
		return time.Time{}
	}
	if at := c.warnAt(h); !at.IsZero() && at.Before(c.DueAt) {
		return at
	}
	return c.DueAt
}
