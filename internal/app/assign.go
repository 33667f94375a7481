package app

import (
	"context"
	"time"

	"parley/internal/auth"
	"parley/router/assign"
	"parley/web/people"
)

// wireAssign makes who answers: a waker hands conversations out when something changed,
// and looks from time to time for who has come online.
func (a *App) wireAssign() {
	a.Assign = assign.New(assign.Options{
		Store: a.Store, Desk: a.Inbox, Now: a.Now, Right: a.clockRight, Log: a.Log,
		Rights: func() { a.Feed.PeopleChanged() }, Present: a.presentAnew, Attending: func() []int64 { return a.Feed.Here() },
	})
	a.Store.OnSave(a.Assign.Listen)
	a.handing = assign.NewWaker(a.Assign)
}

// watcher tells open pages of changes of people and teams, and has handing out look at
// what they allow now.
type watcher struct{ app *App }

var _ people.Watcher = watcher{}

// PeopleChanged implements people.Watcher.
func (w watcher) PeopleChanged() {
	w.app.Feed.PeopleChanged()
	w.app.handing.Wake()
}

// PresenceChanged implements people.Watcher.
func (w watcher) PresenceChanged(agent int64, p auth.Presence) {
	w.app.Feed.PresenceChanged(agent, p)
	w.app.handing.Wake()
}

// presentAnew tells pages how an agent is present now.
func (a *App) presentAnew(agent int64) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	p, err := a.presence(ctx, agent)
	if err != nil {
		a.Log.Warn("presence not read", "agent_id", agent, "error", err)
		return
	}
	a.Feed.PresenceChanged(agent, p)
}

// present is how an agent is present who has opened a first page; whoever was set to away
// for having none comes back.
func (a *App) present(ctx context.Context, agent int64) (auth.Presence, error) {
	if err := a.Assign.Here(ctx, agent, true); err != nil {
		a.Log.Warn("coming back not noted", "agent_id", agent, "error", err)
	}
	return a.presence(ctx, agent)
}

// gone notes that an agent has no page open any more.
func (a *App) gone(ctx context.Context, agent int64) {
	if err := a.Assign.Here(ctx, agent, false); err != nil {
		a.Log.Warn("leaving not noted", "agent_id", agent, "error", err)
	}
}
