package contact

import (
	"context"
	"maps"
	"slices"
	"time"

	"parley/inbox/actor"
)

// Why says what speaks for two contacts being one person.
type Why struct {
	Name  bool      `json:"name,omitempty"`  // they are called the same
	Rare  bool      `json:"rare,omitempty"`  // and hardly anybody else is
	Signs []string  `json:"signs,omitempty"` // what else is the same: company, mailbox, fields.NAME
	Same  []Address `json:"same,omitempty"`  // addresses that both have
}

// Strength tells how much that is; 0 is too little to trouble people with. A name alone is
// enough only where it is rare.
func (w *Why) Strength() int {
	n := 0
	if len(w.Same) > 0 {
		n += 20 + min(len(w.Same), 5)
	}
	if w.Name && (n > 0 || len(w.Signs) > 0) {
		n += 10 + min(len(w.Signs), 5)
	}
	if n == 0 && w.Name && w.Rare {
		n = 1
	}
	return n
}

// DuplicatePair is two contacts that are likely one person.
type DuplicatePair struct {
	Low, High ID // in this order
	Why       Why
}

// DuplicateRow is a pair as lists show it.
type DuplicateRow struct {
	A, B Contact
	Why  Why
}

// DuplicatePage is a piece of the list of pairs. Next is the cursor of the following piece, "" at the
// end.
type DuplicatePage struct {
	Items []DuplicateRow
	Next  string
}

// DuplicateStore keeps who is likely one person, and who is known not to be.
type DuplicateStore interface {
	// DuplicatePairs returns a page of the pairs of whom the viewer sees both, the likeliest first.
	DuplicatePairs(ctx context.Context, v actor.Viewer, cursor string, limit int) (DuplicatePage, error)
	// SetDistinct notes that two are not one person, or forgets it, and tells open pages.
	SetDistinct(ctx context.Context, a, b ID, distinct bool, cause actor.Cause, at time.Time) error
}

// DuplicatePairs returns a page of contacts that are likely one person, the likeliest first.
func (s *Service) DuplicatePairs(ctx context.Context, v actor.Viewer, cursor string, limit int) (DuplicatePage, error) {
	if limit <= 0 {
		limit = 20
	}
	return s.store.DuplicatePairs(ctx, v, cursor, min(limit, 100))
}

// SetDistinct notes that two contacts are not one person, or takes that back. They are not
// suggested for a merge then; who wants to can merge them all the same.
func (s *Service) SetDistinct(ctx context.Context, v actor.Viewer, one, other ID, distinct bool) error {
	return s.store.Write(ctx, func(ctx context.Context) error {
		a, b, err := s.lockBoth(ctx, v, one, other)
		if err != nil {
			return err
		}
		return s.store.SetDistinct(ctx, a.ID, b.ID, distinct, v.Cause, s.time())
	})
}

// DuplicatesOf returns who has one of some addresses, or is called so, before there is a contact of
// that name; except is whom not to return. An address that is none finds nobody.
func (s *Service) DuplicatesOf(ctx context.Context, v actor.Viewer, name string, list []Address, except ID) ([]Duplicate, error) {
	p := Contact{ID: except, Name: tidy(name)}
	for _, a := range list {
		if address, err := Normalise(a.Scope, a.Address); err == nil {
			p.Identities = append(p.Identities, Identity{Scope: a.Scope, Address: address})
		}
	}
	return s.store.Duplicates(ctx, v, p)
}

// Preview tells what a merge would make of two contacts, and which fields the one that goes
// gives. 0 is nobody, who gives nothing.
func (s *Service) Preview(ctx context.Context, v actor.Viewer, kept, other ID) (merged Contact, given []string, err error) {
	stays, err := s.Get(ctx, v, kept)
	if err != nil {
		return Contact{}, nil, err
	}
	if other == 0 {
		return stays, nil, nil
	}
	goes, found, err := s.store.Contact(ctx, v, other)
	if err != nil || !found {
		return Contact{}, nil, orMissing(err, errNoOther)
	}
	if stays.ID == goes.ID {
		return Contact{}, nil, errSelf
	}
	merged = stays
	merged.absorb(&goes)
	merged.Identities = append(merged.Identities[:len(merged.Identities):len(merged.Identities)], goes.Identities...)
	return merged, givenBy(&stays, &merged), nil
}

// givenBy lists the fields in which a contact differs from what a merge makes of it.
func givenBy(was, is *Contact) []string {
	var out []string
	note := func(name string, differs bool) {
		if differs {
			out = append(out, name)
		}
	}
	note("name", was.Name != is.Name)
	note("owner_id", was.OwnerID != is.OwnerID)
	note("company_id", was.CompanyID != is.CompanyID)
	note("language", was.Language != is.Language)
	for _, name := range slices.Sorted(maps.Keys(is.Fields)) {
		_, own := was.Fields[name]
		note("fields."+name, !own)
	}
	return out
}
