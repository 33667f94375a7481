package intake

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"parley/channels"
	"parley/internal/fault"
)

// ErrStale says that another node runs the account now: nothing of the delivery was
// kept, and the account's stream is no longer this node's to move on.
var ErrStale = fault.New(fault.Conflict, "account_moved", fault.T("Каналом занят другой узел.", "Another node runs the account."))

// errStale ends a transaction with stale deliveries, so that the others go without them.
var errStale = errors.New("a delivery's fence is stale")

// checkFences marks the deliveries whose account has another owner by now. The leases
// that it looks at stay as they are until the transaction ends.
func (s *Service) checkFences(ctx context.Context, group []*delivery) error {
	var ids []channels.AccountID
	for _, d := range group {
		d.stale = false
		if d.fence != 0 {
			ids = append(ids, d.account)
		}
	}
	if len(ids) == 0 || ignoreFences {
		return nil
	}
	slices.Sort(ids)
	fences, err := s.store.Fences(ctx, slices.Compact(ids))
	if err != nil {
		return fmt.Errorf("check fences: %w", err)
	}
	stale := false
	for _, d := range group {
		d.stale = d.fence != 0 && fences[d.account] != d.fence
		stale = stale || d.stale
	}
	if stale {
		return errStale
	}
	return nil
}

// withoutStale refuses the stale deliveries of a group and works on the others.
func (s *Service) withoutStale(group []*delivery) {
	var stale, rest []*delivery
	for _, d := range group {
		if d.stale {
			s.log.Warn("delivery refused: another node runs the account", "account_id", d.account)
			stale = append(stale, d)
		} else {
			rest = append(rest, d)
		}
	}
	s.settle(stale, nil, ErrStale, 0)
	if len(rest) > 0 {
		s.process(rest)
	}
}
