package store

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/contact"
)

// contactVisible returns the condition under which the viewer may see the contact p.
// It says in SQL what contact.Visible says in Go.
func contactVisible(b *builder, v actor.Viewer) string {
	switch v.Scope {
	case actor.All:
		if len(v.Accounts) == 0 {
			return "1 = 1"
		}
	case actor.Team:
	case actor.Own:
		return ownContacts(b, v)
	default:
		return "1 = 0"
	}
	parts := []string{"EXISTS (SELECT 1 FROM conversations c WHERE c.contact_id = p.id AND " + visible(b, v, sightOf("c", "assignee_id")) + ")"}
	if v.AgentID != 0 {
		parts = append(parts, "p.owner_id = "+b.arg(v.AgentID))
	}
	parts = append(parts, "NOT EXISTS (SELECT 1 FROM conversations c WHERE c.contact_id = p.id)")
	return "(" + strings.Join(parts, " OR ") + ")"
}

// ownContacts is contactVisible for who sees only their own: few among many, so they
// are found by what they are the agent of, each part by an index, and not tried one by one.
func ownContacts(b *builder, v actor.Viewer) string {
	if v.AgentID == 0 {
		return "1 = 0"
	}
	me, accounts := b.arg(v.AgentID), ""
	if len(v.Accounts) > 0 {
		accounts = " AND c.account_id IN " + list(b, v.Accounts)
	}
	parts := []string{"SELECT o.id FROM contacts o WHERE o.owner_id <> 0 AND o.owner_id = " + me}
	for _, half := range []string{"c.status <> 'closed'", "c.status = 'closed' AND c.merged_into = 0 AND c.spam_at = 0", "c.spam_at > 0", "c.merged_into <> 0"} {
		parts = append(parts, "SELECT c.contact_id FROM conversations c WHERE "+half+" AND c.assignee_id = "+me+accounts)
	}
	return "p.id IN (" + strings.Join(parts, " UNION ") + ")"
}

// namePlace is where a page of contacts ended: the id, and the folded name.
type namePlace struct {
	id  int64
	key string
}

func (p namePlace) String() string { return strconv.FormatInt(p.id, 10) + "." + p.key }

func parseNamePlace(cursor string) (*namePlace, error) {
	if cursor == "" {
		return nil, nil
	}
	id, key, ok := strings.Cut(cursor, ".")
	n, err := strconv.ParseInt(id, 10, 64)
	if !ok || err != nil {
		return nil, errBadCursor
	}
	return &namePlace{id: n, key: key}, nil
}

// addressMatches is how many addresses a search looks at for each way to read it, and how many names of those who were merged.
const addressMatches = 500

// Contacts returns a page by name, with identities.
func (db *DB) Contacts(ctx context.Context, v actor.Viewer, f contact.Filter) (contact.Page, error) {
	after, err := parseNamePlace(f.Cursor)
	if err != nil {
		return contact.Page{}, err
	}
	b := &builder{}
	b.add("SELECT ", prefixed("p", contactCols), " FROM contacts p WHERE p.merged_into = 0 AND ", contactVisible(b, v))
	if f.Owner != nil {
		b.add(" AND p.owner_id = ", b.arg(*f.Owner))
	}
	contactSearch(b, f.Query)
	if after != nil {
		b.add(" AND (p.name_key, p.id) > (", b.arg(after.key), ", ", b.arg(after.id), ")")
	}
	b.add(" ORDER BY p.name_key, p.id LIMIT ", b.arg(int64(f.Limit+1)))
	list, err := db.contacts(ctx, b.text.String(), b.args...)
	if err != nil {
		return contact.Page{}, fmt.Errorf("list contacts: %w", err)
	}
	page := contact.Page{Items: list}
	if len(list) > f.Limit {
		page.Items = list[:f.Limit]
		last := &page.Items[f.Limit-1]
		page.Next = namePlace{id: int64(last.ID), key: contact.Fold(last.Name)}.String()
	}
	return page, db.fillIdentities(ctx, page.Items)
}

// contactSearch restricts to names and addresses that begin with what was typed, names of those who became part of
// another among them.
func contactSearch(b *builder, query string) {
	key := contact.Fold(query)
	if key == "" {
		return
	}
	b.add(" AND (p.name_key >= ", b.arg(key), " AND p.name_key < ", b.arg(key+"\U0010FFFF"))
	b.add(" OR p.id IN (SELECT m.merged_into FROM (SELECT g.merged_into FROM contacts g WHERE g.merged_into <> 0 AND g.name_key >= ", b.arg(key),
		" AND g.name_key < ", b.arg(key+"\U0010FFFF"), " ORDER BY g.name_key LIMIT ", strconv.Itoa(addressMatches), ") AS m)")
	for _, prefix := range contact.Prefixes(query) {
		b.add(" OR p.id IN (SELECT m.contact_id FROM (SELECT i.contact_id FROM identities i WHERE i.address >= ", b.arg(prefix),
			" AND i.address < ", b.arg(prefix+"\U0010FFFF"), " ORDER BY i.address LIMIT ", strconv.Itoa(addressMatches), ") AS m)")
	}
	b.add(")")
}

func (db *DB) contacts(ctx context.Context, query string, args ...any) ([]contact.Contact, error) {
	var out []contact.Contact
	err := db.each(ctx, query, args, func(r *sql.Rows) error {
		var p contact.Contact
		err := r.Scan(contactDest(&p)...)
		out = append(out, p)
		return err
	})
	return out, err
}

var identitiesOf = newKeys(`SELECT `+identityCols+` FROM identities WHERE contact_id IN (SELECT column1 FROM %s AS v) ORDER BY id`, "BIGINT")

// fillIdentities gives contacts their addresses, oldest first.
func (db *DB) fillIdentities(ctx context.Context, list []contact.Contact) error {
	index := make(map[contact.ID]int, len(list))
	ids := make([]contact.ID, len(list))
	for n := range list {
		ids[n], index[list[n].ID] = list[n].ID, n
	}
	return lookup(ctx, db, identitiesOf, ids, idArg, func(row scanner) error {
		var i contact.Identity
		err := row.Scan(identityDest(&i)...)
		if n, ok := index[i.ContactID]; ok && err == nil {
			list[n].Identities = append(list[n].Identities, i)
		}
		return err
	})
}

// Contact returns one that the viewer may see, with identities.
func (db *DB) Contact(ctx context.Context, v actor.Viewer, id contact.ID) (contact.Contact, bool, error) {
	return db.oneContact(ctx, v, id, "")
}

// LockContact returns one for changing it until the transaction ends, with identities.
func (db *DB) LockContact(ctx context.Context, v actor.Viewer, id contact.ID) (*contact.Contact, bool, error) {
	lock := ""
	if db.engine == Postgres {
		lock = " FOR UPDATE OF p"
	}
	p, found, err := db.oneContact(ctx, v, id, lock)
	return &p, found, err
}

// oneContact reads a contact, or the one that it was merged into: whoever remembers the
// id of the former finds the latter.
func (db *DB) oneContact(ctx context.Context, v actor.Viewer, id contact.ID, lock string) (contact.Contact, bool, error) {
	p, found, err := db.presentContact(ctx, v, id, lock)
	if err != nil || found {
		return p, found, err
	}
	var into contact.ID
	if merged, err := db.one(ctx, `SELECT merged_into FROM contacts WHERE id = $1 AND merged_into <> 0`, []any{int64(id)}, &into); err != nil || !merged {
		return contact.Contact{}, false, err
	}
	return db.presentContact(ctx, v, into, lock)
}

func (db *DB) presentContact(ctx context.Context, v actor.Viewer, id contact.ID, lock string) (contact.Contact, bool, error) {
	b := &builder{}
	b.add("SELECT ", prefixed("p", contactCols), " FROM contacts p WHERE p.id = ", b.arg(int64(id)), " AND p.merged_into = 0 AND ", contactVisible(b, v), lock)
	list, err := db.contacts(ctx, b.text.String(), b.args...)
	if err != nil || len(list) == 0 {
		return contact.Contact{}, false, err
	}
	err = db.fillIdentities(ctx, list)
	return list[0], true, err
}

// AgentExists tells whether there is such an agent who is not disabled.
func (db *DB) AgentExists(ctx context.Context, id int64) (bool, error) {
	return db.Assignable(ctx, inbox.AgentID(id))
}
