package inbox

import (
	"context"
	"slices"
	"strconv"

	"parley/inbox/actor"
	"parley/internal/fault"
)

// MaxBulk is how many conversations one call may change.
const MaxBulk = 200

// BulkChange is one change of several conversations.
type BulkChange struct {
	IDs   []ConversationID
	Patch Patch
}

// BulkFailure is a conversation that stayed as it was, and why.
type BulkFailure struct {
	ID  ConversationID
	Err *fault.Error
}

// Bulk makes changes to many conversations. Each is changed by itself: what is refused for
// one keeps none of the others, and is told.
func (s *Service) Bulk(ctx context.Context, v actor.Viewer, changes []BulkChange) (done []Row, failed []BulkFailure, err error) {
	total := 0
	for _, ch := range changes {
		total += len(ch.IDs)
	}
	if total > MaxBulk {
		most := strconv.Itoa(MaxBulk)
		return nil, nil, fault.InvalidField("changes", "too_many", fault.T("За один раз не больше "+most+" диалогов.", "At most "+most+" conversations at once."))
	}
	for _, ch := range changes {
		for _, id := range ch.IDs {
			row, err := s.Patch(ctx, v, id, ch.Patch.clone())
			if refused, ok := fault.As(err); ok {
				failed = append(failed, BulkFailure{ID: id, Err: refused})
				continue
			}
			if err != nil {
				return done, failed, err
			}
			done = append(done, row)
		}
	}
	return done, failed, nil
}

// clone copies what checking a patch brings into order.
func (p Patch) clone() Patch {
	if p.Labels != nil {
		labels := slices.Clone(*p.Labels)
		p.Labels = &labels
	}
	return p
}
