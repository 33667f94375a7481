package store

import (
	"context"
	"database/sql"
	"fmt"
	"sort"

	"parley/inbox"
	"parley/inbox/actor"
)

// Timeline merges messages and what else happened, in the order of time. The cursor
// is the time and id where the last page ended; an entry comes before a message of
// the same microsecond.
func (db *DB) Timeline(ctx context.Context, v actor.Viewer, c inbox.ConversationID, cursor string, limit int) (inbox.Page[inbox.TimelineItem], bool, error) {
	var page inbox.Page[inbox.TimelineItem]
	if ok, err := db.seesConversation(ctx, v, c); err != nil || !ok {
		return page, false, err
	}
	after, err := parsePosition(cursor)
	if err != nil {
		return page, true, err
	}
	if after == nil {
		after = &position{}
	}
	items, err := db.timelineItems(ctx, c, after, limit+1)
	if err != nil {
		return page, true, fmt.Errorf("read timeline: %w", err)
	}
	if items, err = db.joinTimelines(ctx, v, c, items, after, limit+1); err != nil {
		return page, true, fmt.Errorf("read timelines of what was merged: %w", err)
	}
	page.Items = items
	if len(items) > limit {
		page.Items = items[:limit]
		page.Next = placeOf(&page.Items[limit-1]).String()
	}
	return page, true, nil
}

// placeOf returns where an item stands; phase 0 is entries, 1 messages.
func placeOf(i *inbox.TimelineItem) position {
	if i.Message != nil {
		return position{phase: 1, key: micros(i.Message.CreatedAt), id: int64(i.Message.ID)}
	}
	return position{phase: 0, key: micros(i.Entry.At), id: i.Entry.ID}
}

func before(a, b position) bool {
	if a.key != b.key {
		return a.key < b.key
	}
	if a.phase != b.phase {
		return a.phase < b.phase
	}
	return a.id < b.id
}

func (db *DB) timelineItems(ctx context.Context, c inbox.ConversationID, after *position, limit int) ([]inbox.TimelineItem, error) {
	var items []inbox.TimelineItem
	err := db.each(ctx, `SELECT t.id, t.conversation_id, t.at, t.type, t.cause_kind, t.cause_id, t.cause_depth, t.data, COALESCE(g.name, w.name, '')
		FROM timeline t LEFT JOIN agents g ON t.cause_kind = 'agent' AND g.id = t.cause_id
		LEFT JOIN triggers w ON t.cause_kind = 'trigger' AND w.id = t.cause_id
		WHERE t.conversation_id = $1 AND t.at >= $2 ORDER BY t.at, t.id LIMIT $3`, []any{int64(c), after.key, int64(limit + 200)}, func(r *sql.Rows) error {
		var e inbox.Entry
		item := inbox.TimelineItem{Entry: &e}
		err := r.Scan(&e.ID, &e.ConversationID, timeCol{&e.At}, &e.Type, &e.Cause.Kind, &e.Cause.ID, &e.Cause.Depth, jsonCol{&e.Data}, &item.CauseName)
		items = append(items, item)
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := db.hideWords(ctx, items); err != nil {
		return nil, err
	}
	messages, err := db.messages(ctx, `WHERE m.conversation_id = $1 AND m.seq IS NOT NULL AND m.created_at >= $2 ORDER BY m.seq LIMIT $3`,
		int64(c), after.key, int64(limit+200))
	if err != nil {
		return nil, err
	}
	for i := range messages {
		items = append(items, inbox.TimelineItem{Message: &messages[i]})
	}
	inOrder(items)
	kept := items[:0]
	for _, item := range items {
		if *after == (position{}) || before(*after, placeOf(&item)) {
			kept = append(kept, item)
		}
	}
	return kept[:min(len(kept), limit)], nil
}

func inOrder(items []inbox.TimelineItem) {
	sort.SliceStable(items, func(i, j int) bool { return before(placeOf(&items[i]), placeOf(&items[j])) })
}

// joinTimelines adds what happened in the conversations that have become part of this one.
func (db *DB) joinTimelines(ctx context.Context, v actor.Viewer, c inbox.ConversationID, items []inbox.TimelineItem, after *position, limit int) ([]inbox.TimelineItem, error) {
	joined, err := db.joinedIDs(ctx, v, c)
	if err != nil || len(joined) == 0 {
		return items, err
	}
	for _, id := range joined {
		more, err := db.timelineItems(ctx, inbox.ConversationID(id), after, limit)
		if err != nil {
			return nil, err
		}
		items = append(items, more...)
	}
	inOrder(items)
	return items[:min(len(items), limit)], nil
}
