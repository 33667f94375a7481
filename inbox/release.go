package inbox

import (
	"context"
	"fmt"

	"parley/inbox/actor"
)

// Release sends a scheduled message whose time has come. It is the handler of
// JobRelease and runs inside the job's transaction; a message that was taken back or
// released meanwhile is left alone.
func (s *Service) Release(ctx context.Context, payload string) error {
	var id MessageID
	var closing bool
	if _, err := fmt.Sscanf(payload, "%d %t", &id, &closing); err != nil {
		return fmt.Errorf("read release job: %w", err)
	}
	m, found, err := s.store.Message(ctx, actor.System(), id)
	if err != nil || !found || m.Seq != 0 {
		return err
	}
	c, found, err := s.store.LockConversation(ctx, actor.System(), m.ConversationID)
	if err != nil || !found {
		return err
	}
	if c, err = s.present(ctx, c); err != nil {
		return err
	}
	fresh, found, err := s.store.LockMessage(ctx, id)
	if err != nil || !found || fresh.Seq != 0 {
		return err
	}
	if wait, err := s.mustWait(ctx, c, fresh); err != nil || wait {
		return err
	}
	now := s.time()
	if c.overtaken(fresh) {
		return s.unschedule(ctx, c, &m, now)
	}
	if fresh.early(now) {
		return nil // a later job sends it
	}
	fresh.ConversationID, fresh.Mail = c.ID, m.Mail
	ch := &Changes{}
	ch.Update(fresh, fresh.Cause, now)
	s.release(ch, c, fresh, now)
	stopped, err := s.failUnwanted(ctx, ch, c, fresh)
	if err != nil {
		return err
	}
	if stopped {
		return s.store.Save(ctx, ch)
	}
	if err := s.settleAnswer(ctx, ch, c, fresh, fresh.Cause, closing || m.Closes, now); err != nil {
		return err
	}
	return s.store.Save(ctx, ch)
}

// present returns the episode of a conversation's thread that is open now, locked: a
// message that waited while the thread moved on goes where the talk is.
func (s *Service) present(ctx context.Context, c *Conversation) (*Conversation, error) {
	for c.MergedInto != 0 { // since its message was read
		survivor, found, err := s.store.LockConversation(ctx, actor.System(), c.MergedInto)
		if err != nil || !found {
			return c, err
		}
		c = survivor
	}
	if c.Status != Closed {
		return c, nil
	}
	open, found, err := s.store.OpenConversation(ctx, c.AccountID, c.Chat)
	if err != nil || !found {
		return c, err
	}
	later, found, err := s.store.LockConversation(ctx, actor.System(), open.ID)
	if err != nil || !found {
		return c, err
	}
	return later, nil
}

// take returns a message as the viewer sees it, and locks it and its conversation for changing them.
func (s *Service) take(ctx context.Context, v actor.Viewer, id MessageID) (seen Message, c *Conversation, m *Message, err error) {
	seen, found, err := s.store.Message(ctx, v, id)
	if err != nil || !found {
		return seen, nil, nil, orMissing(err, ErrNoMessage)
	}
	if c, found, err = s.store.LockConversation(ctx, v, seen.ConversationID); err != nil || !found {
		return seen, nil, nil, orMissing(err, ErrNoMessage)
	}
	if m, found, err = s.store.LockMessage(ctx, id); err != nil || !found {
		return seen, nil, nil, orMissing(err, ErrNoMessage)
	}
	return seen, c, m, nil
}

// Undo takes back a message before its release and returns it, so that the composer
// can show it again. What another person wrote is theirs to take back.
func (s *Service) Undo(ctx context.Context, v actor.Viewer, id MessageID) (Message, error) {
	var taken Message
	err := s.store.Write(ctx, func(ctx context.Context) error {
		seen, _, m, err := s.take(ctx, v, id)
		if err != nil {
			return err
		}
		if m.Seq != 0 {
			return ErrReleased
		}
		if !m.changeable(v) {
			return errNotYoursYet
		}
		taken = seen
		taken.unnumbered()
		if err := s.store.DeleteMessage(ctx, id); err != nil {
			return err
		}
		return s.store.Save(ctx, &Changes{Feed: []Notice{{At: s.time(), Type: "message.removed", ObjectID: int64(id), ConversationID: m.ConversationID, Cause: v.Cause}}})
	})
	return taken, err
}

// SendNow has a message leave at once that waits for its time, and returns it as it was left: the job
// that its time belongs to sends it, and closes the conversation if that was asked for with it. The time
// in which somebody may still take their words back is theirs: nobody else ends it.
func (s *Service) SendNow(ctx context.Context, v actor.Viewer, id MessageID) (Message, error) {
	var sent Message
	err := s.store.Write(ctx, func(ctx context.Context) error {
		seen, c, m, err := s.take(ctx, v, id)
		if err != nil {
			return err
		}
		if m.Seq != 0 {
			return ErrReleased
		}
		if m.State != Scheduled {
			return ErrNotScheduled
		}
		if !m.changeable(v) {
			return errNotYoursYet
		}
		now := s.time()
		m.ReleaseAt, m.CreatedAt = now, now // a person says so, whatever the contact has written
		ch := &Changes{}
		ch.Update(m, v.Cause, now)
		sent = seen
		sent.ReleaseAt = now
		if err := s.store.Save(ctx, ch); err != nil {
			return err
		}
		return s.store.HastenJob(ctx, JobRelease, jobKey(c.ID), []string{releasePayload(id, false), releasePayload(id, true)}, now)
	})
	return sent, err
}

// Resend queues a failed or uncertain message again, because a person says so.
func (s *Service) Resend(ctx context.Context, v actor.Viewer, id MessageID) (Message, error) {
	var again Message
	err := s.store.Write(ctx, func(ctx context.Context) error {
		seen, c, m, err := s.take(ctx, v, id)
		if err != nil {
			return err
		}
		if m.Kind != KindMessage || m.Direction != Outbound || m.State != Failed && m.State != Uncertain {
			return ErrNotResendable
		}
		if err := s.checkStanding(c.AccountID); err != nil {
			return err
		}
		if l, ok := s.limits(c.AccountID); ok {
			if err := s.checkStopped(ctx, l, c, Party{}); err != nil {
				return err
			}
		}
		now := s.time()
		m.State, m.ErrorCode, m.ErrorText = Queued, "", ""
		ch := &Changes{Unqueue: []MessageID{m.ID}}
		ch.Queue = []OutboxItem{{MessageID: m.ID, AccountID: c.AccountID, ConversationID: c.ID, Seq: m.Seq, NotBefore: now}}
		ch.Update(m, v.Cause, now)
		ch.Renew(c.ID, v.Cause, now)
		again = seen
		again.State, again.ErrorCode, again.ErrorText = m.State, "", ""
		return s.store.Save(ctx, ch)
	})
	return again, err
}

func orMissing(err, missing error) error {
	if err != nil {
		return err
	}
	return missing
}
