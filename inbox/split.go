package inbox

import (
	"context"
	"errors"
	"time"

	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/inbox/pipeline"
	"parley/internal/fault"
)

// SplitID identifies a split of a conversation.
type SplitID int64

// Split is a conversation whose messages from one on people made a conversation of their own.
type Split struct {
	ID        SplitID
	Kept, New ConversationID
	After     int64 // the last message that stayed
	Before    SplitStates
	Cause     actor.Cause
	At        time.Time
	UndoneAt  time.Time // zero = it holds
}

// SplitStates is what a split changes: the first part before and after, and the second one.
type SplitStates struct {
	Kept    MergeState         `json:"kept"`
	Left    MergeState         `json:"left"`
	New     MergeState         `json:"new"`
	Request pipeline.RequestID `json:"request,omitempty"` // that was made for the new one
}

// Splitting says where to split a conversation, and what is made of the rest.
type Splitting struct {
	Message MessageID // the first one of the new conversation
	Subject *string   // nil = that of the first part
	Request bool      // a request of its own is made
}

// Splits keeps splits of conversations.
type Splits interface {
	// InsertSplit adds a split, SplitByID returns one, and EndSplit notes that it was taken back.
	InsertSplit(ctx context.Context, sp Split) error
	SplitByID(ctx context.Context, id SplitID) (sp Split, found bool, err error)
	EndSplit(ctx context.Context, id SplitID, at time.Time) error
	// MoveTail gives messages behind a place, and all that hangs on them, to another conversation,
	// which has none yet, and returns the moved ones.
	MoveTail(ctx context.Context, from, to ConversationID, after int64) ([]MessageID, error)
	// Ends returns the messages that a conversation's summary is made of, ascending: the last one,
	// the last of each direction, and the last at all.
	Ends(ctx context.Context, c ConversationID) ([]Message, error)
	// WaitsSince returns when the contact wrote first after our last answer, zero when nobody did.
	WaitsSince(ctx context.Context, c ConversationID) (time.Time, error)
	// OnItsWay tells whether a message of a conversation is queued or being sent.
	OnItsWay(ctx context.Context, c ConversationID) (bool, error)
	// NextRequestNumber returns a fresh number. It must not be called inside a transaction.
	NextRequestNumber(ctx context.Context) (int64, error)
}

// What splitting refuses.
var (
	errSplitWhere  = fault.InvalidField("message_id", "unknown", fault.T("В этом диалоге нет такого сообщения.", "There is no such message in this conversation."))
	errSplitFirst  = fault.InvalidField("message_id", "first", fault.T("С первого сообщения делить нечего. Выберите одно из следующих.", "Nothing would be left before the first message. Choose a later one."))
	errOnItsWay    = fault.New(fault.Conflict, "messages_on_their_way", fault.T("Сообщения этого диалога ещё отправляются. Повторите через минуту.", "Messages of this conversation are being sent. Try again in a minute."))
	ErrNoSplit     = fault.New(fault.NotFound, "split_not_found", fault.T("Такого разделения нет или оно вам не видно.", "There is no such split, or you may not see it."))
	ErrSplitUndone = fault.New(fault.Conflict, "split_undone", fault.T("Это разделение уже отменено.", "This split has been undone already."))
	errWrittenIn   = fault.New(fault.Conflict, "split_overtaken", fault.T("В первой части уже есть новые сообщения: обратно по порядку не соединить. Объедините диалоги.", "The first part has newer messages: the order cannot be restored. Merge the conversations instead."))
	errMovedOn     = fault.New(fault.Conflict, "split_moved_on", fault.T("Один из диалогов уже объединён с другим или стал спамом. Сначала отмените это.", "One of the conversations was merged or marked as spam since. Undo that first."))
)

// splitIDs is how many ids a split takes: itself, the conversation, two lines, and a request with its line.
const splitIDs = 6

// Split makes a message and all behind it a conversation of their own, which goes on where the
// first part stood. A mail's thread becomes two, and the first part stays as it is; the chat of
// any other network has one open conversation, so there the first part is over.
func (s *Service) Split(ctx context.Context, v actor.Viewer, id ConversationID, how Splitting) (SplitID, Row, error) {
	row, err := s.Get(ctx, v, id)
	if err != nil {
		return 0, Row{}, err
	}
	if how.Subject != nil {
		*how.Subject = contact.Storable(*how.Subject)
		if len([]rune(*how.Subject)) > 500 {
			return 0, Row{}, fault.InvalidField("subject", "too_long", fault.T("Не длиннее 500 знаков.", "At most 500 characters."))
		}
	}
	w := &splitter{Service: s, v: v, how: how, mail: row.AccountKind == "email"}
	if w.number, err = s.store.NextConversationNumber(ctx); err != nil {
		return 0, Row{}, err
	}
	if how.Request {
		if w.request, err = s.store.NextRequestNumber(ctx); err != nil {
			return 0, Row{}, err
		}
	}
	if w.ids, err = s.store.NextIDs(ctx, splitIDs); err != nil {
		return 0, Row{}, err
	}
	err = s.store.Write(ctx, func(ctx context.Context) error {
		c, found, err := s.store.LockConversation(ctx, v, id)
		if err != nil || !found {
			return orMissing(err, ErrNoConversation)
		}
		m, found, err := s.store.LockMessage(ctx, how.Message)
		if err != nil || !found || m.ConversationID != id || m.Seq == 0 {
			return orMissing(err, errSplitWhere)
		}
		if err := s.maySplit(ctx, c, m); err != nil {
			return err
		}
		return w.split(ctx, c, m)
	})
	if err != nil {
		return 0, Row{}, err
	}
	fresh, err := s.Get(ctx, v, ConversationID(w.ids[1]))
	return SplitID(w.ids[0]), fresh, err
}

func (s *Service) maySplit(ctx context.Context, c *Conversation, m *Message) error {
	switch {
	case c.MergedInto != 0:
		return ErrMerged
	case c.Spam():
		return ErrSpam
	case m.Seq == 1:
		return errSplitFirst
	}
	if waits, err := s.store.HasUnreleased(ctx, c.ID); err != nil || waits {
		return orMissing(err, errUnreleased)
	}
	if going, err := s.store.OnItsWay(ctx, c.ID); err != nil || going {
		return orMissing(err, errOnItsWay)
	}
	return nil
}

// Unsplit makes two conversations one again that were, and returns the split. What was written in
// the second part since goes along; the first part must have nothing newer.
func (s *Service) Unsplit(ctx context.Context, v actor.Viewer, id SplitID) (Split, error) {
	ids, err := s.store.NextIDs(ctx, 1)
	if err != nil {
		return Split{}, err
	}
	var undone Split
	err = s.store.Write(ctx, func(ctx context.Context) error {
		sp, found, err := s.store.SplitByID(ctx, id)
		if err != nil || !found {
			return orMissing(err, ErrNoSplit)
		}
		kept, part, err := s.lockTwo(ctx, v, sp.Kept, sp.New)
		if err != nil {
			if errors.Is(hidden(err), ErrNoMerge) {
				err = ErrNoSplit
			}
			return err
		}
		if sp, _, err = s.store.SplitByID(ctx, id); err != nil { // as it is under the locks
			return err
		}
		if err := s.mayUnsplit(ctx, &sp, kept, part); err != nil {
			return err
		}
		sp.UndoneAt = s.time()
		undone = sp
		return s.unsplit(ctx, v, &sp, kept, part, ids[0])
	})
	return undone, err
}

func (s *Service) mayUnsplit(ctx context.Context, sp *Split, kept, part *Conversation) error {
	switch {
	case !sp.UndoneAt.IsZero():
		return ErrSplitUndone
	case kept.MergedInto != 0 || part.MergedInto != 0 || kept.Spam() || part.Spam():
		return errMovedOn
	case kept.Seq != sp.After:
		return errWrittenIn
	}
	for _, c := range []*Conversation{kept, part} {
		if going, err := s.store.OnItsWay(ctx, c.ID); err != nil || going {
			return orMissing(err, errOnItsWay)
		}
		if waits, err := s.store.HasUnreleased(ctx, c.ID); err != nil || waits {
			return orMissing(err, errUnreleased)
		}
	}
	return nil
}

// unsplit joins the second part to the first, as mails that turn out to be of one thread are joined.
func (s *Service) unsplit(ctx context.Context, v actor.Viewer, sp *Split, kept, part *Conversation, line int64) error {
	now := sp.UndoneAt
	ch := &Changes{}
	rests := stateOf(kept) == sp.Before.Left && stateOf(part) == sp.Before.New
	went := stateOf(part)
	ch.Joins = append(ch.Joins, Join{From: part.ID, Into: kept.ID, Shift: kept.Seq})
	kept.Absorb(part, now)
	switch {
	case rests:
		kept.stand(sp.Before.Kept)
	case sp.Before.Left.Status == Closed && went.Status != Closed: // a chat goes on as it does there
		kept.stand(went)
	}
	if kept.Status == Snoozed && !kept.SnoozedUntil.After(now) { // its waking has passed it by
		kept.Status, kept.SnoozedUntil = Open, time.Time{}
	}
	if sp.Before.Request != 0 {
		if err := s.endRequest(ctx, ch, sp.Before.Request, v.Cause, now); err != nil {
			return err
		}
	}
	ch.Conversation(kept, v.Cause, now)
	ch.Conversation(part, v.Cause, now)
	ch.Enter(line, kept.ID, "split", v.Cause, now, map[string]any{"number": part.Number, "conversation_id": text(int64(part.ID)), "undone": true})
	if err := s.store.EndSplit(ctx, sp.ID, now); err != nil {
		return err
	}
	return s.store.Save(ctx, ch)
}

// endRequest closes the request that a split had made. Its number is not given again.
func (s *Service) endRequest(ctx context.Context, ch *Changes, id pipeline.RequestID, cause actor.Cause, now time.Time) error {
	r, err := s.store.LinkedRequest(ctx, id)
	if err != nil || r == nil || !r.Status.Active() {
		return err
	}
	r.Status, r.ResolvedAt = pipeline.RequestClosed, now
	ch.Request(r, "request.updated", cause, now)
	return nil
}
