package auth

import (
	"slices"
	"time"
)

// AgentID identifies an agent; 0 is nobody.
type AgentID int64

// Role is what an agent is for. It decides what they may change; Access decides
// what they see.
type Role string

// The roles.
const (
	RoleAdmin    Role = "admin"    // may do everything
	RoleLead     Role = "lead"     // manages the members of own teams
	RoleAgent    Role = "agent"    // answers
	RoleMarketer Role = "marketer" // sends mailings
)

// Valid reports whether r is one of the four roles.
func (r Role) Valid() bool {
	return r == RoleAdmin || r == RoleLead || r == RoleAgent || r == RoleMarketer
}

// Presence is whether an agent takes new conversations right now.
type Presence string

// The presences.
const (
	Online  Presence = "online"
	Away    Presence = "away"
	Busy    Presence = "busy"
	Offline Presence = "offline"
)

// Valid reports whether p is one of the four presences.
func (p Presence) Valid() bool {
	return p == Online || p == Away || p == Busy || p == Offline
}

// Reach is how many conversations an agent sees, on the accounts open to them.
type Reach string

// The reaches, from widest to narrowest.
const (
	ReachAll  Reach = "all"  // every conversation
	ReachTeam Reach = "team" // own ones, those of own teams, and those of no team
	ReachOwn  Reach = "own"  // those assigned to the agent
)

// Valid reports whether r is one of the three reaches.
func (r Reach) Valid() bool { return r == ReachAll || r == ReachTeam || r == ReachOwn }

// Access limits what an agent sees.
type Access struct {
	// Conversations is the reach. An admin's is always ReachAll.
	Conversations Reach
	// AccountIDs are the channel accounts open to the agent; empty means all. An
	// admin's is always empty.
	AccountIDs []int64
}

// Agent is a person who works in this installation.
type Agent struct {
	ID       AgentID
	Email    string // lower case, unique
	Name     string
	Role     Role
	Language string // "ru", "en" or "ar"
	Capacity int    // how many open conversations at most; 0 is no limit
	Presence Presence
	Skills   []string // sorted, lower case
	TeamIDs  []TeamID // sorted; the same facts as Team.MemberIDs
	Access   Access
	// Disabled agents cannot sign in and get no conversations. Agents are never
	// deleted, because what they wrote keeps their name.
	Disabled  bool
	CreatedAt time.Time
	// Signature stands under the agent's mails: harmless HTML, "" for none.
	Signature string
}

// Clone returns a copy that shares no slices.
func (a Agent) Clone() Agent {
	a.Skills = slices.Clone(a.Skills)
	a.TeamIDs = slices.Clone(a.TeamIDs)
	a.Access.AccountIDs = slices.Clone(a.Access.AccountIDs)
	return a
}

// defaultReach is the reach of a new agent of a role.
func defaultReach(r Role) Reach {
	switch r {
	case RoleAdmin:
		return ReachAll
	case RoleMarketer:
		return ReachOwn
	default:
		return ReachTeam
	}
}
