package pipeline

import (
	"context"
	"fmt"
	"time"

	"parley/inbox/actor"
)

// RemovalStore takes leads and requests away for good, with their history. The conversations
// they stood in stay and say in their timelines that they did; open pages are told.
type RemovalStore interface {
	// LockLeadsConversations and LockRequestsConversations lock what is linked, by id, before the lead or the request
	// is: that is the order of locks.
	LockLeadsConversations(ctx context.Context, l *Lead) error
	LockRequestsConversations(ctx context.Context, id RequestID) error
	DeleteLead(ctx context.Context, l *Lead, cause actor.Cause, at time.Time) error
	DeleteRequest(ctx context.Context, r *Request, cause actor.Cause, at time.Time) error
}

// DeleteLead removes a lead. What its contact writes next makes no new one: they are known.
func (s *Service) DeleteLead(ctx context.Context, v actor.Viewer, lead LeadID) error {
	return s.store.Write(ctx, func(ctx context.Context) error {
		row, found, err := s.store.Lead(ctx, v, lead)
		if err != nil || !found {
			return orMissing(err, ErrNoLead)
		}
		if err := s.store.LockLeadsConversations(ctx, &row.Lead); err != nil {
			return fmt.Errorf("lock conversations of lead: %w", err)
		}
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
		if err := s.store.LockRequestsConversations(ctx, request); err != nil {
			return fmt.Errorf("lock conversations of request: %w", err)
		}
		r, found, err := s.store.LockRequest(ctx, v, request)
		if err != nil || !found {
			return orMissing(err, ErrNoRequest)
		}
		return s.store.DeleteRequest(ctx, r, v.Cause, s.time())
	})
}
