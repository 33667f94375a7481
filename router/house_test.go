package router_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/pipeline"
	"parley/internal/jobs"
	"parley/internal/store"
	"parley/internal/store/storetest"
	"parley/router"
	"parley/router/routertest"
	"parley/router/rules"
)

// house is everything around a router, over a real database, with a clock that tests
// move. Jobs run when a test says so.
type house struct {
	*routertest.World
	router *router.Service
	window time.Duration // of the account
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
	book := router.NewBook()
	db.OnSave(book.Listen)
	h.router = router.New(router.Options{
		Window:   func(channels.AccountID) time.Duration { return h.window },
		Template: func(_ context.Context, name, _ string) (int, bool, error) { return 1, name == "welcome", nil },
		Store:    db, Book: book, Desk: h.Inbox, Pipeline: pipeline.New(db, h.Now), Outside: h, Now: h.Now, Log: h.Log,
	})
	h.Staff()
	return h
}

// trigger saves one.
func (h *house) trigger(tr router.Trigger) router.Trigger {
	h.T.Helper()
	tr.Enabled = true
	if tr.Name == "" {
		tr.Name = h.T.Name()
	}
	tr, err := h.router.AddTrigger(h.T.Context(), tr)
	if err != nil {
		h.T.Fatal(err)
	}
	return tr
}

func (h *house) runs(f router.RunFilter) []router.Run {
	h.T.Helper()
	page, err := h.router.Runs(h.T.Context(), actor.System(), f)
	if err != nil {
		h.T.Fatal(err)
	}
	return page.Items
}

// texts are what stands in a conversation.
func (h *house) texts(id inbox.ConversationID) (out []string) {
	h.T.Helper()
	page, err := h.Inbox.Messages(h.T.Context(), actor.System(), id, inbox.MessageFilter{})
	if err != nil {
		h.T.Fatal(err)
	}
	for _, m := range page.Items {
		out = append(out, m.Text)
	}
	return out
}

// says delivers a message of a visitor, a second later.
func (h *house) says(visitor, key, text string) inbox.ConversationID {
	h.T.Helper()
	h.Pass(time.Second)
	return h.Says(visitor, key, text)
}

// deliver brings an event, a second later.
func (h *house) deliver(ev channels.Event) inbox.ConversationID {
	h.T.Helper()
	h.Pass(time.Second)
	return h.Deliver(ev)
}

func (h *house) work() int {
	h.T.Helper()
	return h.Work(h.router.Run, time.Millisecond)
}

// others runs the jobs that are not the router's, by their kind.
func (h *house) others(run map[string]func(ctx context.Context, payload string) error) {
	h.T.Helper()
	for {
		now := h.Now()
		list, err := h.DB.ClaimJobs(h.T.Context(), jobs.Claim{Token: "others", Now: now, Until: now, Limit: 16})
		if err != nil {
			h.T.Fatal(err)
		}
		if len(list) == 0 {
			return
		}
		for _, j := range list {
			h.Write(func(ctx context.Context) error {
				if ours, err := h.DB.DeleteJobs(ctx, []int64{j.ID}, "others"); err != nil || !ours {
					return fmt.Errorf("delete job: %v, %w", ours, err)
				}
				return run[j.Kind](ctx, j.Payload)
			})
		}
	}
}

func when(t testing.TB, text string) rules.Condition {
	t.Helper()
	return routertest.When(t, text)
}

// person is Jane as a viewer.
func person() actor.Viewer { return routertest.Viewer(jane, "Jane") }
