package contact

import "parley/inbox/actor"

// Visible tells whether a viewer may see a contact: its owner may, whoever sees one of
// its conversations may, and one without any conversation is seen by all whose scope
// is wider than their own. The store's queries say the same in SQL.
func Visible(v actor.Viewer, owner int64, conversations []actor.Sight) bool {
	switch v.Scope {
	case actor.All, actor.Team, actor.Own:
	default:
		return false
	}
	if v.AgentID != 0 && owner == v.AgentID || len(conversations) == 0 && v.Scope != actor.Own {
		return true
	}
	for _, s := range conversations {
		if v.Sees(s) {
			return true
		}
	}
	return v.Scope == actor.All && len(v.Accounts) == 0
}
