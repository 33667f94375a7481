package store

import (
	"context"
	"fmt"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/inbox/history"
)

// unmergeMoves give back ($1 the merge, $2 who stayed, $3 who went) what moved, and what
// has come to the addresses that moved since: a conversation belongs to whom it answers.
var unmergeMoves = []string{
	`UPDATE identities SET contact_id = $3 WHERE contact_id = $2 AND id IN (SELECT item_id FROM contact_merge_items WHERE merge_id = $1 AND kind = 'identity')`,
	`UPDATE conversations SET contact_id = $3 WHERE contact_id = $2 AND (id IN (SELECT item_id FROM contact_merge_items WHERE merge_id = $1 AND kind = 'conversation')
		OR identity_id IN (SELECT item_id FROM contact_merge_items WHERE merge_id = $1 AND kind = 'identity'))`,
	`UPDATE leads SET contact_id = $3 WHERE contact_id = $2 AND (id IN (SELECT item_id FROM contact_merge_items WHERE merge_id = $1 AND kind = 'lead')
		OR conversation_id IN (SELECT id FROM conversations WHERE contact_id = $3))`,
	`UPDATE requests SET contact_id = $3 WHERE contact_id = $2 AND (id IN (SELECT item_id FROM contact_merge_items WHERE merge_id = $1 AND kind = 'request')
		OR conversation_id IN (SELECT id FROM conversations WHERE contact_id = $3))`,
	`UPDATE contacts SET merged_into = $3 WHERE merged_into = $2 AND id IN (SELECT item_id FROM contact_merge_items WHERE merge_id = $1 AND kind = 'contact')`,
}

// SaveUnmerge implements contact.MergeStore.
func (db *DB) SaveUnmerge(ctx context.Context, m *contact.Merge, kept *contact.Contact, cause actor.Cause, now time.Time) error {
	if err := db.lockConversationsOf(ctx, m.Kept); err != nil {
		return err
	}
	for _, move := range unmergeMoves {
		if _, err := db.exec(ctx, move, int64(m.ID), int64(m.Kept), int64(m.Gone)); err != nil {
			return fmt.Errorf("give back to the contact that went: %w", err)
		}
	}
	if _, err := db.exec(ctx, `UPDATE contacts SET merged_into = 0 WHERE id = $1`, int64(m.Gone)); err != nil {
		return fmt.Errorf("bring contact back: %w", err)
	}
	// What was written since the merge was written by the one who is back.
	if _, err := db.exec(ctx, `UPDATE messages SET author_id = $1 WHERE conversation_id IN (SELECT id FROM conversations WHERE contact_id = $1)
		AND author_kind = 'contact' AND author_id = $2 AND created_at >= $3`, int64(m.Gone), int64(m.Kept), micros(m.At)); err != nil {
		return fmt.Errorf("name authors: %w", err)
	}
	if err := db.reopenSecondLead(ctx, m, cause, now); err != nil {
		return fmt.Errorf("reopen lead: %w", err)
	}
	if _, err := db.exec(ctx, `UPDATE contact_merges SET undone_at = $2 WHERE id = $1`, int64(m.ID), micros(now)); err != nil {
		return fmt.Errorf("end merge: %w", err)
	}
	parted := history.Change{Field: history.Merged, From: history.ID(int64(m.Gone)), To: history.ID(0)}
	if err := db.addLine(ctx, history.Contact, int64(m.Kept), now, cause, parted); err != nil {
		return err
	}
	ch := &inbox.Changes{Contacts: []*contact.Contact{kept}}
	ch.Feed = append(ch.Feed,
		inbox.Notice{At: now, Type: "contact.created", ObjectID: int64(m.Gone), Cause: cause},
		inbox.Notice{At: now, Type: "contact.updated", ObjectID: int64(m.Kept), Cause: cause})
	if err := db.tellMerged(ctx, ch, m, cause, now, "unmerged"); err != nil {
		return err
	}
	if err := db.Save(ctx, ch); err != nil {
		return err
	}
	return db.duplicatesAnew(ctx, m.Kept, m.Gone)
}
