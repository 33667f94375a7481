package inbox

import "context"

// lookedBack is how many of the last messages decide whether a reopened conversation waits for an answer.
const lookedBack = 50

// waits returns what a patch makes of the wait, nil for what it is now. What is opened again waits as its messages
// say, unless somebody says in the same breath whether it does. A wait that comes back with an undone closing, which
// names the closing as what it saw, does not where a colleague has answered meanwhile, be it that their answer opened it.
func (s *Service) waits(ctx context.Context, c *Conversation, p *Patch, closed bool) (*bool, error) {
	switch {
	case c.Status == Closed:
	case p.Unanswered == nil && closed:
		_, err := s.waitAgain(ctx, c)
		return nil, err
	case p.Unanswered != nil && *p.Unanswered && p.Status != nil && p.Was.Status != nil && *p.Was.Status == Closed:
		again := *c
		answered, err := s.waitAgain(ctx, &again)
		if err != nil || answered {
			return nil, err
		}
	}
	return p.Unanswered, nil
}

// waitAgain puts a conversation that was opened again back among those that want an answer, if what its
// contact wrote last has none: closing had ended the wait, and whoever opens it again is not done with it.
// It tells whether a person of our side had the last word.
func (s *Service) waitAgain(ctx context.Context, c *Conversation) (answered bool, err error) {
	last, err := s.store.NewerMessages(ctx, c.ID, c.Seq-lookedBack)
	if err != nil {
		return false, err
	}
	for i := range last {
		switch m := &last[i]; {
		case m.Direction == Inbound && m.Nature == "":
			c.Wait(m.CreatedAt)
			answered = false
		case m.Direction == Outbound && !m.Automatic && !m.Forwards:
			c.Answered()
			answered = true
		}
	}
	return answered, nil
}
