package pipeline

import (
	"context"
	"time"

	"parley/inbox/actor"
)

// RemovalStore takes leads and requests away for good, with their history. The conversations
// they stood in stay and say in their timelines that they did; open pages are told.
type RemovalStore interface {
	DeleteLead(ctx context.Context, l *Lead, cause actor.Cause, at time.Time) error
	DeleteRequest(ctx context.Context, r *Request, cause actor.Cause, at time.Time) error
}

// DeleteLead removes a lead. What its contact writes next makes no new one: they are known.
func (s *Service) DeleteLead(ctx context.Context, v actor.Viewer, lead LeadID) error {
	return s.store.Write(ctx, func(ctx context.Context) error {
		l, found, err := s.store.LockLead(ctx, v, lead)
		if err != nil || !found {
			return orMissing(err, ErrNoLead)
		}
		return s.store.DeleteLead(ctx, l, v.Cause, s.time())
	})
}

// DeleteRequest removes a request. Its number is not given again.
func (s *Service) DeleteRequest(ctx context.Context, v actor.Viewer, request RequestID) error {
	return s.store.Write(ctx, func(ctx context.Context) error {
		r, found, err := s.store.LockRequest(ctx, v, request)
		if err != nil || !found {
			return orMissing(err, ErrNoRequest)
		}
		return s.store.DeleteRequest(ctx, r, v.Cause, s.time())
	})
}
