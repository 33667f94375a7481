package app

import "parley/router/clocks"

// wireClocks makes the clocks of service: the store shows their book every operation's
// changes, the runner brings them what the book left, and a waker looks at what is due.
func (a *App) wireClocks() {
	book := clocks.NewBook()
	a.Store.OnSave(book.Listen)
	a.Clocks = clocks.New(clocks.Options{Store: a.Store, Book: book, Outside: deadlines{a}, Now: a.Now, Right: a.clockRight, Log: a.Log})
	a.Jobs.Together(clocks.JobChanges, byPayload(a.Clocks.Run))
	a.waker = clocks.NewWaker(a.Clocks)
}
