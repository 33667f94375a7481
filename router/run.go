package router

import (
	"time"

	"parley/inbox"
	"parley/internal/fault"
	"parley/router/rules"
)

// Outcome says how a run, or one step of it, ended.
type Outcome string

// The outcomes of runs and steps.
const (
	Done    Outcome = "done"
	Failed  Outcome = "failed"  // of a run: at least one step failed
	Waiting Outcome = "waiting" // the rest is to come
	Stopped Outcome = "stopped" // what it waited for made the rest unnecessary, or the trigger is gone
	Refused Outcome = "refused" // beyond MaxDepth; nothing was done
)

// Run is one time that a trigger acted, or was refused to, and why.
type Run struct {
	ID           RunID
	TriggerID    TriggerID
	Event        string // Event.Key
	Conversation inbox.ConversationID
	At           time.Time
	Depth        int
	Outcome      Outcome
	Problem      fault.Text        // of a refused or stopped one
	Why          rules.Explanation // why its conditions held
	Steps        []Step
}

// Step is what came of one action.
type Step struct {
	Type    ActionType `json:"type"`
	Outcome Outcome    `json:"outcome"`
	Code    string     `json:"code,omitempty"` // of a failure
	Problem fault.Text `json:"problem,omitzero"`
	Detail  string     `json:"detail,omitempty"` // what was written, or made
}

// conclude sets the outcome of a run by its steps.
func (r *Run) conclude() {
	r.Outcome = Done
	for _, s := range r.Steps {
		switch s.Outcome {
		case Failed:
			r.Outcome = Failed
		case Waiting:
			r.Outcome = Waiting
			return
		}
	}
}
