package contact

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"parley/inbox/actor"
	"parley/internal/fault"
)

// Service is everything that people do with contacts. Safe for concurrent use.
type Service struct {
	store Store
	now   func() time.Time
}

// New returns a Service.
func New(store Store, now func() time.Time) *Service { return &Service{store: store, now: now} }

func (s *Service) time() time.Time { return s.now().UTC().Truncate(time.Microsecond) }

// Bounds of a contact.
const (
	maxName       = 200 // runes
	maxIdentities = 200 // merged people have many
	maxFields     = 100
	maxFieldsSize = 64 << 10 // bytes of JSON
)

// List returns a page of contacts by name.
func (s *Service) List(ctx context.Context, v actor.Viewer, f Filter) (Page, error) {
	if f.Limit <= 0 {
		f.Limit = 30
	}
	f.Limit = min(f.Limit, 200)
	return s.store.Contacts(ctx, v, f)
}

// Get returns one contact.
func (s *Service) Get(ctx context.Context, v actor.Viewer, id ID) (Contact, error) {
	p, found, err := s.store.Contact(ctx, v, id)
	if err == nil && !found {
		err = ErrNoContact
	}
	return p, err
}

// Draft is a contact to be made.
type Draft struct {
	Name       string
	Language   string
	OwnerID    int64 // 0 = nobody
	Identities []Address
	Fields     map[string]json.RawMessage
}

// Create adds a contact with the addresses that somebody vouches for. Whoever makes
// one and sees only their own becomes its owner, or they would not see it.
func (s *Service) Create(ctx context.Context, v actor.Viewer, d Draft) (Contact, error) {
	ids, err := s.store.NextIDs(ctx, 1)
	if err != nil {
		return Contact{}, err
	}
	now := s.time()
	if d.OwnerID == 0 && v.Scope == actor.Own {
		d.OwnerID = v.AgentID
	}
	p := &Contact{ID: ID(ids[0]), Name: tidy(d.Name), Language: d.Language, OwnerID: d.OwnerID, Fields: d.Fields, CreatedAt: now, UpdatedAt: now}
	var bad fault.Collector
	checkName(&bad, p.Name)
	checkFields(&bad, p.Fields)
	wanted := normaliseAll(&bad, d.Identities)
	if err := bad.Err(); err != nil {
		return Contact{}, err
	}
	add, err := s.identities(ctx, p.ID, wanted, now)
	if err != nil {
		return Contact{}, err
	}
	err = s.store.Write(ctx, func(ctx context.Context) error {
		if err := s.store.LockAddresses(ctx, add); err != nil {
			return err
		}
		if err := s.checkOwner(ctx, p.OwnerID); err != nil {
			return err
		}
		if err := s.checkFree(ctx, p.ID, wanted, add); err != nil {
			return err
		}
		return s.store.SaveContact(ctx, Change{Contact: p, New: true, Add: add, Cause: v.Cause, At: now})
	})
	if err != nil {
		return Contact{}, err
	}
	p.Identities = add
	return *p, nil
}

// Patch is what shall change about a contact; nil fields stay as they are.
type Patch struct {
	Name       *string
	Language   *string
	OwnerID    *int64                     // 0 = nobody
	Identities *[]Address                 // the whole set
	Fields     map[string]json.RawMessage // each given one is set; null removes it
	// Guard, unless nil, is asked under the contact's lock whether it may become from was what is.
	Guard func(ctx context.Context, v actor.Viewer, was, is *Contact) error
}

// Patch changes a contact and returns it as it is then.
func (s *Service) Patch(ctx context.Context, v actor.Viewer, id ID, p Patch) (Contact, error) {
	var bad fault.Collector
	if p.Name != nil {
		*p.Name = tidy(*p.Name)
		checkName(&bad, *p.Name)
	}
	checkFields(&bad, p.Fields)
	var wanted []Address
	if p.Identities != nil {
		wanted = normaliseAll(&bad, *p.Identities)
	}
	if err := bad.Err(); err != nil {
		return Contact{}, err
	}
	now := s.time()
	fresh, err := s.identities(ctx, id, wanted, now)
	if err != nil {
		return Contact{}, err
	}
	var changed Contact
	err = s.store.Write(ctx, func(ctx context.Context) error {
		c, err := s.lock(ctx, v, id, p.Identities != nil, fresh)
		if err != nil {
			return err
		}
		for n := range fresh { // the id may be that of one who was merged into this one
			fresh[n].ContactID = c.ID
		}
		was := *c
		was.Fields = maps.Clone(c.Fields)
		ch := Change{Contact: c, Cause: v.Cause, At: now}
		p.apply(&ch)
		if p.Identities != nil {
			ch.replace(wanted, fresh)
		}
		if p.Guard != nil { // first: what is refused because a colleague was faster is told as such
			if err := p.Guard(ctx, v, &was, c); err != nil {
				return err
			}
		}
		if err := s.mayBecome(ctx, &ch, &was, wanted); err != nil {
			return err
		}
		changed = *c
		return s.store.SaveContact(ctx, ch)
	})
	return changed, err
}

func (p *Patch) apply(ch *Change) {
	c := ch.Contact
	if p.Name != nil && *p.Name != c.Name {
		ch.Data = map[string]any{"contact_id": fmt.Sprint(int64(c.ID)), "from": c.Name, "to": *p.Name}
		c.Name, ch.Renamed = *p.Name, true
	}
	if p.Language != nil {
		c.Language = *p.Language
	}
	if p.OwnerID != nil {
		c.OwnerID = *p.OwnerID
	}
	for name, value := range p.Fields {
		if string(value) == "null" {
			delete(c.Fields, name)
			continue
		}
		if c.Fields == nil {
			c.Fields = map[string]json.RawMessage{}
		}
		c.Fields[name] = value
	}
}

// replace makes the contact's addresses those wanted.
func (ch *Change) replace(wanted []Address, fresh []Identity) {
	c := ch.Contact
	have := map[Address]bool{}
	var kept []Identity
	for _, i := range c.Identities {
		a := Address{i.Scope, i.Address}
		if contains(wanted, a) {
			have[a] = true
			kept = append(kept, i)
			continue
		}
		ch.Remove = append(ch.Remove, i.ID)
	}
	for _, i := range fresh {
		if !have[Address{i.Scope, i.Address}] {
			ch.Add = append(ch.Add, i)
		}
	}
	c.Identities = append(kept, ch.Add...)
}

// mayBecome refuses a change that cannot be: an owner that there is none of, too many fields, an address that is
// written to by a conversation and goes, or one that is another contact's and comes.
func (s *Service) mayBecome(ctx context.Context, ch *Change, was *Contact, wanted []Address) error {
	c := ch.Contact
	if c.OwnerID != was.OwnerID {
		if err := s.checkOwner(ctx, c.OwnerID); err != nil {
			return err
		}
	}
	var bad fault.Collector
	checkFields(&bad, c.Fields)
	if err := bad.Err(); err != nil {
		return err
	}
	for _, id := range ch.Remove {
		if used, err := s.store.IdentityUsed(ctx, c.ID, id); err != nil || used {
			return orMissing(err, ErrIdentityInUse)
		}
	}
	if len(ch.Add) == 0 {
		return nil
	}
	return s.checkFree(ctx, c.ID, wanted, ch.Add)
}

// Delete removes a contact that nothing belongs to. The id of one that was merged into
// another is no way to remove that other one.
func (s *Service) Delete(ctx context.Context, v actor.Viewer, id ID) error {
	return s.store.Write(ctx, func(ctx context.Context) error {
		c, err := s.lock(ctx, v, id, true, nil)
		if err != nil {
			return err
		}
		if c.ID != id {
			return ErrNoContact
		}
		used, err := s.store.ContactUsed(ctx, c.ID)
		if err != nil || used {
			return orMissing(err, ErrInUse)
		}
		return s.store.DeleteContact(ctx, c, v.Cause, s.time())
	})
}

// lock locks a contact for a change: first the addresses to be added and, where any of
// its own may be removed, those, so that nothing arrives from an address that is going.
func (s *Service) lock(ctx context.Context, v actor.Viewer, id ID, removing bool, fresh []Identity) (*Contact, error) {
	addresses := slices.Clone(fresh)
	if removing {
		seen, found, err := s.store.Contact(ctx, v, id)
		if err != nil || !found {
			return nil, orMissing(err, ErrNoContact)
		}
		addresses = append(addresses, seen.Identities...)
	}
	if err := s.store.LockAddresses(ctx, addresses); err != nil {
		return nil, err
	}
	c, found, err := s.store.LockContact(ctx, v, id)
	if err != nil || !found {
		return nil, orMissing(err, ErrNoContact)
	}
	if !removing {
		return c, nil
	}
	for _, i := range c.Identities {
		if !slices.ContainsFunc(addresses, func(x Identity) bool { return x.Scope == i.Scope && x.Address == i.Address }) {
			return nil, ErrChanged // an address came between the look and the lock
		}
	}
	return c, nil
}

func (s *Service) identities(ctx context.Context, id ID, wanted []Address, now time.Time) ([]Identity, error) {
	if len(wanted) == 0 {
		return nil, nil
	}
	ids, err := s.store.NextIDs(ctx, len(wanted))
	if err != nil {
		return nil, err
	}
	list := make([]Identity, len(wanted))
	for n, a := range wanted {
		list[n] = Identity{ID: IdentityID(ids[n]), ContactID: id, Scope: a.Scope, Address: a.Address, Verified: true, CreatedAt: now}
	}
	return list, nil
}

func (s *Service) checkOwner(ctx context.Context, owner int64) error {
	if owner == 0 {
		return nil
	}
	ok, err := s.store.AgentExists(ctx, owner)
	if err == nil && !ok {
		err = fault.InvalidField("owner_id", "unknown", fault.T("Такого сотрудника нет или он отключён.", "There is no such agent, or the agent is disabled."))
	}
	return err
}

// checkFree refuses addresses that another contact holds.
func (s *Service) checkFree(ctx context.Context, id ID, wanted []Address, add []Identity) error {
	holders, err := s.store.Holders(ctx, add)
	if err != nil {
		return err
	}
	var bad fault.Collector
	for n, a := range wanted {
		if holder, taken := holders[a]; taken && holder != id {
			bad.Add(fmt.Sprintf("identities[%d].address", n), "taken", fault.T("Этот адрес уже у другого контакта.", "Another contact has this address."))
		}
	}
	return bad.Err()
}

// normaliseAll returns the addresses as they are stored, each once.
func normaliseAll(bad *fault.Collector, in []Address) []Address {
	if len(in) > maxIdentities {
		bad.Add("identities", "too_many", fault.T("Не больше 200 адресов.", "At most 200 addresses."))
		return nil
	}
	var out []Address
	for n, a := range in {
		address, err := Normalise(a.Scope, a.Address)
		if f, ok := fault.As(err); ok {
			for _, field := range f.Fields {
				bad.Add(fmt.Sprintf("identities[%d].%s", n, field.Path), field.Code, field.Text)
			}
			continue
		}
		if a = (Address{a.Scope, address}); !contains(out, a) {
			out = append(out, a)
		}
	}
	return out
}

func contains(list []Address, a Address) bool {
	for _, x := range list {
		if x == a {
			return true
		}
	}
	return false
}

func checkName(bad *fault.Collector, name string) {
	if n := len([]rune(name)); n == 0 || n > maxName {
		bad.Add("name", "length", fault.T("Имя от 1 до 200 знаков.", "A name of 1 to 200 characters."))
	}
}

func checkFields(bad *fault.Collector, fields map[string]json.RawMessage) {
	size := 0
	for name, value := range fields {
		size += len(name) + len(value)
	}
	if len(fields) > maxFields || size > maxFieldsSize {
		bad.Add("fields", "too_large", fault.T("Не больше 100 полей и 64 КБ.", "At most 100 fields and 64 KB."))
	}
}

// tidy makes a name one line of storable text.
func tidy(name string) string {
	return strings.Join(strings.Fields(strings.Map(printable, strings.ToValidUTF8(name, ""))), " ")
}

func orMissing(err, missing error) error {
	if err != nil {
		return err
	}
	return missing
}
