package app

import (
	"time"

	"parley/router/clocks"
)

// settle is how long a node may take to read anew what was set up: it looks every poll, unless it is held up.
const settle = 10 * poll

// wireClocks makes the clocks of service: the store shows their book every operation's
// changes, the runner brings them what the book left, and a waker looks at what is due.
func (a *App) wireClocks() {
	book := clocks.NewBook()
	a.Store.OnSave(book.Listen)
	var others time.Duration
	if !a.Config.SQLite() {
		others = settle
	}
	a.Clocks = clocks.New(clocks.Options{
		Store: a.Store, Book: book, Outside: deadlines{a}, Now: a.Now, Right: a.clockRight, Settle: others, Log: a.Log,
	})
	a.Jobs.Together(clocks.JobChanges, byPayload(a.Clocks.Run))
	a.waker = clocks.NewWaker(a.Clocks)
}
