package contact

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"parley/inbox/actor"
	"parley/internal/fault"
)

// MergeID identifies a merge.
type MergeID int64

// Merge is two contacts that were made one. The one that went keeps its row and points
// to the one that stayed, which has all its addresses, conversations, leads and requests.
type Merge struct {
	ID         MergeID
	Kept, Gone ID
	GoneName   string
	Before     Snapshot // the kept one as it was
	After      Snapshot // and as the merge left it
	Cause      actor.Cause
	CauseName  string // filled when merges are read
	At         time.Time
	UndoneAt   time.Time // zero = it holds
}

// Snapshot is what a merge may change about the contact that stays.
type Snapshot struct {
	Name      string                     `json:"name"`
	OwnerID   int64                      `json:"owner_id"`
	CompanyID int64                      `json:"company_id"`
	Language  string                     `json:"language"`
	Fields    map[string]json.RawMessage `json:"fields"`
	UpdatedAt time.Time                  `json:"updated_at"`
}

// What merging refuses.
var (
	ErrNoMerge     = fault.New(fault.NotFound, "merge_not_found", fault.T("Такого объединения нет или оно вам не видно.", "There is no such merge, or you may not see it."))
	ErrMergeUndone = fault.New(fault.Conflict, "merge_undone", fault.T("Это объединение уже отменено.", "This merge has been undone already."))
	ErrMergeBuried = fault.New(fault.Conflict, "merge_buried", fault.T("Контакт потом объединили ещё раз. Сначала отмените то объединение.", "The contact was merged again later. Undo that merge first."))
	errSelf        = fault.InvalidField("contact_id", "same", fault.T("Это тот же самый контакт.", "This is the same contact."))
	errNoOther     = fault.InvalidField("contact_id", "unknown", fault.T("Такого контакта нет или он вам не виден.", "There is no such contact, or you may not see it."))
)

// Merge makes two contacts one: kept stays, and other goes into it. What kept lacks, other
// gives. The answer still goes to the address that wrote.
func (s *Service) Merge(ctx context.Context, v actor.Viewer, kept, other ID) (MergeID, error) {
	ids, err := s.store.NextIDs(ctx, 1)
	if err != nil {
		return 0, err
	}
	err = s.store.Write(ctx, func(ctx context.Context) error {
		stays, goes, err := s.lockBoth(ctx, v, kept, other)
		if err != nil {
			return err
		}
		m := &Merge{ID: MergeID(ids[0]), Kept: stays.ID, Gone: goes.ID, GoneName: goes.Name, Before: snap(stays), Cause: v.Cause, At: s.time()}
		stays.absorb(goes)
		stays.UpdatedAt = m.At
		m.After = snap(stays)
		return s.store.SaveMerge(ctx, m, stays, goes)
	})
	return MergeID(ids[0]), err
}

// Unmerge takes a merge back. What came since goes to whom it was addressed, and what was
// changed since stays changed.
func (s *Service) Unmerge(ctx context.Context, v actor.Viewer, id MergeID) (Merge, error) {
	var undone Merge
	err := s.store.Write(ctx, func(ctx context.Context) error {
		m, found, err := s.store.Merge(ctx, id)
		if err != nil || !found {
			return orMissing(err, ErrNoMerge)
		}
		kept, err := s.lock(ctx, v, m.Kept, true, nil)
		if err != nil {
			if f, ok := fault.As(err); ok && f.Code == ErrNoContact.Code {
				return ErrNoMerge
			}
			return err
		}
		if m, _, err = s.store.Merge(ctx, id); err != nil { // as it is under the lock
			return err
		}
		switch {
		case !m.UndoneAt.IsZero():
			return ErrMergeUndone
		case kept.ID != m.Kept:
			return ErrMergeBuried
		}
		now := s.time()
		kept.restore(&m.Before, &m.After, now)
		m.UndoneAt, undone = now, m
		return s.store.SaveUnmerge(ctx, &m, kept, v.Cause, now)
	})
	return undone, err
}

// Merges returns those into a contact that hold, the latest first.
func (s *Service) Merges(ctx context.Context, v actor.Viewer, id ID) ([]Merge, error) {
	p, err := s.Get(ctx, v, id)
	if err != nil {
		return nil, err
	}
	return s.store.Merges(ctx, p.ID)
}

// Duplicate is a contact that may be the same person, and why one thinks so.
type Duplicate struct {
	Contact Contact
	Name    bool      // they are called the same
	Shared  []Address // addresses of both, which somebody typed in at least one of them
}

// Duplicates returns contacts that the viewer may see and that may be the same person.
func (s *Service) Duplicates(ctx context.Context, v actor.Viewer, id ID) ([]Duplicate, error) {
	p, err := s.Get(ctx, v, id)
	if err != nil {
		return nil, err
	}
	return s.store.Duplicates(ctx, v, p)
}

// lockBoth locks two contacts and all their addresses, so that nothing arrives meanwhile.
func (s *Service) lockBoth(ctx context.Context, v actor.Viewer, kept, other ID) (stays, goes *Contact, err error) {
	a, found, err := s.store.Contact(ctx, v, kept)
	if err != nil || !found {
		return nil, nil, orMissing(err, ErrNoContact)
	}
	b, found, err := s.store.Contact(ctx, v, other)
	if err != nil || !found {
		return nil, nil, orMissing(err, errNoOther)
	}
	if a.ID == b.ID {
		return nil, nil, errSelf
	}
	addresses := slices.Concat(a.Identities, b.Identities)
	if err := s.store.LockAddresses(ctx, addresses); err != nil {
		return nil, nil, err
	}
	locked := map[ID]*Contact{}
	for _, id := range []ID{min(a.ID, b.ID), max(a.ID, b.ID)} {
		p, found, err := s.store.LockContact(ctx, v, id)
		if err != nil || !found || p.ID != id {
			return nil, nil, orMissing(err, ErrChanged)
		}
		for _, i := range p.Identities {
			if !slices.ContainsFunc(addresses, func(x Identity) bool { return x.ID == i.ID }) {
				return nil, nil, ErrChanged // an address came between the look and the lock
			}
		}
		locked[id] = p
	}
	return locked[a.ID], locked[b.ID], nil
}

func snap(p *Contact) Snapshot {
	return Snapshot{Name: p.Name, OwnerID: p.OwnerID, CompanyID: p.CompanyID, Language: p.Language, Fields: maps.Clone(p.Fields), UpdatedAt: p.UpdatedAt}
}

// absorb takes over what the contact lacks itself. A name that is nothing but an address is
// a lack too.
func (p *Contact) absorb(other *Contact) {
	if nameless(p) && !nameless(other) {
		p.Name = other.Name
	}
	if p.OwnerID == 0 {
		p.OwnerID = other.OwnerID
	}
	if p.CompanyID == 0 {
		p.CompanyID = other.CompanyID
	}
	if p.Language == "" {
		p.Language = other.Language
	}
	fields := maps.Clone(other.Fields)
	if fields == nil {
		return
	}
	maps.Copy(fields, p.Fields)
	p.Fields = fields
}

func nameless(p *Contact) bool {
	return p.Name == "" || slices.ContainsFunc(p.Identities, func(i Identity) bool { return i.Address == p.Name })
}

// restore takes back what a merge changed, as far as nobody has changed it since.
func (p *Contact) restore(before, after *Snapshot, now time.Time) {
	if p.Name == after.Name {
		p.Name = before.Name
	}
	if p.OwnerID == after.OwnerID {
		p.OwnerID = before.OwnerID
	}
	if p.CompanyID == after.CompanyID {
		p.CompanyID = before.CompanyID
	}
	if p.Language == after.Language {
		p.Language = before.Language
	}
	for name, value := range after.Fields {
		if _, own := before.Fields[name]; !own && string(p.Fields[name]) == string(value) {
			delete(p.Fields, name)
		}
	}
	if p.UpdatedAt.Equal(after.UpdatedAt) {
		p.UpdatedAt = before.UpdatedAt
	} else {
		p.UpdatedAt = now
	}
}
