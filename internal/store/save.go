package store

import (
	"context"
	"fmt"
	"slices"

	"parley/inbox"
)

// feedLock is the advisory lock that makes feed order commit order on PostgreSQL. It
// is taken last.
const feedLock int64 = 0x7061726c6579 // "parley"

// Save writes all changes of one operation, table by table; it must run inside a
// transaction.
func (db *DB) Save(ctx context.Context, ch *inbox.Changes) error {
	db.onSave(ch)
	steps := []struct {
		name string
		run  func() error
	}{
		{"received", func() error { return put(ctx, db, receivedTable, ch.Received, receivedArgs) }},
		{"history", func() error { return db.saveHistory(ctx, ch) }}, // while the rows are what they were
		{"contacts", func() error { return put(ctx, db, contactTable, ch.Contacts, contactArgs) }},
		{"identities", func() error { return put(ctx, db, identityTable, ch.Identities, identityArgs) }},
		{"conversations", func() error { return db.saveConversations(ctx, ch.Conversations) }},
		{"new messages", func() error { return put(ctx, db, messageTable, ch.NewMessages, messageArgs) }},
		{"messages", func() error { return put(ctx, db, messageUpdate, ch.Messages, messageArgs) }},
		{"words of deleted messages", func() error { return db.forgetWords(ctx, ch.Messages) }},
		{"mails", func() error { return db.saveMails(ctx, ch.NewMessages) }},
		{"interactives", func() error { return db.saveInteractives(ctx, ch.NewMessages) }},
		{"files", func() error { return db.saveFiles(ctx, ch) }},
		{"parts", func() error { return put(ctx, db, partTable, ch.Parts, partArgs) }},
		{"media", func() error { return put(ctx, db, mediaTable, ch.Media, mediaArgs) }},
		{"origins", func() error { return put(ctx, db, originTable, ch.Origins, originArgs) }},
		{"suppressions", func() error { return db.saveSuppressions(ctx, ch) }},
		{"leads", func() error { return put(ctx, db, leadTable, ch.Leads, leadArgs) }},
		{"requests", func() error { return put(ctx, db, requestTable, ch.Requests, requestArgs) }},
		{"labels", func() error { return db.saveLabelSets(ctx, ch.Labels) }},
		{"parked", func() error { return db.saveParked(ctx, ch) }},
		{"late", func() error { return db.saveLate(ctx, ch.Late) }},
		{"duplicates", func() error { return db.saveDuplicates(ctx, ch.Duplicates) }},
		{"blobs", func() error { return db.saveBlobs(ctx, ch) }},
		{"cursors", func() error { return put(ctx, db, cursorTable, lastCursors(ch.Cursors), cursorArgs) }},
		{"timeline", func() error { return put(ctx, db, timelineTable, ch.Timeline, entryArgs) }},
		{"outbox", func() error { return db.saveOutbox(ctx, ch) }},
		{"amendments", func() error { return db.saveAmendments(ctx, ch) }},
		{"threads", func() error { return db.saveThreads(ctx, ch) }},
		{"jobs", func() error { return db.saveFollowUps(ctx, ch.FollowUps) }},
		{"feed", func() error { return db.saveFeed(ctx, ch.Feed) }},
	}
	for _, s := range steps {
		if err := s.run(); err != nil {
			return fmt.Errorf("save %s: %w", s.name, err)
		}
	}
	if err := db.flush(ctx); err != nil { // what is refused is refused here, not by a commit of unknown outcome
		return fmt.Errorf("save: %w", err)
	}
	return nil
}

// lastCursors keeps the last cursor of each stream: one statement cannot write a row twice.
func lastCursors(list []inbox.Cursor) []inbox.Cursor {
	var last []inbox.Cursor
	for _, c := range list {
		i := slices.IndexFunc(last, func(x inbox.Cursor) bool { return x.AccountID == c.AccountID && x.Stream == c.Stream })
		if i < 0 {
			last = append(last, c)
		} else {
			last[i] = c
		}
	}
	return last
}

func cursorArgs(args []any, c inbox.Cursor) []any {
	return append(args, int64(c.AccountID), c.Stream, c.Value)
}

func entryArgs(args []any, e inbox.Entry) []any {
	return append(args, e.ID, int64(e.ConversationID), micros(e.At), e.Type, string(e.Cause.Kind), e.Cause.ID, int64(e.Cause.Depth), jsonMap(e.Data))
}

func (db *DB) saveLabelSets(ctx context.Context, sets []inbox.LabelSet) error {
	for _, set := range sets {
		if _, err := db.exec(ctx, `DELETE FROM conversation_labels WHERE conversation_id = $1`, int64(set.ConversationID)); err != nil {
			return err
		}
		err := put(ctx, db, labelSetTable, set.Labels, func(args []any, l inbox.LabelID) []any {
			return append(args, int64(set.ConversationID), int64(l))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (db *DB) saveParked(ctx context.Context, ch *inbox.Changes) error {
	err := put(ctx, db, parkedTable, ch.Parked, func(args []any, p inbox.Parked) []any {
		return append(args, p.ID, int64(p.AccountID), p.RemoteID, jsonText(p.Event), micros(p.At))
	})
	if err != nil {
		return err
	}
	for _, id := range ch.Unparked {
		if _, err := db.exec(ctx, `DELETE FROM parked WHERE id = $1`, id); err != nil {
			return err
		}
	}
	return nil
}

func (db *DB) saveFollowUps(ctx context.Context, list []inbox.FollowUp) error {
	if len(list) > 0 {
		leave(ctx, JobsQueued)
	}
	return put(ctx, db, jobTable, list, func(args []any, f inbox.FollowUp) []any {
		return append(args, f.Kind, f.Key, f.Payload, micros(f.Due), micros(f.Due), f.Together)
	})
}

// saveFeed keeps notices for the end of the transaction: whatever runs after this
// would otherwise run, and wait for other locks, under the lock of the feed.
func (db *DB) saveFeed(ctx context.Context, list []inbox.Notice) error {
	t := txOf(ctx)
	if t == nil {
		return errOutside
	}
	t.feed = append(t.feed, list...)
	return nil
}

// flushFeed appends the transaction's notices to the event feed, under its lock so
// that feed order is commit order.
func (db *DB) flushFeed(ctx context.Context) error {
	t := txOf(ctx)
	if len(t.feed) == 0 {
		return nil
	}
	leave(ctx, FeedWritten)
	if err := db.Lock(ctx, []int64{feedLock}); err != nil {
		return fmt.Errorf("lock feed: %w", err)
	}
	list := t.feed
	t.feed = nil
	err := put(ctx, db, feedTable, list, func(args []any, n inbox.Notice) []any {
		team, agent, account := int64(-1), int64(-1), int64(0)
		if n.Moved {
			team, agent, account = n.Was.TeamID, n.Was.AgentID, n.Was.AccountID
		}
		return append(args, micros(n.At), n.Type, n.ObjectID, int64(n.ConversationID), string(n.Cause.Kind), n.Cause.ID, team, agent, account)
	})
	if err != nil {
		return fmt.Errorf("save feed: %w", err)
	}
	return nil
}
