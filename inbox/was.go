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

// overtaken refuses a change of what somebody else has changed since it was seen. Where both
// want the same there is nothing to decide.
func (p *Patch) overtaken(c *Conversation) error {
	if lost(p.WasAssignee, p.Assignee, c.AssigneeID) {
		return ErrHeld
	}
	w := &p.Was
	if lost(w.Status, p.Status, c.Status) || lost(w.Team, p.Team, c.TeamID) || lost(w.Priority, p.Priority, c.Priority) ||
		lost(instant(w.SnoozedUntil), instant(p.SnoozedUntil), *instant(&c.SnoozedUntil)) ||
		lost(w.Subject, p.Subject, c.Subject) || lost(w.Request, p.Request, c.RequestID) {
		return ErrMeanwhile
	}
	return nil
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
