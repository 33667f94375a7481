package inbox

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"parley/inbox/actor"
	"parley/inbox/suppression"
)

// JobWithdraw is the kind of job that takes back what machines still had queued for somebody who asked for no more.
const JobWithdraw = "stop.withdraw"

// withdrawal leaves the job behind. What is queued lies in any conversation of the address, and is looked for when its
// own locks can be taken.
func withdrawal(k suppression.Key, now time.Time) FollowUp {
	payload, err := json.Marshal(k)
	if err != nil {
		return FollowUp{} // of texts alone: cannot happen
	}
	return FollowUp{Kind: JobWithdraw, Key: fmt.Sprintf("stop:%s:%s", k.Scope, k.Address), Payload: string(payload), Due: now}
}

// Unclaimed is a message that waits for its attempt.
type Unclaimed struct {
	MessageID      MessageID
	ConversationID ConversationID
}

// TakeBack is the handler of JobWithdraw. What a person wrote themselves stays on its way: it is an answer to somebody,
// and whoever wrote it sees beside it that no more is wanted. What has begun to be sent cannot be stopped. Where the
// contact changed their mind meanwhile nothing happens.
func (s *Service) TakeBack(ctx context.Context, payload string) error {
	var key suppression.Key
	if err := json.Unmarshal([]byte(payload), &key); err != nil {
		return fmt.Errorf("read withdrawal: %w", err)
	}
	list, err := s.store.QueuedByMachines(ctx, key)
	if err != nil {
		return err
	}
	ch := &Changes{}
	for _, q := range list { // by conversation, as locks are taken
		if err := s.takeBack(ctx, ch, q); err != nil {
			return err
		}
	}
	if err := s.store.Save(ctx, ch); err != nil {
		return fmt.Errorf("withdraw messages: %w", err)
	}
	return nil
}

func (s *Service) takeBack(ctx context.Context, ch *Changes, q Unclaimed) error {
	c, found, err := s.store.LockConversation(ctx, actor.System(), q.ConversationID)
	if err != nil || !found {
		return err
	}
	m, found, err := s.store.LockMessage(ctx, q.MessageID)
	if err != nil || !found {
		return err
	}
	if waited, err := s.store.Unsend(ctx, q.MessageID); err != nil || !waited {
		return err
	}
	now := s.time()
	m.State, m.ErrorCode, m.ErrorText = Failed, CodeStopped, stoppedWords.EN
	ch.Update(m, actor.Cause{Kind: actor.Network}, now)
	ch.Renew(c.ID, actor.Cause{Kind: actor.Network}, now)
	return nil
}

// Suppressed returns a page of all who want no messages, the newest first, as far as the viewer may see the networks.
func (s *Service) Suppressed(ctx context.Context, v actor.Viewer, cursor string, limit int) ([]suppression.Suppression, string, error) {
	return s.store.SuppressionPage(ctx, v, cursor, limit)
}

// Unsuppress lets an address be written to again, on somebody's word, and says so in its conversation.
func (s *Service) Unsuppress(ctx context.Context, v actor.Viewer, id int64) error {
	sup, latest, found, err := s.store.SuppressionByID(ctx, v, id)
	if err != nil || !found {
		return orMissing(err, ErrNoSuppression)
	}
	if latest != 0 {
		if err := s.LiftStop(ctx, v, latest); err != nil {
			return err
		}
	}
	return s.store.Write(ctx, func(ctx context.Context) error { // where there is no conversation, or none that the viewer sees
		ch := &Changes{}
		ch.Allow(sup.Key)
		return s.store.Save(ctx, ch)
	})
}
