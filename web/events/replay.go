package events

import (
	"context"
	"fmt"

	"parley/web/rest"
)

// maxReplay is how many notices a client may have missed; to read its lists again is
// cheaper than more.
const maxReplay = 5000

// kept tells whether everything between two places of the feed is still there and
// worth sending.
func (f *Feed) kept(ctx context.Context, from, to int64) (bool, error) {
	if from > to || to-from > maxReplay {
		return false, nil // of another database, or too long ago
	}
	if from == to {
		return true, nil
	}
	oldest, err := f.store.FeedOldest(ctx)
	if err != nil {
		return false, fmt.Errorf("read feed: %w", err)
	}
	return oldest <= from+1, nil
}

// replay writes what the client missed: the feed after one place up to another. What
// it may see is decided by how things are now.
func (s *stream) replay(ctx context.Context, from, to int64) error {
	for from < to {
		rows, err := s.feed.store.FeedAfter(ctx, from, batch)
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			return nil
		}
		for len(rows) > 0 && rows[len(rows)-1].ID > to {
			rows = rows[:len(rows)-1] // it comes by the subscription
		}
		if len(rows) == 0 {
			return nil
		}
		events, err := s.feed.render(ctx, rows)
		if err != nil {
			return err
		}
		list := make([]rest.Shown, len(events))
		for i, e := range events {
			list[i] = s.show(e)
		}
		if err := s.out.Events(list...); err != nil {
			return err
		}
		from = rows[len(rows)-1].ID
		s.told = from
	}
	return nil
}
