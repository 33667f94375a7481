package auth

import (
	"slices"
	"time"

	"parley/internal/fault"
)

// TeamID identifies a team; 0 is none.
type TeamID int64

// Team is a group of agents that conversations are given to.
type Team struct {
	ID        TeamID
	Name      string
	MemberIDs []AgentID // sorted
	Routing   Routing
	CreatedAt time.Time
}

// Routing is how a team hands conversations out.
type Routing struct {
	Strategy string        // "" is StrategyManual
	Timeout  time.Duration // after which who does not answer loses it; 0 = never
	Overflow TeamID        // gets what nobody in the team answers
	Head     AgentID       // is told of missed deadlines, and gets what nobody else answers
	Unsticky bool          // the contact's own agent does not come first
	Order    []AgentID     // of StrategyStrict
	Schedule int64         // when the team works; 0 = always
}

// The strategies.
const (
	StrategyManual    = "manual"
	StrategyEvenTurns = "even_turns"
	StrategyLeastBusy = "least_busy"
	StrategyStrict    = "strict_order"
	StrategyAllAtOnce = "all_at_once"
)

// Version names the state that a change goes by: who is in it changes by pages of people as well.
func (t Team) Version() int64 {
	r := t.Routing
	return fault.Fingerprint(t.Name, t.MemberIDs, r.Strategy, r.Timeout, r.Overflow, r.Head, r.Unsticky, r.Order, r.Schedule)
}

// Clone returns a copy that shares no slices.
func (t Team) Clone() Team {
	t.Routing.Order = slices.Clone(t.Routing.Order)
	t.MemberIDs = slices.Clone(t.MemberIDs)
	return t
}
