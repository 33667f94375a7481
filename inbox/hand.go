package inbox

import (
	"context"
	"time"

	"parley/inbox/actor"
)

// Hand changes a conversation that the transaction of ctx has locked, as part of a larger
// operation: it collects in ch what the caller saves. Whoever calls it answers for the
// assignee and the team being there.
func (s *Service) Hand(ctx context.Context, ch *Changes, c *Conversation, p Patch, cause actor.Cause, now time.Time) error {
	return s.apply(ctx, ch, c, &p, cause, now)
}
