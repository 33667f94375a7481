package channeltest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"parley/channels"
)

// Fate is what becomes of one delivery.
type Fate int

// The fates that a Recorder can be told to have ready.
const (
	Keep   Fate = iota // commit and say so
	Refuse             // keep nothing and fail
	Die                // commit, and say nothing until the process ends
	Hold               // wait for Release, then commit and say so
)

// ErrRefused is what a refused delivery fails with.
var ErrRefused = errors.New("nothing was kept")

// Recorder is an inbox in memory: it keeps events by their keys, and cursors in the
// same step. It is safe for concurrent use.
type Recorder struct {
	journal *Journal

	mu       sync.Mutex
	fates    []Fate
	release  chan struct{}
	dead     chan struct{}
	events   []channels.Event
	byKey    map[channels.EventKey]int // index into events
	cursors  map[string]string
	statuses []channels.Status
	faults   []string
}

var _ channels.Inbound = (*Recorder)(nil)

// NewRecorder returns an empty Recorder that notes what it does in a journal.
func NewRecorder(j *Journal) *Recorder {
	return &Recorder{
		journal: j, release: make(chan struct{}), dead: make(chan struct{}),
		byKey: map[channels.EventKey]int{}, cursors: map[string]string{},
	}
}

// Next sets the fates of the next deliveries that hold events; later ones are kept.
func (r *Recorder) Next(fates ...Fate) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.fates = append(r.fates, fates...)
}

// Release lets deliveries that were held go on.
func (r *Recorder) Release() {
	r.mu.Lock()
	defer r.mu.Unlock()
	close(r.release)
	r.release = make(chan struct{})
}

// Crash ends deliveries that died, as the end of the process does.
func (r *Recorder) Crash() {
	r.mu.Lock()
	defer r.mu.Unlock()
	close(r.dead)
	r.dead = make(chan struct{})
}

// Cursor implements channels.Inbound.
func (r *Recorder) Cursor(_ context.Context, stream string) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.cursors[stream], nil
}

// Report implements channels.Inbound.
func (r *Recorder) Report(_ context.Context, s channels.Status) {
	r.mu.Lock()
	r.statuses = append(r.statuses, s)
	r.mu.Unlock()
	r.journal.add("status "+Step(s.State), "")
}

// Deliver implements channels.Inbound.
func (r *Recorder) Deliver(ctx context.Context, b channels.Batch) ([]channels.Outcome, error) {
	fate, release, dead := r.begin(b)
	switch fate {
	case Refuse:
		r.note(StepRefused, b)
		return nil, ErrRefused
	case Hold:
		select {
		case <-release:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	outcomes := r.commit(b)
	if fate == Die {
		select {
		case <-dead:
		case <-ctx.Done():
		}
		return nil, errors.New("the process ended after the commit")
	}
	return outcomes, nil
}

func (r *Recorder) begin(b channels.Batch) (fate Fate, release, dead chan struct{}) {
	r.mu.Lock()
	if len(r.fates) > 0 && len(b.Events) > 0 {
		fate, r.fates = r.fates[0], r.fates[1:]
	}
	for i := range b.Events {
		if fault := malformed(&b.Events[i]); fault != "" {
			r.faults = append(r.faults, fault)
		}
	}
	release, dead = r.release, r.dead
	r.mu.Unlock()
	r.note(StepOffered, b)
	return fate, release, dead
}

func (r *Recorder) note(step Step, b channels.Batch) {
	for i := range b.Events {
		r.journal.add(step, textOf(&b.Events[i]))
	}
}

func (r *Recorder) commit(b channels.Batch) []channels.Outcome {
	r.mu.Lock()
	outcomes := make([]channels.Outcome, 0, len(b.Events))
	steps := make([]Step, 0, len(b.Events))
	for _, ev := range b.Events {
		o := channels.Outcome{Key: ev.Key, Kind: channels.OutcomeMessage, At: time.Now()}
		at, known := r.byKey[ev.Key]
		switch {
		case known:
			o.Kind = channels.OutcomeDuplicate
			steps = append(steps, StepDuplicate)
		case ev.Problem != "":
			o.Kind = channels.OutcomeQuarantined
			steps = append(steps, StepQuarantined)
		case ev.Ignored:
			o.Kind = channels.OutcomeIgnored
			steps = append(steps, StepCommitted)
		default:
			steps = append(steps, StepCommitted)
		}
		if !known {
			at = len(r.events)
			r.byKey[ev.Key] = at
			r.events = append(r.events, ev)
		}
		o.MessageID = int64(at) + 1
		outcomes = append(outcomes, o)
	}
	if b.Stream != "" {
		r.cursors[b.Stream] = b.Cursor
	}
	r.mu.Unlock()
	for i := range b.Events {
		r.journal.add(steps[i], textOf(&b.Events[i]))
	}
	return outcomes
}

// Events returns what was kept, in order.
func (r *Recorder) Events() []channels.Event {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.events)
}

// Statuses returns what was reported, in order.
func (r *Recorder) Statuses() []channels.Status {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.statuses)
}

// Faults returns what was wrong with the events delivered.
func (r *Recorder) Faults() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.faults)
}

// textOf returns the text by which the journal knows an event, "" for others than messages.
func textOf(ev *channels.Event) string {
	if ev.Message == nil || ev.Problem != "" {
		return ""
	}
	return ev.Message.Text
}

// malformed says what is wrong with an event, "" when nothing is.
func malformed(ev *channels.Event) string {
	payloads := 0
	for _, set := range []bool{ev.Message != nil, ev.Edit != nil, ev.Delete != nil, ev.Reaction != nil, ev.Receipt != nil} {
		if set {
			payloads++
		}
	}
	switch {
	case ev.Key == "" || len(ev.Key) > channels.MaxKey:
		return fmt.Sprintf("an event's key has %d bytes", len(ev.Key))
	case ev.Problem != "" && payloads > 0:
		return "an event that was not understood has a payload"
	case ev.Problem != "", ev.Ignored && payloads == 0:
		return ""
	case payloads != 1:
		return fmt.Sprintf("an event has %d payloads", payloads)
	case len(ev.Chat) > channels.MaxChat:
		return fmt.Sprintf("an event's chat has %d bytes", len(ev.Chat))
	case ev.Message != nil && (ev.Chat == "" || ev.Sender.Scope == "" || ev.Sender.Address == ""):
		return "a message lacks its chat or its sender"
	case ev.Direction != channels.Inward && ev.Direction != channels.Echo:
		return fmt.Sprintf("an event has the direction %q", ev.Direction)
	}
	return ""
}
