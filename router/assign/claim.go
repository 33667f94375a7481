package assign

import (
	"context"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/router"
)

// Claim gives a conversation of nobody to who asks for it. It answers ErrTaken when
// somebody was faster and ErrFull when the asker holds enough already.
func (s *Service) Claim(ctx context.Context, v actor.Viewer, id inbox.ConversationID) error {
	me := inbox.AgentID(v.AgentID)
	_, err := s.under(ctx, func(ctx context.Context, h *hand) error {
		if _, found, err := s.store.LockConversation(ctx, v, id); err != nil || !found {
			if err == nil {
				err = ErrNoConversation
			}
			return err
		}
		of, err := s.store.Snapshots(ctx, []router.Subject{{Conversation: id}}, true)
		if err != nil {
			return err
		}
		c, a := of[0].Conversation, h.board.Agents[me]
		switch {
		case c.AssigneeID == me:
			return nil
		case c.AssigneeID != 0:
			return ErrTaken
		case a == nil:
			return ErrNoConversation
		case a.Capacity > 0 && a.Load+h.board.Weights.Of(of[0].AccountKind) > a.Capacity:
			return ErrFull
		}
		if err := s.desk.Hand(ctx, &h.out, c, inbox.Patch{Assignee: &me}, v.Cause, h.now); err != nil {
			return err
		}
		if t := h.board.Teams[c.TeamID]; t != nil && t.Timeout > 0 && c.Unanswered {
			h.offers = append(h.offers, Offer{Conversation: id, Team: c.TeamID, Agent: me, Since: h.now, Next: h.now.Add(t.Timeout)})
		}
		return s.tell(ctx, &h.out, id, c.TeamID, Decision{To: me, Reason: ByClaim}, h.now)
	})
	return err
}
