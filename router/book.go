package router

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"sync/atomic"

	"parley/inbox"
	"parley/router/rules"
)

// JobEvents is the kind of job that holds events for triggers; app routes it to
// Engine.Run.
const JobEvents = "router.events"

// Book holds the enabled triggers, compiled. What reads it never waits.
type Book struct{ page atomic.Pointer[page] }

// page is one state of the book. It does not change.
type page struct {
	revision string
	byKind   map[Kind][]*compiled // in the order in which they act
	byID     map[TriggerID]*compiled
	machines map[Kind]bool // somebody listens to automatic ones too
	calendar rules.Calendar
}

type compiled struct {
	Trigger
	rule *rules.Rule
}

// NewBook returns an empty one.
func NewBook() *Book {
	b := &Book{}
	b.page.Store(&page{})
	return b
}

// Revision is what the book was filled with.
func (b *Book) Revision() string { return b.page.Load().revision }

// fill puts a new state in place of the old one. Triggers that are disabled or do not
// compile are left out.
func (b *Book) fill(revision string, list []Trigger, calendar rules.Calendar) {
	p := &page{revision: revision, byKind: map[Kind][]*compiled{}, byID: map[TriggerID]*compiled{}, machines: map[Kind]bool{}, calendar: calendar}
	slices.SortFunc(list, func(a, b Trigger) int {
		return cmp.Or(cmp.Compare(a.Position, b.Position), cmp.Compare(a.ID, b.ID))
	})
	for _, t := range list {
		rule, err := t.check()
		if err != nil || !t.Enabled {
			continue
		}
		c := &compiled{Trigger: t, rule: rule}
		kind := t.listens()
		p.byID[t.ID] = c
		p.byKind[kind] = append(p.byKind[kind], c)
		p.machines[kind] = p.machines[kind] || t.Automatic
	}
	b.page.Store(p)
}

// listeners returns the triggers that hear an event, in their order.
func (p *page) listeners(e *Event) []*compiled {
	if e.Trigger == 0 {
		return p.byKind[e.Kind]
	}
	if c := p.byID[e.Trigger]; c != nil {
		return []*compiled{c}
	}
	return nil
}

// heard tells whether any trigger hears an event.
func (p *page) heard(e *Event) bool {
	return len(p.byKind[e.Kind]) > 0 && (!e.Automatic || p.machines[e.Kind])
}

// Listen adds to an operation's changes the jobs that triggers need to hear of it: one
// per conversation, and none where nobody listens. It is called before every save, and
// without triggers it costs a look at a pointer.
func (b *Book) Listen(ch *inbox.Changes) {
	p := b.page.Load()
	if len(p.byKind) == 0 {
		return
	}
	var order []string
	perKey := map[string][]Event{}
	for _, e := range events(ch) {
		if !p.heard(&e) {
			continue
		}
		k := e.jobKey()
		if perKey[k] == nil {
			order = append(order, k)
		}
		perKey[k] = append(perKey[k], e)
	}
	for _, k := range order {
		ch.FollowUps = append(ch.FollowUps, followUp(k, perKey[k]))
	}
}

// jobKey is the key under which jobs of the event's conversation wait for each other.
func (e *Event) jobKey() string {
	if e.Conversation == 0 {
		return "event:" + e.Key
	}
	return "conversation:" + strconv.FormatInt(int64(e.Conversation), 10)
}

func followUp(key string, list []Event) inbox.FollowUp {
	payload, err := json.Marshal(list)
	if err != nil { // times beyond the year 9999, which the house does not make
		payload = []byte("[]")
	}
	return inbox.FollowUp{Kind: JobEvents, Key: key, Payload: string(payload), Due: list[0].At, Together: true}
}
