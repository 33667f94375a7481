package channeltest

import (
	"context"

	"parley/channels"
)

func amendChecks() []check {
	return []check{
		{name: "changes what was sent, and twice without harm", run: amendsTwice, needs: sends},
	}
}

// amendsTwice makes every change that the account can make, and makes it again: the outbox repeats those whose answer
// was lost, and a change that is made already must not look refused.
func amendsTwice(s *stage) {
	sent, failed := s.send(s.outgoing("400", "It is on its wy."))
	if failed != nil {
		s.Fatalf("send: %v", failed)
	}
	if s.adapter.Limits().OwnIDs {
		if sent.RemoteID != "" {
			s.Errorf("the network knows messages by our ids, and calls one %q", sent.RemoteID)
		}
		sent.RemoteID = "400"
	}
	if sent.RemoteID == "" {
		s.Skip("the network names no messages")
	}
	ctx, cancel := context.WithTimeout(context.Background(), s.patience())
	defer cancel()
	for range 2 {
		if can, ok := s.adapter.(channels.Editor); ok {
			if err := s.seen("Edit", can.Edit(ctx, sent.RemoteID, s.outgoing("400", "It is on its way."))); err != nil {
				s.Errorf("edit: %v", err)
			}
		}
		if can, ok := s.adapter.(channels.Reactor); ok {
			for _, emoji := range []string{"👍", "👍", "", ""} {
				if err := s.seen("React", can.React(ctx, s.Chat, sent.RemoteID, emoji)); err != nil {
					s.Errorf("react with %q: %v", emoji, err)
				}
			}
		}
	}
	if can, ok := s.adapter.(channels.Deleter); ok {
		for range 2 {
			if err := s.seen("Delete", can.Delete(ctx, s.Chat, sent.RemoteID)); err != nil {
				s.Errorf("delete: %v", err)
			}
		}
	}
}
