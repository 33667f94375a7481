package pipeline

import (
	"context"
	"encoding/json"
	"maps"
	"strconv"
	"strings"
	"time"

	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/internal/fault"
)

// Service is everything that people do with leads and requests. Safe for concurrent use.
type Service struct {
	store Store
	now   func() time.Time
}

// New returns a Service.
func New(store Store, now func() time.Time) *Service { return &Service{store: store, now: now} }

func (s *Service) time() time.Time { return s.now().UTC().Truncate(time.Microsecond) }

// Pipelines returns all pipelines with their stages, in order.
func (s *Service) Pipelines(ctx context.Context) ([]Pipeline, error) { return s.store.Pipelines(ctx) }

// Bounds, in characters unless said otherwise.
const (
	maxText       = 500
	maxCategory   = 100
	maxUTM        = 20 // of a lead
	maxFields     = 100
	maxFieldsSize = 64 << 10 // bytes of JSON
)

// place finds where something new belongs: a conversation if one is named, and the
// contact. Both must be visible and fit together.
func (s *Service) place(ctx context.Context, v actor.Viewer, conversation int64, person contact.ID) (Place, error) {
	var p Place
	if conversation != 0 {
		at, found, err := s.store.LockPlace(ctx, v, conversation)
		if err != nil {
			return p, err
		}
		if !found || person != 0 && at.ContactID != person {
			return p, errNoPlace
		}
		return at, nil
	}
	who, found, err := s.store.LockContact(ctx, v, person)
	if err != nil || !found {
		return p, orMissing(err, errNoContact)
	}
	p.ContactID = who.ID
	if len(v.Accounts) > 0 {
		p.AccountID = v.Accounts[0] // what is of no channel would be out of their sight
	}
	return p, nil
}

func (s *Service) checkOwner(ctx context.Context, owner *int64) error {
	if owner == nil || *owner == 0 {
		return nil
	}
	ok, err := s.store.AgentExists(ctx, *owner)
	if err == nil && !ok {
		err = errNoAgent
	}
	return err
}

func (s *Service) checkTeam(ctx context.Context, team *int64) error {
	if team == nil || *team == 0 {
		return nil
	}
	ok, err := s.store.IsTeam(ctx, *team)
	if err == nil && !ok {
		err = errNoTeam
	}
	return err
}

// merged returns fields with each given one set; null removes one.
func merged(have, given map[string]json.RawMessage) (map[string]json.RawMessage, error) {
	if len(given) == 0 {
		return have, nil
	}
	out := maps.Clone(have)
	if out == nil {
		out = map[string]json.RawMessage{}
	}
	for name, value := range given {
		if string(value) == "null" {
			delete(out, name)
		} else {
			out[name] = value
		}
	}
	size := 0
	for name, value := range out {
		size += len(name) + len(value)
	}
	if len(out) > maxFields || size > maxFieldsSize {
		return nil, fault.InvalidField("fields", "too_large", fault.T("Не больше 100 полей и 64 КБ.", "At most 100 fields and 64 KB."))
	}
	return out, nil
}

// line makes a text storable on one line and refuses a long one.
func line(bad *fault.Collector, field string, text *string) {
	if text == nil {
		return
	}
	*text = strings.Join(strings.Fields(contact.Storable(*text)), " ")
	if len([]rune(*text)) > maxText {
		bad.Add(field, "too_long", fault.T("Не длиннее 500 знаков.", "At most 500 characters."))
	}
}

// id renders an id for timelines; none is null.
func id[T ~int64](n T) any {
	if n == 0 {
		return nil
	}
	return strconv.FormatInt(int64(n), 10)
}

// clamp brings a page size into bounds.
func clamp(n int) int {
	if n <= 0 {
		return 30
	}
	return min(n, 200)
}

func orMissing(err, missing error) error {
	if err != nil {
		return err
	}
	return missing
}
