package assign

import (
	"slices"
	"strings"
	"time"

	"parley/inbox"
	"parley/router/sla"
)

// Strategy is how a team chooses among its members.
type Strategy string

// The strategies.
const (
	Manual    Strategy = "manual" // nobody is chosen: people take what they want
	EvenTurns Strategy = "even_turns"
	LeastBusy Strategy = "least_busy"
	Strict    Strategy = "strict_order"
	AllAtOnce Strategy = "all_at_once" // everybody is offered it; the first to take it has it
)

// Team is how a team hands out.
type Team struct {
	ID       inbox.TeamID
	Strategy Strategy
	Timeout  time.Duration // 0 = a conversation is not passed on
	Overflow inbox.TeamID
	Head     inbox.AgentID
	Sticky   bool            // the contact's own agent comes first, if there
	Hours    *sla.Schedule   // when it works; nil = always
	Order    []inbox.AgentID // of Strict; who is not in it comes after
	Members  []inbox.AgentID
	Turns    map[inbox.AgentID]int64 // when each had their last turn; higher is later
}

// Agent is somebody who answers.
type Agent struct {
	ID       inbox.AgentID
	Presence string // online, away, busy, offline
	Absent   bool   // by a dated absence
	Capacity int    // 0 = no limit
	Load     int    // of what they hold, by weight
	Held     int    // how many open conversations that is
	Skills   []string
	Accounts []int64 // the channels open to them; empty = all
}

// Weights are what a conversation of a kind of channel takes of a capacity; 1 where
// there is none.
type Weights map[string]int

// Of returns the weight of a kind of channel.
func (w Weights) Of(kind string) int {
	if n, ok := w[kind]; ok {
		return n
	}
	return 1
}

// Board is who is there and how busy, at one moment. A choice changes it.
type Board struct {
	Teams   map[inbox.TeamID]*Team
	Agents  map[inbox.AgentID]*Agent
	Weights Weights
	Turn    int64 // the last turn that anybody had
	Now     time.Time
}

// Item is a conversation that waits to be handed out.
type Item struct {
	ID      inbox.ConversationID
	Team    inbox.TeamID
	Account int64  // 0 = any
	Kind    string // of its channel
	Owner   inbox.AgentID
	Labels  []string        // names; those that are skills in the team are needed
	Tried   []inbox.AgentID // who had it and did not answer
}

// Reason says why somebody was chosen or passed over.
type Reason string

// Why somebody was chosen.
const (
	ByTurn    Reason = "even_turns"
	ByLoad    Reason = "least_busy"
	ByOrder   Reason = "strict_order"
	ByOwner   Reason = "sticky_owner"
	ByHead    Reason = "head"
	ByClaim   Reason = "claimed"
	ByOffer   Reason = "offered"
	Overflow  Reason = "overflow"
	Nobody    Reason = "nobody"
	Closed    Reason = "closed" // the team does not work now
	ByHand    Reason = "manual" // people take what they want
	ByAbsence Reason = "absence"
	ByReturn  Reason = "return"
)

// Why somebody was passed over.
const (
	Offline     Reason = "offline"
	Away        Reason = "away"
	Busy        Reason = "busy"
	Absent      Reason = "absent"
	Full        Reason = "full"
	NoSkill     Reason = "no_skill"
	NoAccess    Reason = "no_access"
	NoAnswer    Reason = "did_not_answer"
	LaterTurn   Reason = "later_turn"
	Busier      Reason = "busier"
	LaterInLine Reason = "later_in_line"
	NotOwner    Reason = "not_owner"
)

// Passed is somebody who was passed over.
type Passed struct {
	Agent  inbox.AgentID
	Reason Reason
}

// Decision is who gets a conversation. To is 0 when nobody can.
type Decision struct {
	To      inbox.AgentID
	Reason  Reason
	Passed  []Passed
	Offered []inbox.AgentID // everybody who may take it
}

// Choose decides who of a team gets a conversation, and notes it on the board.
func (b *Board) Choose(it Item) Decision {
	t := b.Teams[it.Team]
	if t == nil {
		return Decision{Reason: Nobody}
	}
	if !t.Works(b.Now) {
		return Decision{Reason: Closed}
	}
	d, able := b.able(t, it)
	switch {
	case len(able) == 0:
		d.Reason = Nobody
		return d
	case t.Strategy == AllAtOnce:
		d.Reason, d.Offered = ByOffer, able
		return d
	case t.Sticky && slices.Contains(able, it.Owner):
		d.pick(it.Owner, ByOwner, able, NotOwner)
	default:
		b.sort(t, able)
		reason, others := ByTurn, LaterTurn
		switch t.Strategy {
		case LeastBusy:
			reason, others = ByLoad, Busier
		case Strict:
			reason, others = ByOrder, LaterInLine
		}
		d.pick(able[0], reason, able, others)
	}
	b.give(t, d.To, it)
	return d
}

func (d *Decision) pick(to inbox.AgentID, why Reason, able []inbox.AgentID, others Reason) {
	d.To, d.Reason = to, why
	for _, id := range able {
		if id != to {
			d.Passed = append(d.Passed, Passed{id, others})
		}
	}
}

// give notes that somebody has a conversation more, and had their turn.
func (b *Board) give(t *Team, to inbox.AgentID, it Item) {
	b.Agents[to].Load += b.Weights.Of(it.Kind)
	b.Turn++
	if t.Turns == nil {
		t.Turns = map[inbox.AgentID]int64{}
	}
	t.Turns[to] = b.Turn
}

// sort puts the first choice first. What is equal goes by turns, or in a strict order by
// id.
func (b *Board) sort(t *Team, able []inbox.AgentID) {
	rank := func(id inbox.AgentID) int64 {
		switch t.Strategy {
		case LeastBusy:
			return int64(b.Agents[id].Load)
		case Strict:
			if i := slices.Index(t.Order, id); i >= 0 {
				return int64(i)
			}
			return int64(len(t.Order))
		}
		return 0
	}
	slices.SortFunc(able, func(x, y inbox.AgentID) int {
		turns := t.Turns[x] - t.Turns[y]
		if t.Strategy == Strict {
			turns = 0
		}
		for _, n := range []int64{rank(x) - rank(y), turns, int64(x - y)} {
			if n != 0 {
				return int(max(min(n, 1), -1))
			}
		}
		return 0
	})
}

// able returns who could get a conversation now, and why the others could not.
func (b *Board) able(t *Team, it Item) (d Decision, able []inbox.AgentID) {
	needs := b.needs(t, it)
	for _, id := range t.Members {
		a := b.Agents[id]
		if a == nil {
			continue // disabled
		}
		why := a.kept(it, b.Weights.Of(it.Kind), needs)
		if why != "" {
			d.Passed = append(d.Passed, Passed{id, why})
			continue
		}
		able = append(able, id)
	}
	return d, able
}

// kept says why somebody cannot get a conversation now, "" when they can.
func (a *Agent) kept(it Item, weight int, needs []string) Reason {
	switch {
	case slices.Contains(it.Tried, a.ID):
		return NoAnswer
	case a.Absent:
		return Absent
	case a.Presence == "away":
		return Away
	case a.Presence == "busy":
		return Busy
	case a.Presence != "online":
		return Offline
	case it.Account != 0 && len(a.Accounts) > 0 && !slices.Contains(a.Accounts, it.Account):
		return NoAccess
	}
	for _, s := range needs {
		if !slices.Contains(a.Skills, s) {
			return NoSkill
		}
	}
	if a.Capacity > 0 && a.Load+weight > a.Capacity {
		return Full
	}
	return ""
}

// needs are the conversation's labels that somebody in the team has as a skill: what
// nobody can do is not asked for.
func (b *Board) needs(t *Team, it Item) (out []string) {
	for _, label := range it.Labels {
		label = strings.ToLower(label)
		if slices.ContainsFunc(t.Members, func(id inbox.AgentID) bool { return b.Agents[id] != nil && slices.Contains(b.Agents[id].Skills, label) }) {
			out = append(out, label)
		}
	}
	return out
}

// Works tells whether a team hands out at a time.
func (t *Team) Works(at time.Time) bool { return t.Hours == nil || t.Hours.Open(at) }

// lateAt is when a conversation that a team has had since a moment is passed on; the
// hours in which it does not work do not count.
func (t *Team) lateAt(since time.Time) time.Time {
	if t.Hours == nil {
		return since.Add(t.Timeout)
	}
	if at, ok := t.Hours.Add(since, t.Timeout); ok {
		return at
	}
	return since.Add(forget)
}

// free returns who of a team might get something now.
func (b *Board) free(t *Team) (out []inbox.AgentID) {
	if !t.Works(b.Now) {
		return nil
	}
	for _, id := range t.Members {
		if a := b.Agents[id]; a != nil && !a.Absent && a.Presence == "online" && (a.Capacity == 0 || a.Load < a.Capacity) {
			out = append(out, id)
		}
	}
	return out
}
