package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
)

// Watch implements inbox.Watching.
func (db *DB) Watch(ctx context.Context, agent inbox.AgentID, c inbox.ConversationID) (inbox.Watch, error) {
	w := inbox.Watch{Agent: agent, Conversation: c}
	_, err := db.one(ctx, `SELECT pinned_at, followed_at FROM watches WHERE agent_id = $1 AND conversation_id = $2`,
		[]any{int64(agent), int64(c)}, timeCol{&w.PinnedAt}, timeCol{&w.FollowedAt})
	return w, err
}

// PutWatch implements inbox.Watching. The notice is of a type that only its agent hears of.
func (db *DB) PutWatch(ctx context.Context, w inbox.Watch, at time.Time) error {
	var err error
	if w.PinnedAt.IsZero() && w.FollowedAt.IsZero() {
		_, err = db.exec(ctx, `DELETE FROM watches WHERE agent_id = $1 AND conversation_id = $2`, int64(w.Agent), int64(w.Conversation))
	} else {
		_, err = db.exec(ctx, `INSERT INTO watches (agent_id, conversation_id, pinned_at, followed_at) VALUES ($1, $2, $3, $4)
			ON CONFLICT (agent_id, conversation_id) DO UPDATE SET pinned_at = excluded.pinned_at, followed_at = excluded.followed_at`,
			int64(w.Agent), int64(w.Conversation), micros(w.PinnedAt), micros(w.FollowedAt))
	}
	if err != nil {
		return fmt.Errorf("keep watch: %w", err)
	}
	return db.saveFeed(ctx, []inbox.Notice{{At: at, Type: "watch.updated", ObjectID: int64(w.Agent), ConversationID: w.Conversation}})
}

// Watched implements inbox.Watching.
func (db *DB) Watched(ctx context.Context, v actor.Viewer) (pinned, followed int, err error) {
	b := &builder{}
	b.add("SELECT COALESCE(SUM(CASE WHEN w.pinned_at > 0 THEN 1 ELSE 0 END), 0), COALESCE(SUM(CASE WHEN w.followed_at > 0 THEN 1 ELSE 0 END), 0)",
		" FROM watches w JOIN conversations c ON c.id = w.conversation_id WHERE w.agent_id = ", b.arg(v.AgentID),
		" AND c.merged_into = 0 AND c.spam_at = 0 AND ", visible(b, v, sightOf("c", "assignee_id")))
	if _, err = db.one(ctx, b.text.String(), b.args, &pinned, &followed); err != nil {
		return 0, 0, fmt.Errorf("count watches: %w", err)
	}
	return pinned, followed, nil
}

// HasFollowers implements inbox.Watching.
func (db *DB) HasFollowers(ctx context.Context, c inbox.ConversationID) (bool, error) {
	var agent int64
	return db.one(ctx, `SELECT agent_id FROM watches WHERE conversation_id = $1 AND followed_at > 0 LIMIT 1`, []any{int64(c)}, &agent)
}

// ShareFollowers implements inbox.Watching.
func (db *DB) ShareFollowers(ctx context.Context, from, to inbox.ConversationID) error {
	_, err := db.exec(ctx, `INSERT INTO watches (agent_id, conversation_id, pinned_at, followed_at)
		SELECT agent_id, CAST($2 AS BIGINT), 0, followed_at FROM watches WHERE conversation_id = $1 AND followed_at > 0
		ON CONFLICT (agent_id, conversation_id) DO UPDATE SET followed_at = CASE WHEN watches.followed_at > 0 THEN watches.followed_at ELSE excluded.followed_at END`,
		int64(from), int64(to))
	if err != nil {
		return fmt.Errorf("share followers: %w", err)
	}
	return nil
}

// ShareWatches implements inbox.Watching.
func (db *DB) ShareWatches(ctx context.Context, from, to inbox.ConversationID, wanted func(inbox.Watch) inbox.Watch, at time.Time) (added []inbox.Watch, err error) {
	theirs, err := db.watchesOf(ctx, from)
	if err != nil || len(theirs) == 0 {
		return nil, err
	}
	here, err := db.watchesOf(ctx, to)
	if err != nil {
		return nil, err
	}
	marked := make(map[inbox.AgentID]inbox.Watch, len(here))
	for _, w := range here {
		marked[w.Agent] = w
	}
	for _, w := range theirs {
		w = wanted(w)
		has := marked[w.Agent]
		has.Agent, has.Conversation = w.Agent, to
		more := inbox.Watch{Agent: w.Agent, Conversation: to}
		if has.PinnedAt.IsZero() {
			more.PinnedAt, has.PinnedAt = w.PinnedAt, w.PinnedAt
		}
		if has.FollowedAt.IsZero() {
			more.FollowedAt, has.FollowedAt = w.FollowedAt, w.FollowedAt
		}
		if more.PinnedAt.IsZero() && more.FollowedAt.IsZero() {
			continue
		}
		if err := db.PutWatch(ctx, has, at); err != nil {
			return nil, err
		}
		added = append(added, more)
	}
	return added, nil
}

// TakeWatchesBack implements inbox.Watching.
func (db *DB) TakeWatchesBack(ctx context.Context, added []inbox.Watch, at time.Time) (taken []inbox.Watch, err error) {
	for _, w := range added {
		has, err := db.Watch(ctx, w.Agent, w.Conversation)
		if err != nil {
			return nil, err
		}
		left, gone := has, inbox.Watch{Agent: w.Agent, Conversation: w.Conversation}
		if has.PinnedAt.Equal(w.PinnedAt) {
			left.PinnedAt, gone.PinnedAt = time.Time{}, has.PinnedAt
		}
		if has.FollowedAt.Equal(w.FollowedAt) {
			left.FollowedAt, gone.FollowedAt = time.Time{}, has.FollowedAt
		}
		if left == has {
			continue
		}
		if err := db.PutWatch(ctx, left, at); err != nil {
			return nil, err
		}
		taken = append(taken, gone)
	}
	return taken, nil
}

// watchesOf returns all marks of a conversation.
func (db *DB) watchesOf(ctx context.Context, c inbox.ConversationID) ([]inbox.Watch, error) {
	var list []inbox.Watch
	err := db.each(ctx, `SELECT agent_id, pinned_at, followed_at FROM watches WHERE conversation_id = $1 ORDER BY agent_id`, []any{int64(c)}, func(r *sql.Rows) error {
		w := inbox.Watch{Conversation: c}
		err := r.Scan(&w.Agent, timeCol{&w.PinnedAt}, timeCol{&w.FollowedAt})
		list = append(list, w)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read watches: %w", err)
	}
	return list, nil
}

var followersOfMany = newKeys(`SELECT conversation_id, agent_id FROM watches WHERE followed_at > 0 AND conversation_id IN (SELECT column1 FROM %s AS v) ORDER BY agent_id`, "BIGINT")

// Followers returns who follows each of some conversations.
func (db *DB) Followers(ctx context.Context, of []inbox.ConversationID) (map[inbox.ConversationID][]inbox.AgentID, error) {
	out := map[inbox.ConversationID][]inbox.AgentID{}
	err := lookup(ctx, db, followersOfMany, of, idArg, func(row scanner) error {
		var c inbox.ConversationID
		var agent inbox.AgentID
		err := row.Scan(&c, &agent)
		out[c] = append(out[c], agent)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("find followers: %w", err)
	}
	return out, nil
}
