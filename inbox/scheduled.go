package inbox

import (
	"context"
	"strconv"
	"time"

	"parley/inbox/actor"
	"parley/internal/fault"
)

// forLater tells whether a message waits for a time that somebody chose, and not for the
// few seconds in which it can be undone.
func (m *Message) forLater() bool {
	return m.State == Scheduled && m.ReleaseAt.Sub(m.CreatedAt) > MaxUndo
}

// early tells whether a release job came before its message's time: it was put off, or
// the contact has written and the job was asked to look.
func (m *Message) early(now time.Time) bool { return m.State == Scheduled && m.ReleaseAt.After(now) }

// overtaken tells whether the contact wrote after an answer was put off: what was to be said
// may no longer fit, so a person has to look at it again.
func (c *Conversation) overtaken(m *Message) bool {
	return m.forLater() && c.LastInboundAt.After(m.CreatedAt)
}

// unschedule takes an answer back because the contact has written. It becomes its writer's
// draft again, behind what they have begun since, and the timeline says so.
func (s *Service) unschedule(ctx context.Context, c *Conversation, m *Message, now time.Time) error {
	cause := actor.Cause{Kind: actor.Visitor, ID: int64(c.ContactID)}
	if err := s.store.DeleteMessage(ctx, m.ID); err != nil { // its files can be attached again
		return err
	}
	if m.Author.Kind == string(actor.Agent) {
		if err := s.returnDraft(ctx, c, m, now); err != nil {
			return err
		}
	}
	ids, err := s.store.NextIDs(ctx, 1)
	if err != nil {
		return err
	}
	ch := &Changes{Feed: []Notice{{At: now, Type: "message.removed", ObjectID: int64(m.ID), ConversationID: m.ConversationID, Cause: cause}}}
	ch.Enter(ids[0], c.ID, "unscheduled", cause, now, map[string]any{
		"message_id": strconv.FormatInt(int64(m.ID), 10), "release_at": m.ReleaseAt, "text": m.Text, "author_kind": m.Author.Kind, "author_id": text(m.Author.ID),
	})
	ch.Renew(c.ID, cause, now)
	return s.store.Save(ctx, ch)
}

func (s *Service) returnDraft(ctx context.Context, c *Conversation, m *Message, now time.Time) error {
	agent := AgentID(m.Author.ID)
	d, _, err := s.store.Draft(ctx, agent, c.ID)
	if err != nil {
		return err
	}
	if m.ConversationID != c.ID {
		m.ReplyTo = 0 // which is not where it goes on
	}
	if err := d.takeIn(m); err != nil {
		return err
	}
	d.UpdatedAt = now
	_, ok, err := s.store.PutDraft(ctx, agent, c.ID, d)
	return orMissing(err, staleUnless(ok))
}

func staleUnless(ok bool) error {
	if ok {
		return nil
	}
	return ErrDraftStale // the job is run again
}

// Reschedule puts an answer that waits for its time off to another one, and returns it. What another
// person wrote is theirs to put off.
func (s *Service) Reschedule(ctx context.Context, v actor.Viewer, id MessageID, at time.Time) (Message, error) {
	if _, err := s.Message(ctx, v, id); err != nil { // before anything is said of the time
		return Message{}, err
	}
	at = at.UTC().Truncate(time.Microsecond)
	now := s.time()
	if !at.After(now) || at.After(now.Add(maxSchedule)) {
		return Message{}, fault.InvalidField("send_at", "range", fault.T("Выберите время в будущем, не позже чем через год.", "Choose a time in the future, within a year."))
	}
	var moved Message
	err := s.store.Write(ctx, func(ctx context.Context) error {
		seen, c, m, err := s.take(ctx, v, id)
		if err != nil {
			return err
		}
		switch {
		case m.Seq != 0:
			return ErrReleased
		case m.State != Scheduled:
			return ErrNotScheduled
		case !m.changeable(v):
			return errNotYoursYet
		}
		closing, err := s.store.JobWaits(ctx, JobRelease, jobKey(c.ID), releasePayload(id, true))
		if err != nil {
			return err
		}
		m.ReleaseAt, m.CreatedAt = at, now // decided anew, with what the contact has written by now
		ch := &Changes{}
		ch.Update(m, v.Cause, now)
		ch.FollowUps = append(ch.FollowUps, FollowUp{Kind: JobRelease, Key: jobKey(c.ID), Payload: releasePayload(id, closing), Due: at})
		moved = seen
		moved.ReleaseAt, moved.CreatedAt = at, now
		return s.store.Save(ctx, ch)
	})
	return moved, err
}
