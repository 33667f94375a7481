package assign

import (
	"slices"
	"sync"

	"parley/inbox"
)

// known is who has been offered everything that waits in teams that offer to all at once,
// as far as this node has looked. Only somebody besides makes another look worth it; what
// a node does not know costs it one look, for whom each was offered to is stored.
type known struct {
	mu   sync.Mutex
	team map[inbox.TeamID][]inbox.AgentID
}

// knows tells whether all of these have been offered a team's conversations. Who is not
// among them is forgotten: they may miss something until they are there again.
func (k *known) knows(team inbox.TeamID, free []inbox.AgentID) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	before := len(without(free, k.team[team]))
	if have := k.team[team]; len(have) > 0 {
		k.team[team] = slices.DeleteFunc(slices.Clone(have), func(id inbox.AgentID) bool { return !slices.Contains(free, id) })
	}
	return before == 0
}

// note remembers who was free when all that waits was looked at.
func (k *known) note(team inbox.TeamID, free []inbox.AgentID) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.team == nil {
		k.team = map[inbox.TeamID][]inbox.AgentID{}
	}
	k.team[team] = free
}

// without returns those of a list that are not in another.
func without(list, other []inbox.AgentID) (out []inbox.AgentID) {
	for _, id := range list {
		if !slices.Contains(other, id) {
			out = append(out, id)
		}
	}
	return out
}
