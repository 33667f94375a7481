package inbox

import (
	"context"
	"strconv"
	"time"

	"parley/inbox/actor"
	"parley/internal/fault"
)

// restoreWindow is how long a deleted note can be brought back: longer than the page offers it, so that a slow connection
// is not too late. The store keeps its words longer than that.
const restoreWindow = time.Minute

// Empty leaves of a message that was deleted what may be known of it: that it was there, whose it was and when it went.
func (m *Message) Empty() {
	m.Text, m.HTML, m.Reaction, m.Album = "", "", "", ""
	m.Files, m.Media, m.Amendments, m.Interactive = nil, nil, nil, Interactive{}
	m.Subject, m.Quoted, m.Original, m.Damaged = "", "", "", false
}

// Restore brings a note back that was deleted a moment ago, whole. One that was not deleted is left as it is.
func (s *Service) Restore(ctx context.Context, v actor.Viewer, id MessageID) (Message, error) {
	var after Message
	err := s.store.Write(ctx, func(ctx context.Context) error {
		seen, _, m, err := s.take(ctx, v, id)
		if err != nil {
			return err
		}
		now := s.time()
		switch {
		case m.Kind != KindNote:
			return errCannotRestore
		case !m.changeable(v):
			return errNotYours
		case m.DeletedAt.IsZero():
			after = seen
			return nil
		case now.After(m.DeletedAt.Add(restoreWindow)):
			return errRestoreLate
		}
		ids, err := s.store.NextIDs(ctx, 1)
		if err != nil {
			return err
		}
		m.DeletedAt = time.Time{}
		ch := &Changes{}
		ch.Update(m, v.Cause, now)
		ch.Enter(ids[0], m.ConversationID, "restored", v.Cause, now, map[string]any{"message_id": strconv.FormatInt(int64(m.ID), 10)})
		if err := s.store.Save(ctx, ch); err != nil {
			return err
		}
		back, found, err := s.store.Message(ctx, v, id)
		if err != nil || !found {
			return orMissing(err, ErrNoMessage)
		}
		after = back
		return nil
	})
	return after, err
}

// Why a message cannot be brought back.
var (
	errCannotRestore = fault.New(fault.Conflict, "restore_unsupported", fault.T("Вернуть можно только удалённую заметку.", "Only a note that was deleted can be brought back."))
	errRestoreLate   = fault.New(fault.Conflict, "restore_too_late", fault.T("Вернуть заметку уже поздно: её больше нет.", "It is too late to bring the note back: it is gone."))
)
