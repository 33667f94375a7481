package store

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"parley/inbox/contact"
	"parley/inbox/duplicates"
	"parley/inbox/search"
)

// Bounds of looking for pairs.
const (
	sameNamed  = 40 // contacts of one name that are compared
	rareName   = 3  // contacts who have it
	sameHolder = 10 // of an address: more of them share a telephone, and are not one person
	signLength = 4  // bytes of a mailbox's name, or of an own field's text, that say something
)

// holdDuplicates makes a node the one that looks for duplicates, when the one that did is dead.
const holdDuplicates = `UPDATE search_pairs_progress SET node = $1 WHERE id = 1 AND node = $2`

// HoldDuplicates implements duplicates.Store.
func (db *DB) HoldDuplicates(ctx context.Context, node string) (p duplicates.Progress, ours bool, err error) {
	var holder string
	var lives bool
	_, err = db.one(ctx, `SELECT feed, people, node, CASE WHEN EXISTS (SELECT 1 FROM nodes n WHERE n.id = search_pairs_progress.node AND n.until > `+clockNow+`) THEN 1 ELSE 0 END
		FROM search_pairs_progress WHERE id = 1`, nil, &p.Feed, &p.People, &holder, &lives)
	if err != nil || node == "" || holder == node {
		return p, err == nil, err
	}
	if lives {
		return p, false, nil
	}
	err = db.Bulk(ctx, func(ctx context.Context) error {
		n, err := db.exec(ctx, holdDuplicates, node, holder)
		ours = n > 0
		return err
	})
	return p, ours, err
}

// LookForDuplicates implements duplicates.Store. It looks outside of the transaction that writes: who changes
// meanwhile is told of by the feed, and looked at again.
func (db *DB) LookForDuplicates(ctx context.Context, was, is duplicates.Progress, ids []int64) (took time.Duration, err error) {
	found, anew, err := db.findDuplicatePairs(ctx, ids)
	if err != nil {
		return 0, err
	}
	err = db.Bulk(ctx, func(ctx context.Context) error {
		begun := time.Now()
		n, err := db.exec(ctx, `UPDATE search_pairs_progress SET feed = $1, people = $2 WHERE id = 1 AND feed = $3 AND people = $4`, is.Feed, is.People, was.Feed, was.People)
		if err != nil || n == 0 {
			return err
		}
		err = db.saveDuplicatePairs(ctx, anew, found)
		took = time.Since(begun)
		return err
	})
	return took, err
}

// duplicatesAnew looks at contacts in the transaction that has changed them, so that who did it sees
// what came of it at once.
func (db *DB) duplicatesAnew(ctx context.Context, ids ...contact.ID) error {
	plain := make([]int64, len(ids))
	for i, id := range ids {
		plain[i] = int64(id)
	}
	found, anew, err := db.findDuplicatePairs(ctx, plain)
	if err != nil {
		return err
	}
	return db.saveDuplicatePairs(ctx, anew, found)
}

// saveDuplicatePairs replaces the pairs of some contacts by those found.
func (db *DB) saveDuplicatePairs(ctx context.Context, anew []int64, found []contact.DuplicatePair) error {
	for _, old := range []*keys{pairsOfLow, pairsOfHigh} {
		if err := change(ctx, db, old, anew, plainID); err != nil {
			return fmt.Errorf("forget pairs: %w", err)
		}
	}
	err := put(ctx, db, duplicatePairTable, found, func(args []any, p contact.DuplicatePair) []any {
		return append(args, int64(p.Low), int64(p.High), int64(p.Why.Strength()), jsonText(p.Why))
	})
	if err != nil {
		return fmt.Errorf("save pairs: %w", err)
	}
	return nil
}

var (
	pairsOfLow         = newKeys(`DELETE FROM search_pairs WHERE low_id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
	pairsOfHigh        = newKeys(`DELETE FROM search_pairs WHERE high_id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
	duplicatePairTable = newTable("search_pairs", "low_id, high_id, strength, why", " ON CONFLICT (low_id, high_id) DO UPDATE SET strength = excluded.strength, why = excluded.why")
)

// crowd is some contacts who are looked at, and all whom they are compared with.
type crowd struct {
	all    map[contact.ID]*contact.Contact
	named  map[string][]contact.ID            // by folded name, of two words or more
	shared map[contact.ID]map[contact.ID]bool // who has an address of whom
}

// findDuplicatePairs looks at contacts and returns the pairs that they are part of, and of whom all pairs
// are known then: also of those whose name has just stopped to be rare.
func (db *DB) findDuplicatePairs(ctx context.Context, ids []int64) (found []contact.DuplicatePair, anew []int64, err error) {
	c := &crowd{all: map[contact.ID]*contact.Contact{}, named: map[string][]contact.ID{}, shared: map[contact.ID]map[contact.ID]bool{}}
	looked := slices.Clone(ids)
	if err := db.gather(ctx, c, looked); err != nil {
		return nil, nil, err
	}
	var further []int64
	for _, members := range c.named {
		if len(members) == rareName+1 {
			for _, id := range members {
				if !slices.Contains(looked, int64(id)) {
					further = append(further, int64(id))
				}
			}
		}
	}
	if len(further) > 0 {
		looked = append(looked, further...)
		if err := db.gather(ctx, c, further); err != nil {
			return nil, nil, err
		}
	}
	known, err := db.distinctOf(ctx, looked)
	if err != nil {
		return nil, nil, err
	}
	pairs := map[[2]contact.ID]contact.DuplicatePair{}
	for _, id := range looked {
		c.pairsOf(contact.ID(id), func(p contact.DuplicatePair) {
			if key := [2]contact.ID{p.Low, p.High}; !known[key] && p.Why.Strength() > 0 {
				pairs[key] = p
			}
		})
	}
	for _, p := range pairs {
		found = append(found, p)
	}
	slices.SortFunc(found, func(a, b contact.DuplicatePair) int {
		return cmp.Or(cmp.Compare(a.Low, b.Low), cmp.Compare(a.High, b.High))
	})
	return found, looked, nil
}

// gather reads contacts with their addresses, who is called as they are, and who has their
// addresses.
func (db *DB) gather(ctx context.Context, c *crowd, ids []int64) error {
	if err := db.meetAll(ctx, c, ids); err != nil {
		return err
	}
	var names []string
	var questions []question
	sharers := map[int64]bool{}
	for _, id := range ids {
		p := c.all[contact.ID(id)]
		if p == nil {
			continue
		}
		if key := contact.Fold(p.Name); strings.Contains(key, " ") && c.named[key] == nil && !slices.Contains(names, key) {
			names = append(names, key)
			questions = append(questions, question{
				text: db.on(`SELECT id FROM contacts WHERE name_key = $1 AND merged_into = 0 ORDER BY id DESC LIMIT $2`), args: []any{key, int64(sameNamed)},
				scan: func(r scanner) error {
					var other contact.ID
					err := r.Scan(&other)
					c.named[key] = append(c.named[key], other)
					return err
				},
			})
		}
		for chunk := range slices.Chunk(p.Identities, maxChunk) {
			questions = append(questions, db.holdersOf(c, p.ID, chunk, sharers))
		}
	}
	if err := db.ask(ctx, questions...); err != nil {
		return fmt.Errorf("look for the same names and addresses: %w", err)
	}
	for _, members := range c.named {
		for _, id := range members {
			sharers[int64(id)] = true
		}
	}
	return db.meetAll(ctx, c, slices.Sorted(maps.Keys(sharers)))
}

// holdersOf asks who else has some of a contact's addresses.
func (db *DB) holdersOf(c *crowd, id contact.ID, have []contact.Identity, sharers map[int64]bool) question {
	b := &builder{}
	addresses := make([]string, len(have))
	for n, i := range have {
		addresses[n] = i.Address
	}
	b.add("SELECT DISTINCT contact_id FROM identities WHERE address IN ", list(b, addresses), " AND contact_id <> ", b.arg(int64(id)), " ORDER BY contact_id LIMIT ", b.arg(int64(maxChunk)))
	return question{text: db.on(b.text.String()), args: b.args, scan: func(r scanner) error {
		var other contact.ID
		err := r.Scan(&other)
		if c.shared[id] == nil {
			c.shared[id] = map[contact.ID]bool{}
		}
		c.shared[id][other], sharers[int64(other)] = true, true
		return err
	}}
}

// meetAll reads contacts that stand for themselves, with their addresses.
func (db *DB) meetAll(ctx context.Context, c *crowd, ids []int64) error {
	var list []contact.Contact
	var fresh []int64
	for _, id := range ids {
		if c.all[contact.ID(id)] == nil {
			fresh = append(fresh, id)
		}
	}
	seen := map[contact.ID]bool{}
	err := lookup(ctx, db, wasContacts, fresh, plainID, func(row scanner) error {
		var p contact.Contact
		err := row.Scan(contactDest(&p)...)
		if p.MergedInto == 0 && !seen[p.ID] {
			seen[p.ID] = true
			list = append(list, p)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("read contacts: %w", err)
	}
	if err := db.fillIdentities(ctx, list); err != nil {
		return fmt.Errorf("read addresses: %w", err)
	}
	for n := range list {
		c.all[list[n].ID] = &list[n]
	}
	return nil
}

// pairsOf compares one contact with all who are called so or share an address.
func (c *crowd) pairsOf(id contact.ID, yield func(contact.DuplicatePair)) {
	p := c.all[id]
	if p == nil {
		return
	}
	key := contact.Fold(p.Name)
	others := maps.Clone(c.shared[id])
	if others == nil {
		others = map[contact.ID]bool{}
	}
	for _, other := range c.named[key] {
		others[other] = true
	}
	delete(others, id)
	for other := range others {
		if q := c.all[other]; q != nil {
			yield(contact.DuplicatePair{Low: min(id, other), High: max(id, other), Why: c.why(p, q, key)})
		}
	}
}

// why says what speaks for two being one person.
func (c *crowd) why(p, q *contact.Contact, key string) contact.Why {
	w := contact.Why{Same: sameAddresses(p, q)}
	if len(c.shared[p.ID]) > sameHolder || len(c.shared[q.ID]) > sameHolder {
		w.Same = nil
	}
	if w.Name = strings.Contains(key, " ") && contact.Fold(q.Name) == key; !w.Name {
		return w
	}
	w.Rare = len(c.named[key]) <= rareName
	if p.CompanyID != 0 && p.CompanyID == q.CompanyID {
		w.Signs = append(w.Signs, "company")
	}
	if sameMailbox(p, q) {
		w.Signs = append(w.Signs, "mailbox")
	}
	for _, name := range slices.Sorted(maps.Keys(p.Fields)) {
		if v := p.Fields[name]; len(v) >= signLength+2 && v[0] == '"' && bytes.Equal(v, q.Fields[name]) {
			w.Signs = append(w.Signs, "fields."+name)
		}
	}
	return w
}

func sameAddresses(p, q *contact.Contact) []contact.Address {
	var out []contact.Address
	for _, a := range p.Identities {
		for _, b := range q.Identities {
			same := a.Address == b.Address && (a.Scope == b.Scope || slices.Contains(everywhere, a.Scope) && slices.Contains(everywhere, b.Scope))
			if x := (contact.Address{Scope: min(a.Scope, b.Scope), Address: a.Address}); same && !slices.Contains(out, x) {
				out = append(out, x)
			}
		}
	}
	slices.SortFunc(out, func(a, b contact.Address) int { return strings.Compare(a.Scope+a.Address, b.Scope+b.Address) })
	return out
}

// sameMailbox tells whether two have mailboxes of one name in different places.
func sameMailbox(p, q *contact.Contact) bool {
	names := map[string]bool{}
	for _, i := range p.Identities {
		if name, _, ok := strings.Cut(i.Address, "@"); ok && i.Scope == contact.ScopeEmail && len(name) >= signLength {
			names[name] = true
		}
	}
	return slices.ContainsFunc(q.Identities, func(i contact.Identity) bool {
		name, _, ok := strings.Cut(i.Address, "@")
		return ok && i.Scope == contact.ScopeEmail && names[name]
	})
}

// emptyDuplicatePairs has everybody looked at anew.
func (db *DB) emptyDuplicatePairs(ctx context.Context) error {
	has, err := db.hasTable(ctx, "search_pairs_progress")
	if err != nil || !has {
		return err
	}
	for _, text := range []string{
		`DELETE FROM search_pairs`,
		`UPDATE search_pairs_progress SET feed = (SELECT COALESCE(MAX(id), 0) FROM feed), people = $1 WHERE id = 1`,
	} {
		if _, err := db.exec(ctx, text, []any{search.Newest}[:strings.Count(text, "$1")]...); err != nil {
			return fmt.Errorf("look for duplicates anew: %w", err)
		}
	}
	return nil
}
