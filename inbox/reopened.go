package inbox

import "context"

// lookedBack is how many of the last messages decide whether a reopened conversation waits for an answer.
const lookedBack = 50

// waitAgain puts a conversation that was opened again back among those that want an answer, if what its
// contact wrote last has none: closing had ended the wait, and whoever opens it again is not done with it.
// Whoever says in the same breath whether it waits is not overruled.
func (s *Service) waitAgain(ctx context.Context, c *Conversation) error {
	last, err := s.store.NewerMessages(ctx, c.ID, c.Seq-lookedBack)
	if err != nil {
		return err
	}
	for i := range last {
		switch m := &last[i]; {
		case m.Direction == Inbound && m.Nature == "":
			c.Wait(m.CreatedAt)
		case m.Direction == Outbound && !m.Automatic && !m.Forwards:
			c.Answered()
		}
	}
	return nil
}
