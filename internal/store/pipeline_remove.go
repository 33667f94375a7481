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

// ofLead finds the conversations of lead $1 of contact $2. They have no index by lead, which every message would keep
// up: they are found by whose they are, also of those who were one with the contact for a while, and by what took one
// of the contact's in, as mails of several people do that turn out to be of one thread. All of that is one list of ids:
// with an OR beside it PostgreSQL would read every conversation.
const ofLead = ` FROM conversations WHERE lead_id = $1 AND id IN (
	SELECT conversation_id FROM leads WHERE id = $1
	UNION SELECT merged_into FROM conversations WHERE contact_id = $2 AND merged_into <> 0
	UNION SELECT id FROM conversations WHERE contact_id IN (
		SELECT $2 UNION SELECT gone_id FROM contact_merges WHERE kept_id = $2 UNION SELECT kept_id FROM contact_merges WHERE gone_id = $2))`

// LockLeadsConversations implements pipeline.RemovalStore.
func (db *DB) LockLeadsConversations(ctx context.Context, l *pipeline.Lead) error {
	_, err := db.column(ctx, `SELECT id`+ofLead+` ORDER BY id
		FOR UPDATE -- only: postgres
		`, int64(l.ID), int64(l.ContactID))
	return err
}

// LockRequestsConversations implements pipeline.RemovalStore.
func (db *DB) LockRequestsConversations(ctx context.Context, id pipeline.RequestID) error {
	_, err := db.column(ctx, `SELECT id FROM conversations WHERE request_id <> 0 AND request_id = $1 ORDER BY id
		FOR UPDATE -- only: postgres
		`, int64(id))
	return err
}

// DeleteLead implements pipeline.RemovalStore.
func (db *DB) DeleteLead(ctx context.Context, l *pipeline.Lead, cause actor.Cause, at time.Time) error {
	left, err := db.column(ctx, `UPDATE conversations SET lead_id = 0, updated_at = $3 WHERE id IN (SELECT id`+ofLead+`) RETURNING id`,
		int64(l.ID), int64(l.ContactID), micros(at))
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
