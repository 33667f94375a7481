package auth

import "slices"

// Viewer is who is asking: an agent by a session, a program by an API key, or
// this program itself. Every query and every live event is filtered by it. The
// zero value sees and may do nothing.
type Viewer struct {
	// AgentID is the agent, or 0 for an API key and for System.
	AgentID AgentID
	// Name is the agent's or the key's, for the timeline.
	Name string
	// Role decides what may be changed. An API key has the rights of an admin
	// within its Scopes.
	Role Role
	// Reach, Teams and Accounts decide what is seen; the rule is actor.Viewer.Sees.
	Reach    Reach
	Teams    []TeamID
	Accounts []int64 // empty is all
	// Language is the agent's own, or "" to follow the request.
	Language string
	// Session is the session that asks, or 0.
	Session SessionID
	// Key is the API key that asks, or 0, and Scopes is what it may touch.
	Key    APIKeyID
	Scopes Scopes
}

// System is the program itself: the command line, jobs and the start-up.
func System() Viewer {
	return Viewer{Name: "Parley", Role: RoleAdmin, Reach: ReachAll}
}

// ViewerOf is an agent as a Viewer.
func ViewerOf(a Agent) Viewer {
	v := Viewer{
		AgentID: a.ID, Name: a.Name, Role: a.Role, Language: a.Language,
		Reach: a.Access.Conversations, Teams: a.TeamIDs, Accounts: a.Access.AccountIDs,
	}
	if a.Role == RoleAdmin {
		v.Reach, v.Accounts = ReachAll, nil
	}
	return v
}

// viewerOfKey is an API key as a Viewer.
func viewerOfKey(k APIKey) Viewer {
	return Viewer{Name: k.Name, Role: RoleAdmin, Reach: ReachAll, Key: k.ID, Scopes: k.Scopes}
}

// IsAdmin reports whether everything may be changed.
func (v Viewer) IsAdmin() bool { return v.Role == RoleAdmin }

// InTeam reports whether the viewer is a member of t.
func (v Viewer) InTeam(t TeamID) bool { return t != 0 && slices.Contains(v.Teams, t) }

// May reports whether the viewer's scopes allow reading or writing a kind of
// object, named as in the API's paths ("conversations"). Agents are not bound by
// scopes.
func (v Viewer) May(noun string, write bool) bool {
	if v.Key == 0 {
		return v.Role != ""
	}
	return v.Scopes.Allow(noun, write)
}
