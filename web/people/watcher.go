package people

import "parley/internal/auth"

// Watcher hears of changes that open pages must know of at once. It must not block.
type Watcher interface {
	// PeopleChanged says that somebody's rights may have changed.
	PeopleChanged()
	// PresenceChanged says how an agent is present now.
	PresenceChanged(agent int64, p auth.Presence)
}

// nobody is the Watcher of who has none.
type nobody struct{}

func (nobody) PeopleChanged()                       {}
func (nobody) PresenceChanged(int64, auth.Presence) {}

// Watch tells w of changes from now on. It is called before the server starts.
func (p *People) Watch(w Watcher) { p.watcher = w }

// told passes an error on, and tells the watcher where there is none.
func (p *People) told(err error) error {
	if err == nil {
		p.watcher.PeopleChanged()
	}
	return err
}
