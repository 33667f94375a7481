package router

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"sync"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/fault"
	"parley/router/rules"
)

// Options of an Engine. All are needed but those that say otherwise, and Log.
type Options struct {
	Store    Store
	Book     *Book
	Desk     Desk
	Pipeline Pipeline
	Outside  Outside
	// Window tells how long an account takes free answers after the contact wrote, 0 for
	// always; nil = all do always.
	Window func(channels.AccountID) time.Duration
	// Template tells how many values an approved template takes, by its name and language;
	// nil = there are none.
	Template func(ctx context.Context, name, language string) (values int, found bool, err error)
	Now      func() time.Time
	Log      *slog.Logger
}

// Engine has triggers act. Safe for concurrent use.
type Engine struct {
	store    Store
	book     *Book
	desk     Desk
	pipeline Pipeline
	outside  Outside
	window   window
	template func(ctx context.Context, name, language string) (int, bool, error)
	now      func() time.Time
	log      *slog.Logger

	refreshing sync.Mutex // so that an older state never takes the place of a newer one
}

// NewEngine makes an Engine.
func NewEngine(o Options) *Engine {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Window == nil {
		o.Window = func(channels.AccountID) time.Duration { return 0 }
	}
	if o.Template == nil {
		o.Template = func(context.Context, string, string) (int, bool, error) { return 0, false, nil }
	}
	return &Engine{
		store: o.Store, book: o.Book, desk: o.Desk, pipeline: o.Pipeline, outside: o.Outside, window: o.Window, template: o.Template, now: o.Now, log: o.Log,
	}
}

// Run does the work of jobs of the kind JobEvents, given by their payloads, inside the
// transaction that ctx carries and that deletes them.
func (e *Engine) Run(ctx context.Context, payloads []string) error {
	page, err := e.current(ctx)
	if err != nil {
		return err
	}
	w := &work{Engine: e, page: page, now: e.now().UTC().Truncate(time.Microsecond), changed: map[inbox.ConversationID]int{}}
	for _, p := range payloads {
		var list []Event
		if err := json.Unmarshal([]byte(p), &list); err != nil {
			return fmt.Errorf("read events: %w", err)
		}
		for _, ev := range list {
			if len(page.listeners(&ev)) > 0 || ev.Trigger != 0 {
				w.events = append(w.events, ev)
			}
		}
	}
	if len(w.events) == 0 {
		return nil
	}
	if err := w.load(ctx); err != nil {
		return err
	}
	for i := range w.events {
		if err := w.event(ctx, i); err != nil {
			return err
		}
	}
	return w.save(ctx)
}

// work is one transaction of the engine.
type work struct {
	*Engine
	page   *page
	now    time.Time
	events []Event
	of     []Snapshot     // of each event
	facts  []*rules.Facts // of each event, made when the first trigger asks
	known  map[RunKey]bool
	// changed counts how often runs have changed a conversation, and seen is how many of
	// these changes an event's snapshot knows.
	changed map[inbox.ConversationID]int
	seen    []int

	runs  []*Run
	armed []Armed
	out   inbox.Changes // jobs and lines of timelines
}

// load reads, in a few questions however many events there are, what they are about and
// which runs there have been.
func (w *work) load(ctx context.Context) error {
	subjects, keys := make([]Subject, len(w.events)), make([]string, len(w.events))
	for i := range w.events {
		subjects[i], keys[i] = w.events[i].subject(), w.events[i].Key
	}
	w.facts, w.seen = make([]*rules.Facts, len(w.events)), make([]int, len(w.events))
	var err error
	if w.of, err = w.snapshots(ctx, subjects); err != nil {
		return err
	}
	if w.known, err = w.store.RunsOf(ctx, keys); err != nil {
		return fmt.Errorf("read runs: %w", err)
	}
	return nil
}

func (e *Event) subject() Subject {
	return Subject{Conversation: e.Conversation, Message: e.Message, Lead: e.Lead, Request: e.Request}
}

// snapshots loads under lock. A conversation that was joined to another is that other.
func (w *work) snapshots(ctx context.Context, of []Subject) ([]Snapshot, error) {
	list, err := w.store.Snapshots(ctx, of, true)
	if err != nil {
		return nil, fmt.Errorf("load facts: %w", err)
	}
	for i := range list {
		for hops := 0; hops < 10 && list[i].Conversation != nil && list[i].Conversation.MergedInto != 0; hops++ {
			of[i].Conversation = list[i].Conversation.MergedInto
			survivor, err := w.store.Snapshots(ctx, of[i:i+1], true)
			if err != nil {
				return nil, fmt.Errorf("load facts: %w", err)
			}
			list[i] = survivor[0]
		}
	}
	return list, nil
}

// snapshot is what is known of an event now.
func (w *work) snapshot(ctx context.Context, i int) (*Snapshot, error) {
	s := &w.of[i]
	if s.Conversation == nil || w.changed[s.Conversation.ID] == w.seen[i] {
		return s, nil
	}
	w.seen[i] = w.changed[s.Conversation.ID]
	subject := w.events[i].subject()
	subject.Conversation = s.Conversation.ID
	fresh, err := w.snapshots(ctx, []Subject{subject})
	if err != nil {
		return nil, err
	}
	w.of[i], w.facts[i] = fresh[0], nil
	return &w.of[i], nil
}

// event has every trigger that hears an event look at it.
func (w *work) event(ctx context.Context, i int) error {
	ev := &w.events[i]
	if ev.Run != 0 {
		return w.goOn(ctx, i)
	}
	if ev.Kind == OnSchedule && ev.Conversation == 0 {
		return w.gather(ctx, ev)
	}
	listeners := w.page.listeners(ev)
	if ev.Kind == Timer && len(listeners) == 0 {
		return w.store.DisarmTimer(ctx, ev.Trigger, ev.Conversation)
	}
	for _, t := range listeners {
		if ev.Trigger == 0 && !t.hears(ev) {
			continue
		}
		var err error
		switch {
		case t.Event == Timer && ev.Kind == Timer:
			err = w.ranOut(ctx, t, i)
		case t.Event == Timer:
			err = w.arm(ctx, t, i)
		default:
			err = w.consider(ctx, t, i)
		}
		if err != nil {
			return fmt.Errorf("trigger %d: %w", t.ID, err)
		}
	}
	return nil
}

// consider has a trigger act on an event if its conditions hold.
func (w *work) consider(ctx context.Context, t *compiled, i int) error {
	ev := &w.events[i]
	k := RunKey{t.ID, ev.Key}
	if w.known[k] {
		return nil
	}
	s, err := w.snapshot(ctx, i)
	if err != nil || s.Conversation != nil && s.Conversation.Spam() { // put aside since
		return err
	}
	if w.facts[i] == nil {
		w.facts[i] = s.facts(w.now, w.page.calendar)
	}
	facts := w.facts[i]
	if !t.rule.Match(facts) {
		return nil
	}
	w.known[k] = true
	ids, err := w.store.NextIDs(ctx, 1)
	if err != nil {
		return err
	}
	r := &Run{ID: RunID(ids[0]), TriggerID: t.ID, Event: ev.Key, At: w.now, Depth: ev.Depth, Why: t.rule.Explain(facts)}
	if s.Conversation != nil {
		r.Conversation = s.Conversation.ID
	}
	w.runs = append(w.runs, r)
	if ev.Depth >= MaxDepth {
		r.Outcome, r.Problem = Refused, tooDeep
	} else if err := w.act(ctx, t, r, s, ev, 0); err != nil {
		return err
	}
	return w.tell(ctx, t.Name, r, 0)
}

// tooDeep is why a run is refused.
var tooDeep = fault.T("Остановлено: триггеры вызывали друг друга уже "+strconv.Itoa(MaxDepth)+" раз подряд.", "Stopped: triggers have set each other off "+strconv.Itoa(MaxDepth)+" times in a row.")

// cause is what the changes of a run are put down to.
func (r *Run) cause() actor.Cause {
	return actor.Cause{Kind: actor.Trigger, ID: int64(r.TriggerID), Depth: r.Depth + 1}
}

// tell puts a run into its conversation's timeline, and has open pages show what it did from
// a step on.
func (w *work) tell(ctx context.Context, name string, r *Run, from int) error {
	if r.Conversation == 0 {
		return nil
	}
	ids, err := w.store.NextIDs(ctx, 1)
	if err != nil {
		return err
	}
	w.out.Enter(ids[0], r.Conversation, "trigger", r.cause(), w.now, map[string]any{
		"trigger_id": strconv.FormatInt(int64(r.TriggerID), 10), "run_id": strconv.FormatInt(int64(r.ID), 10), "name": name, "outcome": r.Outcome,
	})
	wrote := func(s Step) bool {
		return s.Outcome == Done && (s.Type == Reply || s.Type == Note || s.Type == SendTemplate)
	}
	if !slices.ContainsFunc(r.Steps[from:], wrote) { // a message tells pages by itself
		w.out.Renew(r.Conversation, r.cause(), w.now)
	}
	return nil
}

// save writes what is left: the log, clocks, jobs and the timeline.
func (w *work) save(ctx context.Context) error {
	if err := w.store.AddRuns(ctx, w.runs); err != nil {
		return fmt.Errorf("keep runs: %w", err)
	}
	begun, err := w.store.ArmTimers(ctx, w.armed)
	if err != nil {
		return fmt.Errorf("start clocks: %w", err)
	}
	for _, a := range begun {
		w.ring(a)
	}
	if len(w.out.FollowUps)+len(w.out.Timeline) == 0 {
		return nil
	}
	return w.store.Save(ctx, &w.out)
}
