package inbox

import (
	"context"
	"errors"
	"time"

	"parley/inbox/actor"
	"parley/inbox/pipeline"
	"parley/internal/fault"
)

// What undoing a split refuses.
var (
	ErrNoSplit     = fault.New(fault.NotFound, "split_not_found", fault.T("Такого разделения нет или оно вам не видно.", "There is no such split, or you may not see it."))
	ErrSplitUndone = fault.New(fault.Conflict, "split_undone", fault.T("Это разделение уже отменено.", "This split has been undone already."))
	errWrittenIn   = fault.New(fault.Conflict, "split_overtaken", fault.T("В первой части уже есть новые сообщения: обратно по порядку не соединить. Объедините диалоги.", "The first part has newer messages: the order cannot be restored. Merge the conversations instead."))
	errMovedOn     = fault.New(fault.Conflict, "split_moved_on", fault.T("Один из диалогов уже объединён с другим или стал спамом. Сначала отмените это.", "One of the conversations was merged or marked as spam since. Undo that first."))
	errSplitAgain  = fault.New(fault.Conflict, "split_again", fault.T("Первую часть с тех пор разделили ещё раз. Сначала отмените то разделение или объедините диалоги.", "The first part was split again since. Undo that split first, or merge the conversations."))
	errPartLong    = fault.New(fault.Conflict, "split_too_long", fault.T("Во второй части больше 2000 сообщений, за раз столько не вернуть. Объедините диалоги.", "The second part has more than 2,000 messages, too many to move back at once. Merge the conversations instead."))
)

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
	case kept.Seq > sp.After:
		return errWrittenIn
	case part.Seq > splitMost:
		return errPartLong
	}
	ends, err := s.store.Ends(ctx, kept.ID)
	if err != nil {
		return err
	}
	// The number alone does not tell: what was split off again may have grown back with other messages.
	if kept.Seq < sp.After || sp.Before.Last != 0 && (len(ends) == 0 || ends[len(ends)-1].ID != sp.Before.Last) {
		return errSplitAgain
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
	went, belonged, waited := stateOf(part), kept.RequestID, part.WaitingSince
	ch.Joins = append(ch.Joins, Join{From: part.ID, Into: kept.ID, Shift: kept.Seq})
	subject := kept.Subject
	kept.Absorb(part, now)
	kept.Subject = subject // what the second part was called is no name of the first, though it has none
	switch {
	case rests:
		kept.stand(sp.Before.Kept)
	case kept.Status == Closed && went.Status != Closed: // it goes on as it does there
		if err := s.mayReopenFor(ctx, kept, part); err != nil {
			return err
		}
		kept.stand(went)
	case went.Unanswered && kept.Status != Open: // who waited there waits where it is seen
		kept.Status, kept.SnoozedUntil = Open, time.Time{}
	}
	if kept.Status == Snoozed && !kept.SnoozedUntil.After(now) { // its waking has passed it by
		kept.Status, kept.SnoozedUntil = Open, time.Time{}
	}
	if sp.Before.Request != 0 {
		ended, err := s.endRequest(ctx, ch, sp.Before.Request, part.ID, v.Cause, now)
		if err != nil {
			return err
		}
		if ended {
			kept.RequestID = belonged
		}
	}
	ch.Conversation(kept, v.Cause, now)
	ch.Conversation(part, v.Cause, now)
	ch.Enter(line, kept.ID, "split", v.Cause, now, map[string]any{"number": part.Number, "conversation_id": text(int64(part.ID)), "undone": true})
	if err := s.store.EndSplit(ctx, sp.ID, now); err != nil {
		return err
	}
	if err := s.store.Save(ctx, ch); err != nil || kept.Status == Closed || !goesOn(waited, kept.WaitingSince) {
		return err
	}
	return s.store.PassDeadlines(ctx, part.ID, kept.ID, kept.WaitingSince)
}

// mayReopenFor refuses to open a closed conversation whose thread has begun anew elsewhere than in gone.
func (s *Service) mayReopenFor(ctx context.Context, c, gone *Conversation) error {
	open, found, err := s.store.OpenConversation(ctx, c.AccountID, c.Chat)
	if err != nil || !found || open.ID == c.ID || open.ID == gone.ID {
		return err
	}
	return ErrThreadOpen
}

// endRequest closes the request that a split had made, unless another conversation than the second
// part belongs to it by now. Its number is not given again.
func (s *Service) endRequest(ctx context.Context, ch *Changes, id pipeline.RequestID, part ConversationID, cause actor.Cause, now time.Time) (ended bool, err error) {
	r, err := s.store.LinkedRequest(ctx, id)
	if err != nil || r == nil || !r.Status.Active() {
		return false, err
	}
	if shared, err := s.store.OtherConversationOf(ctx, id, part); err != nil || shared {
		return false, err
	}
	r.Status, r.ResolvedAt = pipeline.RequestClosed, now
	ch.Request(r, "request.updated", cause, now)
	return true, nil
}
