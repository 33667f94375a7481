package inbox

import (
	"context"
	"fmt"
	"time"

	"parley/channels"
	"parley/inbox/actor"
	"parley/internal/fault"
)

// How long a file that could not be fetched waits: twice as long each time, about a day
// in all.
const (
	firstFetchPause = 500 * time.Millisecond
	longFetchPause  = time.Hour
	maxFetches      = 36
)

// Fetched is how an attempt on one announced file went. File holds if Err is nil.
type Fetched struct {
	Position int64
	File     channels.File
	Err      error
	Words    channels.Words // what Err means, for people; zero is nothing in particular
}

// WaitingMedia returns what of a message is still to be fetched, and the account that it
// came by.
func (s *Service) WaitingMedia(ctx context.Context, id MessageID) (channels.AccountID, []MediaRow, error) {
	return s.store.WaitingMedia(ctx, id)
}

// Fetched stores the outcome of one attempt on the files of a message: those that came
// become its attachments, after those that it has. It returns when those that still
// wait shall be tried again, zero when none does. What was stored before is left alone,
// so an attempt may be told of twice.
func (s *Service) Fetched(ctx context.Context, id MessageID, list []Fetched) (again time.Time, err error) {
	err = s.store.Write(ctx, func(ctx context.Context) error {
		again, err = s.fetched(ctx, id, list)
		return err
	})
	if err != nil {
		return time.Time{}, fmt.Errorf("store fetched files: %w", err)
	}
	return again, nil
}

func (s *Service) fetched(ctx context.Context, id MessageID, list []Fetched) (again time.Time, err error) {
	m, found, err := s.lockWhole(ctx, id)
	if err != nil || !found {
		return again, err
	}
	_, rows, err := s.store.WaitingMedia(ctx, id)
	if err != nil {
		return again, err
	}
	ids, err := s.store.NextIDs(ctx, len(list))
	if err != nil {
		return again, err
	}
	ch, now := &Changes{}, s.time()
	shown := false
	for _, row := range rows {
		at := now // one that was not tried, or has just been announced
		for i, f := range list {
			if f.Position != row.Position {
				continue
			}
			at = row.settle(f, now)
			if f.Err == nil {
				row.FileID = FileID(ids[i])
				ch.attach(m, row.FileID, f.File, now)
			}
			shown = shown || row.State != MediaWaiting
			ch.Media = append(ch.Media, row)
		}
		if row.State == MediaWaiting && (again.IsZero() || at.Before(again)) {
			again = at
		}
	}
	if shown {
		ch.Update(m, actor.Cause{Kind: actor.Network}, now)
	}
	return again, s.store.Save(ctx, ch)
}

// lockWhole locks a message and, before it, its conversation.
func (s *Service) lockWhole(ctx context.Context, id MessageID) (*Message, bool, error) {
	seen, found, err := s.store.Message(ctx, actor.System(), id)
	if err != nil || !found {
		return nil, false, err
	}
	if _, found, err = s.store.LockConversation(ctx, actor.System(), seen.ConversationID); err != nil || !found {
		return nil, false, err
	}
	return s.store.LockMessage(ctx, id)
}

func (ch *Changes) attach(m *Message, id FileID, f channels.File, now time.Time) {
	file := File{ID: id, Hash: f.Hash, Name: f.Name, Type: f.Type, Size: f.Size, OwnerKind: "network", CreatedAt: now}
	ch.Files = append(ch.Files, &file)
	ch.Attached = append(ch.Attached, Attached{MessageID: m.ID, Position: len(m.Files), File: file})
	m.Files = append(m.Files, file)
}

// settle says what became of an announced file by one attempt and, where it waits on,
// when the next one is due.
func (r *MediaRow) settle(of Fetched, now time.Time) time.Time {
	r.Tries++
	err := of.Err
	if err == nil {
		r.State = MediaDone
		return now
	}
	e := channels.AsError(err)
	if f, ok := fault.As(err); ok && f.Kind == fault.TooLarge {
		r.State, r.Error = MediaGone, channels.Words{RU: f.Text.RU, EN: f.Text.EN}
		return now
	}
	wait := longFetchPause
	if shift := r.Tries - 1; shift < 13 {
		wait = firstFetchPause << shift
	}
	wait = max(wait, min(e.RetryAfter, longFetchPause))
	switch {
	case e.Kind == channels.Permanent:
		r.State, r.Error = MediaGone, of.words(e)
	case r.Tries >= maxFetches:
		r.State, r.Error = MediaGone, channels.Words{RU: "сеть не отдала его за сутки: попросите прислать файл снова", EN: "the network did not hand it over within a day: ask for the file to be sent again"}
	}
	return now.Add(wait)
}

// words says to people why a network does not hand a file over.
func (f Fetched) words(e *channels.Error) channels.Words {
	switch {
	case e.Code == channels.CodeFileTooLarge: // in other words than of a file that is being sent
		return channels.Words{RU: "файл слишком большой: попросите прислать ссылку на него", EN: "the file is too large: ask for a link to it"}
	case f.Words != channels.Words{}:
		return f.Words
	}
	return channels.Words{RU: "сеть его больше не отдаёт: попросите прислать файл снова", EN: "the network no longer hands it over: ask for the file to be sent again"}
}
