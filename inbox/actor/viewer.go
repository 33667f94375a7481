package actor

// Scope is how much of the inbox a viewer sees.
type Scope string

// The scopes: everything; own, own teams' and team-less; only what is assigned to the viewer.
const (
	All  Scope = "all"
	Team Scope = "team"
	Own  Scope = "own"
)

// Viewer is who is asking. The zero value sees nothing.
type Viewer struct {
	AgentID  int64   // 0 for a key without a person
	Scope    Scope   // "" sees nothing
	Teams    []int64 // the viewer's teams
	Accounts []int64 // channels the viewer may see; empty = every channel
	Cause    Cause   // what changes by this viewer are put down to
	Name     string
}

// System sees everything; it is what the program itself reads with.
func System() Viewer { return Viewer{Scope: All} }

// Sight is what decides who may see an object: the team and account that it
// belongs to and the agent who holds it. Zero ids mean none.
type Sight struct {
	AccountID int64
	TeamID    int64
	AgentID   int64
}

// Sees tells whether the viewer may see an object. The store's queries say the same
// in SQL; a property test keeps the two equal.
func (v Viewer) Sees(s Sight) bool {
	if len(v.Accounts) > 0 && !has(v.Accounts, s.AccountID) {
		return false
	}
	switch mine := v.AgentID != 0 && s.AgentID == v.AgentID; v.Scope {
	case All:
		return true
	case Team:
		return mine || s.TeamID == 0 || has(v.Teams, s.TeamID)
	case Own:
		return mine
	default:
		return false
	}
}

func has(list []int64, id int64) bool {
	for _, x := range list {
		if x == id {
			return true
		}
	}
	return false
}
