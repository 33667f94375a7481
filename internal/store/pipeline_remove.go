package store

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/history"
	"parley/inbox/pipeline"
)

// removal is a lead or a request that is being deleted.
type removal struct {
	noun  history.Noun
	table string
	id    int64
	own   int64          // the conversation that it came of; 0 = none
	was   actor.Sight    // who saw it
	data  map[string]any // what timelines say
	left  []int64        // the conversations that belonged to it
}

// DeleteLead implements pipeline.RemovalStore. Conversations have no index by lead: they are found by whose they are.
func (db *DB) DeleteLead(ctx context.Context, l *pipeline.Lead, cause actor.Cause, at time.Time) error {
	left, err := db.column(ctx, `UPDATE conversations SET lead_id = 0, updated_at = $2 WHERE lead_id = $1 AND (contact_id = $3 OR id = $4) RETURNING id`,
		int64(l.ID), micros(at), int64(l.ContactID), l.ConversationID)
	if err != nil {
		return fmt.Errorf("unlink lead: %w", err)
	}
	return db.remove(ctx, &removal{
		noun: history.Lead, table: "leads", id: int64(l.ID), own: l.ConversationID, left: left,
		was:  actor.Sight{AccountID: l.AccountID, TeamID: l.TeamID, AgentID: l.OwnerID},
		data: map[string]any{"lead_id": strconv.FormatInt(int64(l.ID), 10), "deleted": true},
	}, cause, at)
}

// DeleteRequest implements pipeline.RemovalStore.
func (db *DB) DeleteRequest(ctx context.Context, r *pipeline.Request, cause actor.Cause, at time.Time) error {
	left, err := db.column(ctx, `UPDATE conversations SET request_id = 0, updated_at = $2 WHERE request_id <> 0 AND request_id = $1 RETURNING id`, int64(r.ID), micros(at))
	if err != nil {
		return fmt.Errorf("unlink request: %w", err)
	}
	return db.remove(ctx, &removal{
		noun: history.Request, table: "requests", id: int64(r.ID), own: r.ConversationID, left: left,
		was:  actor.Sight{AccountID: r.AccountID, TeamID: r.TeamID, AgentID: r.OwnerID},
		data: map[string]any{"request_id": strconv.FormatInt(int64(r.ID), 10), "number": r.Number, "deleted": true},
	}, cause, at)
}

// remove deletes the row and its history, and says so in the conversations and to open pages.
func (db *DB) remove(ctx context.Context, g *removal, cause actor.Cause, at time.Time) error {
	if _, err := db.exec(ctx, `DELETE FROM field_changes WHERE noun = $1 AND object_id = $2`, string(g.noun), g.id); err != nil {
		return fmt.Errorf("forget history: %w", err)
	}
	if _, err := db.exec(ctx, `DELETE FROM `+g.table+` WHERE id = $1`, g.id); err != nil {
		return fmt.Errorf("delete from %s: %w", g.table, err)
	}
	ch := &inbox.Changes{}
	ch.Feed = append(ch.Feed, inbox.Notice{
		At: at, Type: string(g.noun) + ".deleted", ObjectID: g.id, ConversationID: inbox.ConversationID(g.own), Cause: cause, Moved: true, Was: g.was,
	})
	told := slices.Clone(g.left)
	if g.own != 0 && !slices.Contains(told, g.own) {
		told = append(told, g.own)
	}
	lines, err := db.NextIDs(ctx, len(told))
	if err != nil {
		return err
	}
	for n, c := range told {
		ch.Enter(lines[n], inbox.ConversationID(c), string(g.noun), cause, at, g.data)
		ch.Feed = append(ch.Feed, inbox.Notice{At: at, Type: "conversation.updated", ObjectID: c, ConversationID: inbox.ConversationID(c), Cause: cause})
	}
	return db.Save(ctx, ch)
}
