package clocks

import (
	"cmp"
	"slices"
	"time"

	"parley/inbox"
)

// desk is the clocks of one conversation while changes are applied to them.
type desk struct {
	page     *page
	created  time.Time // the conversation
	priority inbox.Priority
	// gone says that the conversation is part of another one by now, whose clocks count;
	// closed when it was closed, zero when it is not. The change may still wait to be applied.
	gone   bool
	closed time.Time
	spam   bool           // it is put aside
	choose func() *Policy // asked of the conversation as it is now
	id     func() int64

	open    []*Clock
	changed []*Clock
}

func (d *desk) touch(c *Clock, at time.Time) {
	c.UpdatedAt = at
	if !slices.Contains(d.changed, c) {
		d.changed = append(d.changed, c)
	}
}

// find returns the open clock of a metric.
func (d *desk) find(metrics ...Metric) *Clock {
	for _, c := range d.open {
		if c.open() && slices.Contains(metrics, c.Metric) {
			return c
		}
	}
	return nil
}

// apply brings the clocks to where they are after a change.
func (d *desk) apply(n *Change) {
	if n.Back {
		d.bringBack(n)
	}
	answer := d.find(FirstResponse, NextResponse)
	switch {
	case answer == nil:
	case n.Status == inbox.Closed && !n.Answered:
		d.end(answer, n.At, closing(n.Spam))
	case !n.Waiting && n.Answered:
		d.end(answer, n.At, Answered)
	case !n.Waiting:
		d.end(answer, n.At, NotNeeded)
	case n.Since.After(answer.StartedAt): // answered and asked again in one operation
		d.end(answer, n.At, Answered)
	}
	done := d.find(Resolution)
	if done != nil && n.Status == inbox.Closed {
		d.end(done, n.At, closing(n.Spam))
	}
	d.begin(n)
	if n.Anew {
		d.again(n.At)
	}
	for _, c := range d.open {
		d.hold(c, n)
	}
}

// begin sets the clocks of who waits, as far as none has been set, counted from when the wait began, and tells whether
// it set any.
func (d *desk) begin(n *Change) bool {
	if !n.Waiting || n.Status == inbox.Closed {
		return false
	}
	before := len(d.open)
	if d.find(FirstResponse, NextResponse) == nil {
		metric := NextResponse
		if !n.Since.After(d.created.Add(time.Second)) {
			metric = FirstResponse
		}
		d.start(metric, n)
	}
	if d.find(Resolution) == nil {
		d.start(Resolution, n)
	}
	if n.Since.Before(n.At) {
		d.belate(d.open[before:], n)
	}
	return len(d.open) > before
}

// belate marks clocks that were set for a wait of before. What was put off by then stands still from the beginning:
// since when it is, nobody has noted.
func (d *desk) belate(list []*Clock, n *Change) {
	for _, c := range list {
		c.belated = true
		if !n.Moved && d.page.policy(c.Policy).halts(c.Metric, n.Status, n.Waiting) {
			c.pause(d.page.hours(c.Schedule), c.StartedAt, Pause{ID: d.id(), By: n.Cause, Waiting: n.Waiting})
		}
	}
}

// closing is why clocks end with a conversation.
func closing(spam bool) End {
	if spam {
		return Aside
	}
	return Closed
}

// bringBack has the clocks that spam has ended go on, the last of each kind. Where the conversation stays closed, or
// another of the kind is open, they have ended for good: it was brought back before while nothing was promised.
func (d *desk) bringBack(n *Change) {
	for _, c := range slices.SortedFunc(slices.Values(d.open), func(a, b *Clock) int { return cmp.Compare(b.ID, a.ID) }) {
		switch {
		case c.End != Aside:
			continue
		case n.Status == inbox.Closed || d.gone || d.find(kin(c.Metric)...) != nil:
			c.End = Closed
		default:
			c.revive(d.page.hours(c.Schedule), n.At, Pause{ID: d.id(), By: n.Cause, Waiting: n.Waiting})
		}
		d.touch(c, n.At)
	}
}

// kin are the metrics of which one clock at most is open.
func kin(m Metric) []Metric {
	if m == Resolution {
		return []Metric{Resolution}
	}
	return []Metric{FirstResponse, NextResponse}
}

func (d *desk) end(c *Clock, at time.Time, why End) {
	c.end(at, why)
	d.touch(c, at)
}

// start sets a clock, if a policy promises something.
func (d *desk) start(m Metric, n *Change) {
	if d.gone {
		return
	}
	p := d.choose()
	if p == nil {
		return
	}
	target := p.target(m, d.priority)
	if target == 0 {
		return
	}
	c := &Clock{
		ID: ClockID(d.id()), Conversation: n.Conversation, Metric: m, Policy: p.ID, PolicyName: p.Name, Schedule: p.Schedule,
		Target: target, WarnPercent: p.WarnPercent,
	}
	c.begin(d.page.hours(p.Schedule), n.Since)
	d.open = append(d.open, c)
	d.touch(c, n.At)
}

// hold pauses clocks while the contact is waited for, and lets them go on afterwards.
func (d *desk) hold(c *Clock, n *Change) {
	h := d.page.hours(c.Schedule)
	halt := d.page.policy(c.Policy).halts(c.Metric, n.Status, n.Waiting)
	switch {
	case !c.open():
	case halt && c.State == Running && !n.At.After(c.DueAt):
		c.pause(h, n.At, Pause{ID: d.id(), By: n.Cause, Waiting: n.Waiting})
		d.touch(c, n.At)
	case !halt && c.State == Paused:
		c.resume(h, n.At)
		d.touch(c, n.At)
	}
}

// again asks the policies anew: another priority or team may mean another promise. A
// clock for which nobody promises anything any more keeps what it was given.
func (d *desk) again(at time.Time) {
	p := d.choose()
	if p == nil {
		return
	}
	for _, c := range d.open {
		target := p.target(c.Metric, d.priority)
		if !c.open() || c.State == Breached || target == 0 {
			continue
		}
		if c.Policy == p.ID && c.Target == target && c.Schedule == p.Schedule {
			if c.WarnPercent != p.WarnPercent || c.PolicyName != p.Name {
				c.WarnPercent, c.PolicyName = p.WarnPercent, p.Name
				d.touch(c, at)
			}
			continue
		}
		c.retarget(p, target, d.page.hours(c.Schedule), d.page.hours(p.Schedule), at)
		d.touch(c, at)
	}
}

// anew is what a change of policies or schedules does to clocks that run: they are under
// the promise, the hours and the pauses that hold now.
func (d *desk) anew(n *Change) {
	if d.gone {
		d.stop()
		return
	}
	d.again(n.At)
	for _, c := range d.open {
		if !c.open() || c.State == Breached {
			continue
		}
		d.hold(c, n)
		d.settle(c, n.At)
	}
}

// settle makes the deadline of a running clock agree with its schedule.
func (d *desk) settle(c *Clock, now time.Time) {
	if c.State != Running {
		return
	}
	if due := d.page.hours(c.Schedule).add(c.RunsSince, c.Target-c.Used); !due.Equal(c.DueAt) {
		c.DueAt = due
		d.touch(c, now)
	}
}

// ring is a clock that has just warned or breached.
type ring struct {
	clock    *Clock
	breached bool // not only warned
}

// stop ends, in silence, what still runs of a conversation that is part of another one or
// was closed: nobody has to hurry for it any more. It is asked when no change waits.
func (d *desk) stop() {
	if d.closed.IsZero() {
		return
	}
	for _, c := range d.open {
		if c.open() {
			d.end(c, slices.MaxFunc([]time.Time{d.closed, c.StartedAt, c.RunsSince}, time.Time.Compare), closing(d.spam))
			c.unheard = false
		}
	}
}

// due lets clocks warn and breach whose time has come, each once. A schedule that was
// changed since may have moved the deadline. Nothing of a conversation that is part of
// another one is told, and of a closed one only what its end has found.
func (d *desk) due(now time.Time) (out []ring) {
	if d.gone {
		return nil
	}
	for _, c := range d.open {
		if !d.closed.IsZero() {
			break
		}
		h := d.page.hours(c.Schedule)
		if !c.open() || c.State != Running {
			continue
		}
		d.settle(c, now)
		if !now.Before(c.DueAt) {
			c.State, c.BreachedAt = Breached, c.DueAt
			d.touch(c, now)
			out = append(out, ring{c, true})
			continue
		}
		if at := c.warnAt(h); !at.IsZero() && !now.Before(at) {
			c.WarnedAt = now
			d.touch(c, now)
			out = append(out, ring{c, false})
		}
	}
	for _, c := range d.changed {
		if c.unheard {
			c.unheard = false
			out = append(out, ring{c, true})
		}
	}
	return out
}
