package channeltest

import (
	"context"
	"slices"
	"sync"
)

// Step is something that happened to an inbound message.
type Step string

// The steps, in the order of a good life.
const (
	StepOffered      Step = "offered"   // handed to Deliver
	StepRefused      Step = "refused"   // Deliver failed, nothing was kept
	StepCommitted    Step = "committed" // kept for the first time
	StepDuplicate    Step = "duplicate" // kept already
	StepAcknowledged Step = "acknowledged"
	StepQuarantined  Step = "quarantined" // committed as not understood
)

type entry struct {
	step Step
	text string
}

// Journal is what happened to inbound messages, in order. Messages are known by their
// text, because each check writes texts of its own.
type Journal struct {
	mu      sync.Mutex
	entries []entry
	changed chan struct{} // closed and replaced at every entry
}

// NewJournal returns an empty journal.
func NewJournal() *Journal { return &Journal{changed: make(chan struct{})} }

// Acknowledged notes that the network was told that a message was taken.
func (j *Journal) Acknowledged(text string) { j.add(StepAcknowledged, text) }

func (j *Journal) add(step Step, text string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.entries = append(j.entries, entry{step, text})
	close(j.changed)
	j.changed = make(chan struct{})
}

// Count returns how often a step happened to a message.
func (j *Journal) Count(step Step, text string) int {
	j.mu.Lock()
	defer j.mu.Unlock()
	n := 0
	for _, e := range j.entries {
		if e == (entry{step, text}) {
			n++
		}
	}
	return n
}

// Before tells whether a message's first step a came before its first step b, or b
// never came.
func (j *Journal) Before(a, b Step, text string) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	first, second := slices.Index(j.entries, entry{a, text}), slices.Index(j.entries, entry{b, text})
	return second < 0 || first >= 0 && first < second
}

// Wait returns true once cond holds, which is looked at after every entry, and false
// when ctx ends first.
func (j *Journal) Wait(ctx context.Context, cond func() bool) bool {
	for {
		j.mu.Lock()
		changed := j.changed
		j.mu.Unlock()
		if cond() {
			return true
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return cond()
		}
	}
}
