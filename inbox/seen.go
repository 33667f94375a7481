package inbox

import (
	"context"
	"slices"
	"time"

	"parley/inbox/actor"
)

// checkSeen refuses an answer whose writer has not seen what stands in the conversation by
// now: messages that came, and answers of colleagues that can still be taken back, so that
// two who press at once do not both answer.
func (s *Service) checkSeen(ctx context.Context, v actor.Viewer, c *Conversation, a *Answer, now time.Time) error {
	if a.Kind != KindMessage {
		return nil
	}
	var newer []Message
	if a.SeenSeq != nil && *a.SeenSeq < c.Seq {
		list, err := s.store.NewerMessages(ctx, c.ID, *a.SeenSeq)
		if err != nil {
			return err
		}
		newer = list
	}
	if a.SeenPending != nil {
		leaving, err := s.store.LeavingMessages(ctx, c.ID, now.Add(MaxUndo))
		if err != nil {
			return err
		}
		// What was about to leave may have left since, out of sight of a writer who was cut off.
		newer = slices.DeleteFunc(append(newer, leaving...), func(m Message) bool {
			mine := m.Author.Kind == string(v.Cause.Kind) && m.Author.ID == v.Cause.ID
			return mine || slices.Contains(*a.SeenPending, m.ID)
		})
	}
	if len(newer) > 0 {
		return ErrNewerMessages.WithDetails(newer)
	}
	return nil
}
