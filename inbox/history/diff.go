package history

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"time"

	"parley/inbox/contact"
	"parley/inbox/pipeline"
)

// diff collects the fields in which two states of an object differ.
type diff []Change

// OfContact returns what differs between two states of a contact, identities aside.
func OfContact(was, is *contact.Contact) []Change {
	var d diff
	d.text("name", was.Name, is.Name)
	d.id("owner_id", was.OwnerID, is.OwnerID)
	d.id("company_id", was.CompanyID, is.CompanyID)
	d.text("language", was.Language, is.Language)
	d.own(was.Fields, is.Fields)
	return d
}

// OfLead returns what differs between two states of a lead.
func OfLead(was, is *pipeline.Lead) []Change {
	var d diff
	d.text("status", string(was.Status), string(is.Status))
	d.id("stage_id", was.StageID, is.StageID)
	d.text("lost_reason", was.LostReason, is.LostReason)
	d.id("owner_id", was.OwnerID, is.OwnerID)
	d.id("team_id", was.TeamID, is.TeamID)
	d.text("source", was.Source, is.Source)
	d.text("campaign", was.Campaign, is.Campaign)
	d.number("score", int64(was.Score), int64(is.Score))
	for _, name := range names(was.UTM, is.UTM) {
		d.text(UTMField+name, was.UTM[name], is.UTM[name])
	}
	d.own(was.Fields, is.Fields)
	return d
}

// OfRequest returns what differs between two states of a request.
func OfRequest(was, is *pipeline.Request) []Change {
	var d diff
	d.text("status", string(was.Status), string(is.Status))
	d.text("type", was.Type, is.Type)
	d.text("category", was.Category, is.Category)
	d.text("priority", was.Priority, is.Priority)
	d.id("owner_id", was.OwnerID, is.OwnerID)
	d.id("team_id", was.TeamID, is.TeamID)
	d.text("subject", was.Subject, is.Subject)
	d.time("due_at", was.DueAt, is.DueAt)
	d.text("resolution", was.Resolution, is.Resolution)
	d.add("checklist", checklist(was.Checklist), checklist(is.Checklist))
	d.own(was.Fields, is.Fields)
	return d
}

var null = json.RawMessage("null")

func (d *diff) add(field string, from, to json.RawMessage) {
	if !bytes.Equal(from, to) {
		*d = append(*d, Change{Field: field, From: from, To: to})
	}
}

func (d *diff) text(field, from, to string) { d.add(field, Text(from), Text(to)) }

func (d *diff) id(field string, from, to int64) { d.add(field, ID(from), ID(to)) }

func (d *diff) number(field string, from, to int64) {
	d.add(field, json.RawMessage(strconv.FormatInt(from, 10)), json.RawMessage(strconv.FormatInt(to, 10)))
}

func (d *diff) time(field string, from, to time.Time) { d.add(field, moment(from), moment(to)) }

func (d *diff) own(from, to map[string]json.RawMessage) {
	for _, name := range names(from, to) {
		d.add(OwnField+name, compact(from[name]), compact(to[name]))
	}
}

// names are the keys of two maps, sorted.
func names[V any](a, b map[string]V) []string {
	all := map[string]bool{}
	for name := range a {
		all[name] = true
	}
	for name := range b {
		all[name] = true
	}
	return slices.Sorted(maps.Keys(all))
}

// Text is a text as a value; an empty one is none.
func Text(s string) json.RawMessage {
	if s == "" {
		return null
	}
	return value(s)
}

// ID is an id as a value: a text, as everywhere outside; 0 is none.
func ID(n int64) json.RawMessage {
	if n == 0 {
		return null
	}
	return value(strconv.FormatInt(n, 10))
}

// AddressOf is an identity as a value.
func AddressOf(i *contact.Identity) json.RawMessage { return value(Address{i.Scope, i.Address}) }

func moment(t time.Time) json.RawMessage {
	if t.IsZero() {
		return null
	}
	return value(t.UTC())
}

// checklist says of steps what people read of them; who ticked them says the line itself.
func checklist(list []pipeline.Step) json.RawMessage {
	if len(list) == 0 {
		return null
	}
	type step struct {
		Text string `json:"text"`
		Done bool   `json:"done"`
	}
	out := make([]step, len(list))
	for n, s := range list {
		out[n] = step{s.Text, s.Done}
	}
	return value(out)
}

// compact makes two ways to write one value equal.
func compact(v json.RawMessage) json.RawMessage {
	if len(v) == 0 {
		return null
	}
	var out bytes.Buffer
	if err := json.Compact(&out, v); err != nil {
		return null
	}
	return out.Bytes()
}

// value is JSON of what always has one.
func value(v any) json.RawMessage {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return null
	}
	return bytes.TrimRight(out.Bytes(), "\n")
}
