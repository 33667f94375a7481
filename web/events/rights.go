package events

import (
	"slices"
	"sync"

	"parley/internal/auth"
	"parley/internal/fault"
)

// sameRights tells whether two viewers see and may do the same.
func sameRights(a, b auth.Viewer) bool {
	return a.AgentID == b.AgentID && a.Role == b.Role && a.Reach == b.Reach && a.Key == b.Key &&
		slices.Equal(a.Scopes, b.Scopes) && equalSets(a.Teams, b.Teams) && equalSets(a.Accounts, b.Accounts)
}

func equalSets[T ~int64](a, b []T) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}

// refused tells a clear no from a question that could not be answered.
func refused(err error) bool {
	switch fault.KindOf(err) {
	case fault.Internal, fault.Unavailable, fault.TooMany:
		return false
	default:
		return true
	}
}

// PeopleChanged makes every stream look at its listener's rights again, because an
// agent, a team, a session or a key has changed, and tells open pages that the names
// they know may be old.
func (f *Feed) PeopleChanged() {
	f.people.send()
	f.moment(peopleChanged, struct{}{}, &audience{everyone: true})
}

const peopleChanged = "people.changed"

// broadcast tells all who wait that something happened.
type broadcast struct {
	mu sync.Mutex
	c  chan struct{}
}

func (b *broadcast) init() { b.c = make(chan struct{}) }

// changed returns a channel that is closed at the next send.
func (b *broadcast) changed() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.c
}

func (b *broadcast) send() {
	b.mu.Lock()
	defer b.mu.Unlock()
	close(b.c)
	b.c = make(chan struct{})
}
