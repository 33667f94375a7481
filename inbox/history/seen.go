package history

import (
	"context"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"time"

	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/inbox/pipeline"
	"parley/internal/fault"
)

// Identities is the name under which the whole set of a contact's addresses is changed.
const Identities = "identities"

// ErrMeanwhile refuses a change of what somebody else has changed since it was seen. Its
// details are the []Line that say of each such field who did and what it is now; where nobody
// is known to have, the line has no id and no cause.
var ErrMeanwhile = fault.New(fault.Conflict, "field_changed", fault.T("Это поле тем временем изменил кто-то другой.", "Somebody else has changed this field meanwhile."))

// Seen is what somebody saw in fields before they changed them, by the names under which a
// field is changed: own fields are an object under "fields", UTM marks under "utm".
type Seen map[string]json.RawMessage

// own are the fields that hold others, and how the names of those begin in histories.
var own = map[string]string{"fields": OwnField, "utm": UTMField}

// NewSeen reads what a caller says that they saw. A name that no field of the noun has is
// refused: whoever mistypes it would believe in a look that nobody takes.
func NewSeen(noun Noun, in map[string]json.RawMessage) (Seen, error) {
	var bad fault.Collector
	for name, value := range in {
		if !slices.Contains(guarded[noun], name) {
			bad.Add("was."+name, "unknown", fault.T("Такого поля здесь нет.", "There is no such field here."))
			continue
		}
		var parts map[string]json.RawMessage
		var addresses []Address
		if own[name] != "" && json.Unmarshal(value, &parts) != nil || name == Identities && json.Unmarshal(value, &addresses) != nil {
			bad.Add("was."+name, "malformed", fault.T("Так это поле не выглядит.", "This field does not look like that."))
		}
	}
	return in, bad.Err()
}

// guarded are the fields that may be seen.
var guarded = map[Noun][]string{
	Contact: {"name", "language", "owner_id", Identities, "fields"},
	Lead:    {"status", "stage_id", "owner_id", "lost_reason", "source", "campaign", "score", "utm", "fields"},
	Request: {"status", "type", "category", "priority", "owner_id", "team_id", "due_at", "subject", "resolution", "fields"},
}

// of returns what was seen in a field as histories call it; ok is false where nobody looked.
func (s Seen) of(field string) (value json.RawMessage, ok bool) {
	for name, prefix := range own {
		part, within := strings.CutPrefix(field, prefix)
		whole, seen := s[name]
		if !within || !seen {
			continue
		}
		var parts map[string]json.RawMessage
		if json.Unmarshal(whole, &parts) != nil {
			return null, true
		}
		return parts[part], true // one that is not among them was not there
	}
	value, ok = s[field]
	return value, ok
}

// GuardContact tells whether a change of a contact would write over what somebody else wrote
// into the same field since it was seen.
func (s *Service) GuardContact(seen Seen) func(ctx context.Context, v actor.Viewer, was, is *contact.Contact) error {
	return func(ctx context.Context, v actor.Viewer, was, is *contact.Contact) error {
		changes := diff(OfContact(was, is))
		changes.add(Identities, addresses(was), addresses(is))
		return s.guard(ctx, v, Contact, int64(is.ID), seen, changes)
	}
}

// GuardLead is GuardContact for leads.
func (s *Service) GuardLead(seen Seen) func(ctx context.Context, v actor.Viewer, was, is *pipeline.Lead) error {
	return func(ctx context.Context, v actor.Viewer, was, is *pipeline.Lead) error {
		return s.guard(ctx, v, Lead, int64(is.ID), seen, OfLead(was, is))
	}
}

// GuardRequest is GuardContact for requests.
func (s *Service) GuardRequest(seen Seen) func(ctx context.Context, v actor.Viewer, was, is *pipeline.Request) error {
	return func(ctx context.Context, v actor.Viewer, was, is *pipeline.Request) error {
		return s.guard(ctx, v, Request, int64(is.ID), seen, OfRequest(was, is))
	}
}

// guard looks at the fields that a change would make others than they are. Where two want the
// same there is nothing to decide.
func (s *Service) guard(ctx context.Context, v actor.Viewer, noun Noun, id int64, seen Seen, changes []Change) error {
	var lost []Change
	for _, c := range changes {
		if was, looked := seen.of(c.Field); looked && !same(c.Field, was, c.From) {
			lost = append(lost, c)
		}
	}
	if len(lost) == 0 {
		return nil
	}
	lines, err := s.store.Latest(ctx, v, noun, id, lost)
	if err != nil {
		return err
	}
	return ErrMeanwhile.WithDetails(lines)
}

// same tells whether two values of a field mean the same.
func same(field string, a, b json.RawMessage) bool {
	if field == Identities {
		var x, y []Address
		return json.Unmarshal(a, &x) == nil && json.Unmarshal(b, &y) == nil && reflect.DeepEqual(sorted(x), sorted(y))
	}
	x, y := plain(a), plain(b)
	if s, ok := x.(string); ok && field == "due_at" {
		if at, err := time.Parse(time.RFC3339Nano, s); err == nil {
			x = plain(moment(at))
		}
	}
	if !strings.HasPrefix(field, OwnField) {
		x, y = orNil(x), orNil(y)
	}
	return reflect.DeepEqual(x, y)
}

func plain(v json.RawMessage) (out any) {
	if json.Unmarshal(v, &out) != nil {
		return nil
	}
	return out
}

// orNil makes an empty text none: histories know no other.
func orNil(v any) any {
	if v == "" {
		return nil
	}
	return v
}

func addresses(c *contact.Contact) json.RawMessage {
	list := make([]Address, len(c.Identities))
	for n, i := range c.Identities {
		list[n] = Address{i.Scope, i.Address}
	}
	return value(sorted(list))
}

func sorted(list []Address) []Address {
	slices.SortFunc(list, func(a, b Address) int {
		return strings.Compare(a.Scope+" "+a.Address, b.Scope+" "+b.Address)
	})
	return slices.Compact(list)
}
