package inbox

import (
	"time"

	"parley/inbox/pipeline"
)

// Was is what whoever changes a conversation saw in it: nil fields were not looked at, zero
// ones stood empty. Who holds it is Patch.WasAssignee, whose refusal tells more.
type Was struct {
	Status       *Status
	Team         *TeamID
	Priority     *Priority
	SnoozedUntil *time.Time
	Subject      *string
	Request      *pipeline.RequestID
}

// Overtaken is a field that says something else by now than whoever wanted to change it had seen.
type Overtaken struct {
	Field string `json:"field"`
	To    any    `json:"to"` // what it is; nil = nothing
}

// overtaken refuses a change of what somebody else has changed since it was seen, and names it. Where both
// want the same there is nothing to decide.
func (p *Patch) overtaken(c *Conversation) error {
	if lost(p.WasAssignee, p.Assignee, c.AssigneeID) {
		return ErrHeld
	}
	var gone []Overtaken
	check := func(field string, lost bool, is any) {
		if lost {
			gone = append(gone, Overtaken{field, is})
		}
	}
	w := &p.Was
	check("status", lost(w.Status, p.Status, c.Status) || p.wakesClosed(c), c.Status)
	check("team_id", lost(w.Team, p.Team, c.TeamID), text(int64(c.TeamID)))
	check("priority", lost(w.Priority, p.Priority, c.Priority), c.Priority)
	check("snoozed_until", lost(instant(w.SnoozedUntil), instant(p.SnoozedUntil), *instant(&c.SnoozedUntil)), hour(c.SnoozedUntil))
	check("subject", lost(w.Subject, p.Subject, c.Subject), c.Subject)
	check("request_id", lost(w.Request, p.Request, c.RequestID), text(int64(c.RequestID)))
	if len(gone) > 0 {
		return ErrMeanwhile.WithDetails(map[string][]Overtaken{"changed": gone})
	}
	return nil
}

// wakesClosed tells whether a snooze would bring back what is closed, though whoever snoozes looked at the hour
// alone: an hour takes the status along, and a closed conversation has none that could tell them.
func (p *Patch) wakesClosed(c *Conversation) bool {
	hours := p.SnoozedUntil != nil && !p.SnoozedUntil.IsZero() && p.Was.SnoozedUntil != nil
	return hours && p.Status == nil && p.Was.Status == nil && c.Status == Closed
}

// lost tells of one field: it was looked at, shall change, and is neither what it was nor what it shall be.
func lost[T comparable](was, to *T, is T) bool {
	return was != nil && to != nil && is != *was && is != *to
}

// instant makes moments comparable, as finely as they are stored; none is 0.
func instant(t *time.Time) *int64 {
	var at int64
	switch {
	case t == nil:
		return nil
	case !t.IsZero():
		at = t.UnixMicro()
	}
	return &at
}

// hour is a moment as problems show it; none is nil.
func hour(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t
}
