package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"parley/inbox/actor"
	"parley/inbox/contact"
)

// How many contacts are looked at, and how many shown, that may be the same person.
const (
	comparedDuplicates = 50
	shownDuplicates    = 10
)

// everywhere are the scopes whose addresses mean the same person in each of them.
var everywhere = []string{contact.ScopeEmail, contact.ScopePhone, "whatsapp", "sms"}

// Duplicates implements contact.MergeStore: who has an address of p, typed by somebody in
// at least one of them, or is called the same by two words or more.
func (db *DB) Duplicates(ctx context.Context, v actor.Viewer, p contact.Contact) ([]contact.Duplicate, error) {
	shared := map[contact.ID][]contact.Address{}
	for chunk := range slices.Chunk(p.Identities, maxChunk) {
		if err := db.sharers(ctx, p.ID, chunk, shared); err != nil {
			return nil, fmt.Errorf("find shared addresses: %w", err)
		}
	}
	b := &builder{}
	b.add("SELECT ", prefixed("p", contactCols), " FROM contacts p WHERE p.merged_into = 0 AND p.id <> ", b.arg(int64(p.ID)), " AND ", contactVisible(b, v), " AND (1 = 0")
	if len(shared) > 0 {
		ids := make([]int64, 0, len(shared))
		for id := range shared {
			ids = append(ids, int64(id))
		}
		slices.Sort(ids)
		b.add(" OR p.id IN ", list(b, ids))
	}
	key := contact.Fold(p.Name)
	if strings.Contains(key, " ") {
		b.add(" OR p.name_key = ", b.arg(key))
	}
	b.add(") ORDER BY p.id LIMIT ", b.arg(int64(comparedDuplicates)))
	found, err := db.contacts(ctx, b.text.String(), b.args...)
	if err != nil {
		return nil, fmt.Errorf("find duplicates: %w", err)
	}
	out := make([]contact.Duplicate, len(found))
	for n, c := range found {
		out[n] = contact.Duplicate{Contact: c, Shared: shared[c.ID], Name: strings.Contains(key, " ") && contact.Fold(c.Name) == key}
	}
	known, err := db.distinctOf(ctx, []int64{int64(p.ID)})
	if err != nil {
		return nil, err
	}
	out = slices.DeleteFunc(out, func(d contact.Duplicate) bool {
		return known[[2]contact.ID{min(p.ID, d.Contact.ID), max(p.ID, d.Contact.ID)}]
	})
	slices.SortStableFunc(out, func(a, b contact.Duplicate) int { return len(b.Shared) - len(a.Shared) })
	out = out[:min(len(out), shownDuplicates)]
	return out, db.fillDuplicates(ctx, out)
}

func (db *DB) fillDuplicates(ctx context.Context, list []contact.Duplicate) error {
	people := make([]contact.Contact, len(list))
	for n := range list {
		people[n] = list[n].Contact
	}
	err := db.fillIdentities(ctx, people)
	for n := range list {
		list[n].Contact = people[n]
	}
	return err
}

// sharers notes which other contacts have some of the addresses.
func (db *DB) sharers(ctx context.Context, id contact.ID, have []contact.Identity, shared map[contact.ID][]contact.Address) error {
	addresses := make([]string, len(have))
	for n, i := range have {
		addresses[n] = i.Address
	}
	b := &builder{}
	b.add("SELECT contact_id, scope, address FROM identities WHERE address IN ", list(b, addresses), " AND contact_id <> ", b.arg(int64(id)),
		" ORDER BY id LIMIT ", b.arg(int64(comparedDuplicates)))
	return db.each(ctx, b.text.String(), b.args, func(r *sql.Rows) error {
		var who contact.ID
		var a contact.Address
		if err := r.Scan(&who, &a.Scope, &a.Address); err != nil {
			return err
		}
		same := slices.ContainsFunc(have, func(i contact.Identity) bool {
			return i.Address == a.Address && (i.Scope == a.Scope || slices.Contains(everywhere, i.Scope) && slices.Contains(everywhere, a.Scope))
		})
		if same && !slices.Contains(shared[who], a) {
			shared[who] = append(shared[who], a)
		}
		return nil
	})
}
