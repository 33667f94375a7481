package inbox

import (
	"context"
	"time"

	"parley/inbox/actor"
	"parley/inbox/pipeline"
)

// edit applies a patch step by step and writes the timeline.
type edit struct {
	ch    *Changes
	c     *Conversation
	cause actor.Cause
	now   time.Time
	ids   []int64
	dirty bool

	// What the steps have read of leads and requests, so that each changes what the one before
	// it has made of them.
	leads    map[pipeline.LeadID]*pipeline.Lead
	requests map[pipeline.RequestID]*pipeline.Request
}

func newEdit(ch *Changes, c *Conversation, cause actor.Cause, now time.Time, ids []int64) *edit {
	return &edit{
		ch: ch, c: c, cause: cause, now: now, ids: ids,
		leads: map[pipeline.LeadID]*pipeline.Lead{}, requests: map[pipeline.RequestID]*pipeline.Request{},
	}
}

func (e *edit) enter(typ string, data map[string]any) {
	e.ch.Enter(e.ids[0], e.c.ID, typ, e.cause, e.now, data)
	e.ids = e.ids[1:]
	e.dirty = true
}

// lead returns a lead as the edit has it so far, nil when there is none.
func (s *Service) lead(ctx context.Context, e *edit, id pipeline.LeadID) (*pipeline.Lead, error) {
	if l, known := e.leads[id]; known {
		return l, nil
	}
	l, err := s.store.LinkedLead(ctx, id)
	if err == nil {
		e.leads[id] = l
	}
	return l, err
}

// request returns a request as the edit has it so far, nil when there is none.
func (s *Service) request(ctx context.Context, e *edit, id pipeline.RequestID) (*pipeline.Request, error) {
	if r, known := e.requests[id]; known {
		return r, nil
	}
	r, err := s.store.LinkedRequest(ctx, id)
	if err == nil {
		e.requests[id] = r
	}
	return r, err
}

// follow hands the lead and the request of a conversation on with it, so that whoever
// sees the one sees the others.
func (s *Service) follow(ctx context.Context, e *edit, was actor.Sight) error {
	c := e.c
	if c.LeadID != 0 {
		l, err := s.lead(ctx, e, c.LeadID)
		if err != nil {
			return err
		}
		if l != nil && l.ConversationID == int64(c.ID) {
			l.TeamID = int64(c.TeamID)
			if l.OwnerID == was.AgentID {
				l.OwnerID = int64(c.AssigneeID)
			}
			e.ch.Lead(l, "lead.updated", e.cause, e.now)
		}
	}
	if c.RequestID != 0 {
		r, err := s.request(ctx, e, c.RequestID)
		if err != nil {
			return err
		}
		if r != nil && r.ConversationID == int64(c.ID) {
			r.TeamID = int64(c.TeamID)
			if r.OwnerID == was.AgentID {
				r.OwnerID = int64(c.AssigneeID)
			}
			e.ch.Request(r, "request.updated", e.cause, e.now)
		}
	}
	return nil
}
