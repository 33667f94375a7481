package inbox

import (
	"context"
	"strconv"
	"time"

	"parley/channels"
	"parley/inbox/actor"
	"parley/internal/fault"
)

// MergeID identifies a merge of two conversations.
type MergeID int64

// Merge is a conversation that people made part of another one. It is closed and points to
// that one; its messages keep their places, and the timeline joins both.
type Merge struct {
	ID         MergeID
	Kept, Gone ConversationID
	Before     MergeStates
	Cause      actor.Cause
	At         time.Time
	UndoneAt   time.Time // zero = it holds
}

// MergeStates is what a merge changes: both as they were, the kept one as it was left, and what
// it was marked with because the other one was.
type MergeStates struct {
	Kept  MergeState `json:"kept"`
	Left  MergeState `json:"left"`
	Other MergeState `json:"other"`
	Added []Watch    `json:"added,omitempty"`
}

// MergeState is where a conversation stands in the work.
type MergeState struct {
	Status       Status    `json:"status"`
	Unanswered   bool      `json:"unanswered"`
	WaitingSince time.Time `json:"waiting_since"`
	SnoozedUntil time.Time `json:"snoozed_until"`
	ClosedAt     time.Time `json:"closed_at"`
}

// Joined is a conversation that has become part of another one.
type Joined struct {
	ID          ConversationID
	Number      int64
	AccountKind channels.Kind
	Subject     string
	Seq         int64   // how many messages it has of its own
	MergeID     MergeID // 0 = it cannot be taken apart again
	At          time.Time
}

// Merging keeps merges of conversations.
type Merging interface {
	// InsertMerge adds a merge.
	InsertMerge(ctx context.Context, m Merge) error
	// ConversationMerge returns one by id.
	ConversationMerge(ctx context.Context, id MergeID) (m Merge, found bool, err error)
	// MergesInto returns those that hold and made a conversation part of one.
	MergesInto(ctx context.Context, kept ConversationID) ([]Merge, error)
	// NoteMerge writes what a merge changed.
	NoteMerge(ctx context.Context, m Merge) error
	// EndMerge notes that a merge was taken back.
	EndMerge(ctx context.Context, id MergeID, at time.Time) error
	// Joined returns the conversations that are part of another one and that the viewer may
	// see, the oldest first.
	Joined(ctx context.Context, v actor.Viewer, c ConversationID) ([]Joined, error)
	// HasUnreleased tells whether messages of a conversation wait for their release.
	HasUnreleased(ctx context.Context, c ConversationID) (bool, error)
}

// What merging conversations refuses.
var (
	errSameConversation = fault.InvalidField("conversation_id", "same", fault.T("Это тот же самый диалог.", "This is the same conversation."))
	errNoOther          = fault.InvalidField("conversation_id", "unknown", fault.T("Такого диалога нет или он вам не виден.", "There is no such conversation, or you may not see it."))
	errOtherContact     = fault.InvalidField("conversation_id", "other_contact", fault.T("Диалог с другим контактом. Сначала объедините контакты.", "The conversation is with another contact. Merge the contacts first."))
	errMergedAlready    = fault.InvalidField("conversation_id", "merged", fault.T("Диалог уже объединён с другим.", "The conversation has been merged into another one already."))
	errUnreleased       = fault.New(fault.Conflict, "messages_waiting", fault.T("В диалоге есть неотправленные сообщения. Отправьте или отмените их.", "Messages of that conversation wait to be sent. Send or cancel them first."))
	ErrNoMerge          = fault.New(fault.NotFound, "merge_not_found", fault.T("Такого объединения нет или оно вам не видно.", "There is no such merge, or you may not see it."))
	ErrMergeUndone      = fault.New(fault.Conflict, "merge_undone", fault.T("Это объединение уже отменено.", "This merge has been undone already."))
)

// mergeIDs is how many ids a merge takes: itself, the line that each of the two says, and where
// the one that stays stands then.
const mergeIDs = 4

// Merge makes other part of a conversation of the same contact. Nothing is renumbered; what people have begun to write
// goes along, and stays there when the merge is undone.
func (s *Service) Merge(ctx context.Context, v actor.Viewer, kept, other ConversationID) (MergeID, error) {
	if _, err := s.Get(ctx, v, kept); err != nil { // before anything is said of the other one
		return 0, err
	}
	ids, err := s.store.NextIDs(ctx, mergeIDs)
	if err != nil {
		return 0, err
	}
	err = s.store.Write(ctx, func(ctx context.Context) error {
		stays, goes, err := s.lockTwo(ctx, v, kept, other)
		if err != nil {
			return err
		}
		if err := s.mayMerge(ctx, stays, goes); err != nil {
			return err
		}
		m := Merge{ID: MergeID(ids[0]), Kept: kept, Gone: other, Cause: v.Cause, At: s.time()}
		m.Before.Kept, m.Before.Other = stateOf(stays), stateOf(goes)
		stays.takeIn(goes, m.At)
		stays.Followed = stays.Followed || goes.Followed
		if m.Before.Added, err = s.store.ShareWatches(ctx, other, kept, everyMark, m.At); err != nil {
			return err
		}
		m.Before.Left = stateOf(stays)
		ch := &Changes{}
		ch.Conversation(stays, v.Cause, m.At)
		ch.Conversation(goes, v.Cause, m.At)
		ch.Enter(ids[1], kept, "merge", v.Cause, m.At, mergeData(&m, goes))
		ch.Enter(ids[2], other, "merge", v.Cause, m.At, map[string]any{"into": stays.Number, "conversation_id": text(int64(kept))})
		ch.stood(ids[3], kept, m.Before.Kept.Status, stays.Status, v.Cause, m.At)
		if err := s.store.InsertMerge(ctx, m); err != nil {
			return err
		}
		if err := s.moveDrafts(ctx, stays, goes, m.At); err != nil {
			return err
		}
		return s.store.Save(ctx, ch)
	})
	return MergeID(ids[0]), err
}

// stood notes that a merge, or its undoing, has opened or closed a conversation.
func (ch *Changes) stood(id int64, c ConversationID, from, to Status, cause actor.Cause, now time.Time) {
	if from != to {
		ch.Enter(id, c, "status", cause, now, map[string]any{"from": from, "to": to})
	}
}

func mergeData(m *Merge, goes *Conversation) map[string]any {
	return map[string]any{"number": goes.Number, "conversation_id": text(int64(goes.ID)), "merge_id": strconv.FormatInt(int64(m.ID), 10)}
}

func (s *Service) mayMerge(ctx context.Context, stays, goes *Conversation) error {
	switch {
	case stays.MergedInto != 0:
		return ErrMerged
	case goes.MergedInto != 0:
		return errMergedAlready
	case stays.ContactID != goes.ContactID:
		return errOtherContact
	case stays.Spam() || goes.Spam():
		return ErrSpam
	}
	if waits, err := s.store.HasUnreleased(ctx, goes.ID); err != nil || waits {
		return orMissing(err, errUnreleased)
	}
	if stays.Status == Closed && goes.Status != Closed {
		open := Open
		if stays.AccountID != goes.AccountID || stays.Chat != goes.Chat { // else the open one of the thread is the one that goes
			return s.mayReopen(ctx, stays, &Patch{Status: &open})
		}
	}
	return nil
}

// lockTwo locks two conversations in the order in which everybody does.
func (s *Service) lockTwo(ctx context.Context, v actor.Viewer, kept, other ConversationID) (stays, goes *Conversation, err error) {
	if kept == other {
		return nil, nil, errSameConversation
	}
	locked := map[ConversationID]*Conversation{}
	for _, id := range []ConversationID{min(kept, other), max(kept, other)} {
		c, found, err := s.store.LockConversation(ctx, v, id)
		if err != nil {
			return nil, nil, err
		}
		if !found && id == other {
			return nil, nil, errNoOther
		}
		if !found {
			return nil, nil, ErrNoConversation
		}
		locked[id] = c
	}
	return locked[kept], locked[other], nil
}

func stateOf(c *Conversation) MergeState {
	return MergeState{Status: c.Status, Unanswered: c.Unanswered, WaitingSince: c.WaitingSince, SnoozedUntil: c.SnoozedUntil, ClosedAt: c.ClosedAt}
}

func (c *Conversation) stand(st MergeState) {
	c.Status, c.Unanswered, c.WaitingSince, c.SnoozedUntil, c.ClosedAt = st.Status, st.Unanswered, st.WaitingSince, st.SnoozedUntil, st.ClosedAt
}

// takeIn makes goes part of c: whoever waited there waits here, where it is seen.
func (c *Conversation) takeIn(goes *Conversation, now time.Time) {
	if c.Status == Closed && goes.Status != Closed || goes.Unanswered && c.Status != Open {
		c.Status, c.ClosedAt, c.SnoozedUntil = Open, time.Time{}, time.Time{}
	}
	if goes.Unanswered && (!c.Unanswered || goes.WaitingSince.Before(c.WaitingSince)) {
		c.Unanswered, c.WaitingSince = true, goes.WaitingSince
	}
	goes.Answered()
	goes.MergedInto, goes.SnoozedUntil = c.ID, time.Time{}
	if goes.Status != Closed {
		goes.Status, goes.ClosedAt = Closed, now
	}
}

// Unmerge takes two conversations apart again and returns the merge. The one that went is
// what it was, but closed where its thread has begun anew meanwhile.
func (s *Service) Unmerge(ctx context.Context, v actor.Viewer, id MergeID) (Merge, error) {
	ids, err := s.store.NextIDs(ctx, mergeIDs)
	if err != nil {
		return Merge{}, err
	}
	var undone Merge
	err = s.store.Write(ctx, func(ctx context.Context) error {
		m, found, err := s.store.ConversationMerge(ctx, id)
		if err != nil || !found {
			return orMissing(err, ErrNoMerge)
		}
		stays, goes, err := s.lockTwo(ctx, v, m.Kept, m.Gone)
		if err != nil {
			return hidden(err)
		}
		if m, _, err = s.store.ConversationMerge(ctx, id); err != nil { // as it is under the lock
			return err
		}
		if !m.UndoneAt.IsZero() || goes.MergedInto != stays.ID {
			return ErrMergeUndone
		}
		now, stood := s.time(), stays.Status
		if err := s.apart(ctx, &m, stays, goes, now); err != nil {
			return err
		}
		if err := s.parted(ctx, &m, stays, now); err != nil {
			return err
		}
		ch := &Changes{}
		ch.Conversation(goes, v.Cause, now)
		ch.Conversation(stays, v.Cause, now)
		ch.stood(ids[2], stays.ID, stood, stays.Status, v.Cause, now)
		data := mergeData(&m, goes)
		data["undone"] = true
		ch.Enter(ids[0], stays.ID, "merge", v.Cause, now, data)
		ch.Enter(ids[1], goes.ID, "merge", v.Cause, now, map[string]any{"into": stays.Number, "conversation_id": text(int64(stays.ID)), "undone": true})
		m.UndoneAt, undone = now, m
		if err := s.store.EndMerge(ctx, id, now); err != nil {
			return err
		}
		return s.store.Save(ctx, ch)
	})
	return undone, err
}

// hidden says of a conversation that the viewer may not see what is said of a merge that
// does not exist.
func hidden(err error) error {
	if f, ok := fault.As(err); ok && (f.Code == ErrNoConversation.Code || len(f.Fields) > 0) {
		return ErrNoMerge
	}
	return err
}

// apart gives both back where they stood, as far as nothing has changed since.
func (s *Service) apart(ctx context.Context, m *Merge, stays, goes *Conversation, now time.Time) error {
	goes.MergedInto = 0
	goes.stand(m.Before.Other)
	if stateOf(stays) == m.Before.Left {
		stays.stand(m.Before.Kept)
	}
	for _, c := range []*Conversation{stays, goes} {
		if c.Status == Snoozed && !c.SnoozedUntil.After(now) { // its waking has passed it by
			c.Status, c.SnoozedUntil = Open, time.Time{}
		}
	}
	if goes.Status == Closed {
		return nil
	}
	open, found, err := s.store.OpenConversation(ctx, goes.AccountID, goes.Chat)
	if err != nil {
		return err
	}
	if found && open.ID != goes.ID && (open.ID != stays.ID || stays.Status != Closed) {
		goes.Status, goes.ClosedAt, goes.SnoozedUntil = Closed, now, time.Time{}
		goes.Answered()
	}
	return nil
}

// parted takes back what the merge marked the one that stayed with. Another one that is still part
// of it may have been marked so as well, which was nothing to add then; what its people have taken off
// since stays off.
func (s *Service) parted(ctx context.Context, m *Merge, stays *Conversation, now time.Time) error {
	taken, err := s.store.TakeWatchesBack(ctx, m.Before.Added, now)
	if err != nil {
		return err
	}
	others, err := s.store.MergesInto(ctx, stays.ID)
	if err != nil {
		return err
	}
	for _, other := range others {
		if other.ID == m.ID {
			continue
		}
		added, err := s.store.ShareWatches(ctx, other.Gone, stays.ID, ofThese(taken), now)
		if err != nil {
			return err
		}
		if len(added) == 0 {
			continue
		}
		other.Before.Added = append(other.Before.Added, added...)
		if err := s.store.NoteMerge(ctx, other); err != nil {
			return err
		}
	}
	stays.Followed, err = s.store.HasFollowers(ctx, stays.ID)
	return err
}

// Joined returns the conversations that have become part of one.
func (s *Service) Joined(ctx context.Context, v actor.Viewer, c ConversationID) ([]Joined, error) {
	if _, err := s.Get(ctx, v, c); err != nil {
		return nil, err
	}
	return s.store.Joined(ctx, v, c)
}
