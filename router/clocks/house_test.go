package clocks_test

import (
	"testing"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/store"
	"parley/internal/store/storetest"
	"parley/router/clocks"
	"parley/router/routertest"
	"parley/router/rules"
)

// house is everything around clocks, over a real database, with a clock that tests move.
// Jobs run, and due clocks are looked at, when a test says so.
type house struct {
	*routertest.World
	clocks *clocks.Service
}

const (
	account = routertest.Account
	jane    = routertest.Jane
	sales   = routertest.Sales
)

func each(t *testing.T, run func(t *testing.T, h *house)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) { run(t, build(t, db)) })
}

func build(t testing.TB, db *store.DB) *house {
	t.Helper()
	h := &house{World: routertest.New(t, db, 0)}
	book := clocks.NewBook()
	db.OnSave(book.Listen)
	h.clocks = clocks.New(clocks.Options{Store: db, Book: book, Outside: h, Now: h.Now, Log: h.Log})
	h.Staff()
	return h
}

func (h *house) answers(id inbox.ConversationID, a inbox.Answer) {
	h.T.Helper()
	if a.Kind == "" {
		a.Kind = inbox.KindMessage
	}
	if _, err := h.Inbox.Write(h.T.Context(), person(), id, a); err != nil {
		h.T.Fatal(err)
	}
}

func (h *house) patch(id inbox.ConversationID, p inbox.Patch) {
	h.T.Helper()
	if _, err := h.Inbox.Patch(h.T.Context(), person(), id, p); err != nil {
		h.T.Fatal(err)
	}
}

// due looks at what is due.
func (h *house) due() {
	h.T.Helper()
	for range 100 {
		seen, err := h.clocks.Due(h.T.Context())
		if err != nil {
			h.T.Fatal(err)
		}
		if seen == 0 {
			return
		}
	}
	h.T.Fatal("what is due never ends")
}

func (h *house) policy(p clocks.Policy) clocks.Policy {
	h.T.Helper()
	if p.Name == "" {
		p.Name = "Standard"
	}
	p, err := h.clocks.AddPolicy(h.T.Context(), p)
	if err != nil {
		h.T.Fatal(err)
	}
	return p
}

// clock returns the last clock of a metric.
func (h *house) clock(id inbox.ConversationID, m clocks.Metric) clocks.Why {
	h.T.Helper()
	w, err := h.clocks.Explain(h.T.Context(), actor.System(), id, m, 0)
	if err != nil {
		h.T.Fatalf("%s: %v", m, err)
	}
	return w
}

func ptr[T any](v T) *T { return &v }

func (h *house) work() int {
	h.T.Helper()
	return h.Work(h.clocks.Run, 0)
}

func when(t testing.TB, text string) rules.Condition {
	t.Helper()
	return routertest.When(t, text)
}

// person is Jane as a viewer.
func person() actor.Viewer { return routertest.Viewer(jane, "Jane") }
