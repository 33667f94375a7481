package router

import (
	"slices"
	"strings"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/internal/fault"
	"parley/router/rules"
)

// The ids of this room's nouns.
type (
	TriggerID int64
	RunID     int64
	MacroID   int64
)

// MaxDepth is how many automatic causes may follow one another. A trigger that would act
// beyond it is refused, and its log says so.
const MaxDepth = 5

// Since says from when a Timer counts.
type Since string

// From when a timer counts; each says what stops it besides.
const (
	LastInbound  Since = "last_inbound"  // the contact wrote; until somebody answers
	LastOutbound Since = "last_outbound" // we answered; until the contact writes
	Created      Since = "created"       // the conversation began; until it is closed
	// These count backwards, from what is to come.
	WindowCloses Since = "window_closes" // free answers stop being accepted, because the contact is silent
	Deadline     Since = "deadline"      // the nearest deadline of an answer
)

// After is when a Timer runs out: so long after, or before, what Since says.
type After struct {
	Minutes int
	Since   Since
}

// window tells how long an account takes free answers after the contact wrote; 0 = always.
type window func(channels.AccountID) time.Duration

// Trigger does something by itself when something happens.
type Trigger struct {
	ID       TriggerID
	Name     string
	Enabled  bool
	Position int64 // triggers act in its order, then in that of their ids
	Event    Kind
	After    After // of a Timer
	At       At    // of OnSchedule
	// Automatic has it act on what no person did as well.
	Automatic  bool
	Conditions rules.Condition
	Actions    []Action
	// Problem says why an enabled trigger no longer works; the zero Text is no reason.
	Problem   fault.Text
	CreatedAt time.Time
	UpdatedAt time.Time
}

// Version names the state that a change goes by; the place among others is no part of it.
func (t Trigger) Version() int64 {
	return fault.Fingerprint(t.Name, t.Enabled, t.Event, t.After, t.At, t.Automatic, t.Conditions, t.Actions)
}

const maxName = 200 // characters

// check makes a trigger storable and refuses what cannot work. It does not look into
// other rooms.
func (t *Trigger) check() (*rules.Rule, error) {
	var bad fault.Collector
	checkName(&bad, &t.Name)
	if !slices.Contains(Kinds(), t.Event) {
		bad.Add("event", "unknown", fault.T("Такого события нет.", "There is no such event."))
	}
	if t.Event == OnSchedule {
		t.At.check(&bad)
	} else {
		t.At = At{}
	}
	switch {
	case t.Event != Timer:
		t.After = After{}
	case t.After.Minutes < 1 || t.After.Minutes > maxMinutes:
		bad.Add("after.minutes", "range", fault.T("От одной минуты до года.", "Between one minute and a year."))
	case !slices.Contains([]Since{LastInbound, LastOutbound, Created, WindowCloses, Deadline}, t.After.Since):
		bad.Add("after.since", "choice", fault.T("Возможны: last_inbound, last_outbound, created, window_closes, deadline.", "One of: last_inbound, last_outbound, created, window_closes, deadline."))
	}
	checkActions(&bad, t.Actions, false)
	rule, err := schema.Compile(t.Conditions, "conditions")
	if err := bad.Merge(err); err != nil {
		return nil, err
	}
	return rule, bad.Err()
}

func checkName(bad *fault.Collector, name *string) {
	*name = strings.Join(strings.Fields(strings.ToValidUTF8(strings.ReplaceAll(*name, "\x00", ""), "")), " ")
	if *name == "" {
		bad.Add("name", "required", fault.T("Назовите.", "Give a name."))
	}
	if len([]rune(*name)) > maxName {
		bad.Add("name", "too_long", fault.T("Не длиннее 200 знаков.", "At most 200 characters."))
	}
}

// listens tells whether a kind of event concerns the trigger: a Timer is set by what
// starts its clock.
func (t *Trigger) listens() Kind {
	if t.Event != Timer {
		return t.Event
	}
	switch t.After.Since {
	case LastInbound, WindowCloses:
		return MessageReceived
	case Deadline:
		return moved
	case LastOutbound:
		return MessageSent
	}
	return ConversationCreated
}

// hears tells whether an event of the kind it listens to concerns the trigger.
func (t *Trigger) hears(e *Event) bool { return t.Automatic || !e.Automatic }

// runsOut is when the clock of a Timer runs out as things stand, the name of the moment
// that it counts from, and false when nothing is waited for any more.
func (t *Trigger) runsOut(s *Snapshot, w window, now time.Time) (at, from time.Time, waits bool) {
	c, span := s.Conversation, time.Duration(t.After.Minutes)*time.Minute
	switch t.After.Since {
	case LastInbound:
		from, waits = c.LastInboundAt, c.Unanswered
	case LastOutbound:
		from, waits = c.LastOutboundAt, c.LastOutboundAt.After(c.LastInboundAt)
	case Created:
		from, waits = c.CreatedAt, true
	case WindowCloses:
		if length := w(c.AccountID); length > 0 && !c.WroteAt.IsZero() {
			from, span = c.WroteAt.Add(length), -span
			waits = from.After(now)
		}
	case Deadline:
		from, span = s.DueAt, -span
		waits = from.After(now)
	}
	waits = waits && c.Status != inbox.Closed && !from.IsZero()
	return from.Add(span), from, waits
}
