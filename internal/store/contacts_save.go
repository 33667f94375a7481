package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/inbox/history"
	"parley/inbox/intake"
)

// LockAddresses makes others who add the same addresses wait, intake among them.
func (db *DB) LockAddresses(ctx context.Context, list []contact.Identity) error {
	refs := make([]intake.IdentityRef, len(list))
	for n, i := range list {
		refs[n] = intake.IdentityRef{Scope: i.Scope, Address: i.Address}
	}
	return db.Lock(ctx, intake.IdentityLocks(refs))
}

// Holders tells which contact holds each of the verified addresses that are taken.
func (db *DB) Holders(ctx context.Context, list []contact.Identity) (map[contact.Address]contact.ID, error) {
	out := map[contact.Address]contact.ID{}
	args := func(args []any, i contact.Identity) []any { return append(args, i.Scope, i.Address) }
	err := lookup(ctx, db, identityByAddress, list, args, func(row scanner) error {
		var i contact.Identity
		err := row.Scan(identityDest(&i)...)
		out[contact.Address{Scope: i.Scope, Address: i.Address}] = i.ContactID
		return err
	})
	return out, err
}

// IdentityUsed tells whether conversations answer to an identity of a contact.
func (db *DB) IdentityUsed(ctx context.Context, id contact.ID, identity contact.IdentityID) (bool, error) {
	var n int64
	return db.one(ctx, `SELECT id FROM conversations WHERE contact_id = $1 AND identity_id = $2 LIMIT 1`, []any{int64(id), int64(identity)}, &n)
}

// ContactUsed tells whether conversations, leads or requests belong to a contact.
func (db *DB) ContactUsed(ctx context.Context, id contact.ID) (bool, error) {
	var n int64
	return db.one(ctx, `SELECT 1 WHERE EXISTS (SELECT 1 FROM conversations WHERE contact_id = $1)
		OR EXISTS (SELECT 1 FROM leads WHERE contact_id = $1) OR EXISTS (SELECT 1 FROM requests WHERE contact_id = $1)`, []any{int64(id)}, &n)
}

// toldConversations is in how many conversations of a contact a change is told.
const toldConversations = 20

// SaveContact writes a change and tells open pages of it.
func (db *DB) SaveContact(ctx context.Context, change contact.Change) error {
	ch := &inbox.Changes{}
	kind := "contact.updated"
	if change.New {
		kind = "contact.created"
	}
	ch.Contact(change.Contact, kind, change.Cause, change.At)
	for n := range change.Add {
		ch.Identities = append(ch.Identities, &change.Add[n])
	}
	if err := db.removeIdentities(ctx, &change); err != nil {
		return err
	}
	if change.Renamed && !change.New {
		if err := db.tellConversations(ctx, ch, &change); err != nil {
			return err
		}
	}
	if err := db.Save(ctx, ch); err != nil {
		return err
	}
	return db.duplicatesAnew(ctx, change.Contact.ID)
}

// removeIdentities removes addresses of a contact; its history keeps them.
func (db *DB) removeIdentities(ctx context.Context, change *contact.Change) error {
	for _, id := range change.Remove {
		var i contact.Identity
		found, err := db.one(ctx, `DELETE FROM identities WHERE id = $1 AND contact_id = $2 RETURNING `+identityCols, []any{int64(id), int64(change.Contact.ID)}, identityDest(&i)...)
		if err != nil {
			return fmt.Errorf("remove identity: %w", err)
		}
		if !found {
			continue
		}
		gone := history.Change{Field: history.Identity, From: history.AddressOf(&i), To: history.ID(0)}
		if err := db.addLine(ctx, history.Contact, int64(change.Contact.ID), change.At, change.Cause, gone); err != nil {
			return err
		}
	}
	return nil
}

// tellConversations tells of a change in the contact's conversations that are not closed.
func (db *DB) tellConversations(ctx context.Context, ch *inbox.Changes, change *contact.Change) error {
	var list []inbox.ConversationID
	err := db.each(ctx, `SELECT id FROM conversations WHERE contact_id = $1 AND status <> 'closed' ORDER BY last_at DESC LIMIT $2`,
		[]any{int64(change.Contact.ID), int64(toldConversations)}, func(r *sql.Rows) error {
			var c inbox.ConversationID
			err := r.Scan(&c)
			list = append(list, c)
			return err
		})
	if err != nil || len(list) == 0 {
		return err
	}
	ids, err := db.NextIDs(ctx, len(list))
	if err != nil {
		return err
	}
	for n, c := range list {
		if change.Data != nil {
			ch.Enter(ids[n], c, "contact", change.Cause, change.At, change.Data)
		}
		ch.Feed = append(ch.Feed, inbox.Notice{At: change.At, Type: "conversation.updated", ObjectID: int64(c), ConversationID: c, Cause: change.Cause})
	}
	return nil
}

// DeleteContact removes a contact with its identities and tells open pages of it.
func (db *DB) DeleteContact(ctx context.Context, p *contact.Contact, cause actor.Cause, at time.Time) error {
	if _, err := db.exec(ctx, `DELETE FROM identities WHERE contact_id = $1`, int64(p.ID)); err != nil {
		return err
	}
	if err := db.forgetHistory(ctx, p.ID); err != nil {
		return err
	}
	if err := db.forgetDuplicatePairs(ctx, p.ID); err != nil {
		return err
	}
	if err := db.forgetMerges(ctx, p.ID); err != nil {
		return err
	}
	if _, err := db.exec(ctx, `DELETE FROM contacts WHERE id = $1`, int64(p.ID)); err != nil {
		return err
	}
	gone := inbox.Notice{At: at, Type: "contact.deleted", ObjectID: int64(p.ID), Cause: cause, Moved: true, Was: actor.Sight{AgentID: p.OwnerID}}
	return db.Save(ctx, &inbox.Changes{Feed: []inbox.Notice{gone}})
}

// AccountPlace returns the kind of an account and the team that its new conversations
// go to; archived accounts are not found.
func (db *DB) AccountPlace(ctx context.Context, id channels.AccountID) (kind channels.Kind, team inbox.TeamID, found bool, err error) {
	found, err = db.one(ctx, `SELECT kind, team_id FROM accounts WHERE id = $1 AND NOT archived`, []any{int64(id)}, &kind, &team)
	return kind, team, found, err
}
