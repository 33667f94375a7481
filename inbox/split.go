package inbox

import (
	"context"
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
	Last    MessageID          `json:"last,omitempty"` // that stayed
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
	// which has none yet.
	MoveTail(ctx context.Context, from, to ConversationID, after int64) error
	// PassDeadlines gives the deadlines that run of a conversation to another one, which goes on in its place, unless that
	// has one of the kind. Of a wait for an answer it takes the one alone that began then. Both have been saved by now.
	PassDeadlines(ctx context.Context, from, to ConversationID, waits time.Time) error
	// Ends returns the messages that a conversation's summary is made of, ascending: the last one,
	// the last of each direction, and the last at all.
	Ends(ctx context.Context, c ConversationID) ([]Message, error)
	// WaitsSince returns when the contact wrote first after our last answer, zero when nobody did.
	WaitsSince(ctx context.Context, c ConversationID) (time.Time, error)
	// OnItsWay tells whether a message of a conversation is queued or being sent.
	OnItsWay(ctx context.Context, c ConversationID) (bool, error)
	// NextRequestNumber returns a fresh number, inside a transaction or outside.
	NextRequestNumber(ctx context.Context) (int64, error)
}

// What splitting refuses.
var (
	errSplitWhere = fault.InvalidField("message_id", "unknown", fault.T("В этом диалоге нет такого сообщения.", "There is no such message in this conversation."))
	errSplitFirst = fault.InvalidField("message_id", "first", fault.T("С первого сообщения делить нечего. Выберите одно из следующих.", "Nothing would be left before the first message. Choose a later one."))
	errSplitLong  = fault.InvalidField("message_id", "too_many", fault.T("За этим местом больше 2000 сообщений, за раз отделить можно не больше. Выберите сообщение ближе к концу.", "More than 2,000 messages stand behind this place, and no more can be split off at once. Choose a message nearer to the end."))
	errOnItsWay   = fault.New(fault.Conflict, "messages_on_their_way", fault.T("Сообщения этого диалога ещё отправляются. Повторите через минуту.", "Messages of this conversation are being sent. Try again in a minute."))
)

// splitMost is how many messages a split, or its undoing, moves at most: all of them move in one transaction.
const splitMost = 2000

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
	case c.Seq-m.Seq >= splitMost:
		return errSplitLong
	}
	if waits, err := s.store.HasUnreleased(ctx, c.ID); err != nil || waits {
		return orMissing(err, errUnreleased)
	}
	if going, err := s.store.OnItsWay(ctx, c.ID); err != nil || going {
		return orMissing(err, errOnItsWay)
	}
	return nil
}
