package router_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"parley/accounts"
	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/intake"
	"parley/inbox/pipeline"
	"parley/internal/auth"
	"parley/internal/jobs"
	"parley/internal/store"
	"parley/internal/store/storetest"
	"parley/router"
	"parley/router/rules"
)

// house is everything around a router, over a real database, with a clock that tests
// move. Jobs run when a test says so.
type house struct {
	t      testing.TB
	db     *store.DB
	inbox  *inbox.Service
	intake *intake.Service
	router *router.Service

	mu    sync.Mutex
	now   time.Time
	calls []router.Call
	told  []router.Telling
}

const (
	account = channels.AccountID(21)
	jane    = auth.AgentID(1)
	sales   = auth.TeamID(10)
)

func each(t *testing.T, run func(t *testing.T, h *house)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) { run(t, build(t, db)) })
}

func build(t testing.TB, db *store.DB) *house {
	t.Helper()
	h := &house{t: t, db: db, now: time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)}
	log := slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	limits := func(channels.AccountID) (channels.Limits, bool) {
		return channels.Limits{Text: channels.TextLimit{Max: 500, Unit: channels.UnitRunes}}, true
	}
	h.inbox = inbox.New(db, limits, h.Now, log)
	book := router.NewBook()
	db.OnSave(book.Listen)
	h.router = router.New(router.Options{
		Store: db, Book: book, Desk: h.inbox, Pipeline: pipeline.New(db, h.Now), Outside: h, Now: h.Now, Log: log,
	})
	h.write(func(ctx context.Context) error {
		if err := db.InsertAgent(ctx, auth.Agent{ID: jane, Email: "jane@example.com", Name: "Jane", Role: auth.RoleLead, CreatedAt: h.now}); err != nil {
			return err
		}
		if err := db.InsertTeam(ctx, auth.Team{ID: sales, Name: "Sales", MemberIDs: []auth.AgentID{jane}, CreatedAt: h.now}); err != nil {
			return err
		}
		row := accounts.Row{Account: accounts.Account{ID: account, Kind: channels.KindWebchat, Name: "Shop", CreatedAt: h.now, UpdatedAt: h.now}}
		return db.InsertAccount(ctx, row, actor.Cause{})
	})
	h.intake = intake.New(intake.Options{Store: db, Log: log, Now: h.Now})
	h.intake.Start()
	t.Cleanup(h.intake.Stop)
	return h
}

func (h *house) Now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *house) pass(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

func (h *house) write(fn func(ctx context.Context) error) {
	h.t.Helper()
	if err := h.db.Write(h.t.Context(), fn); err != nil {
		h.t.Fatal(err)
	}
}

// Call and Tell make the house a router.Outside.
func (h *house) Call(_ context.Context, c router.Call) error {
	h.calls = append(h.calls, c)
	return nil
}

func (h *house) Tell(_ context.Context, n router.Telling) (int, error) {
	h.told = append(h.told, n)
	return 1, nil
}

// says delivers a message of a visitor and returns its conversation.
func (h *house) says(visitor, key, text string) inbox.ConversationID {
	h.t.Helper()
	return h.deliver(channels.Event{
		Key: channels.EventKey(key), Direction: channels.Inward, Chat: visitor, Sender: channels.Sender{Scope: "visitor", Address: visitor, Name: "Ann Lee"},
		Message: &channels.Message{Text: text},
	})
}

func (h *house) deliver(ev channels.Event) inbox.ConversationID {
	h.t.Helper()
	h.pass(time.Second)
	in := h.intake.For(account, func(context.Context, channels.Status) {})
	out, err := in.Deliver(h.t.Context(), channels.Batch{Events: []channels.Event{ev}})
	if err != nil {
		h.t.Fatal(err)
	}
	return inbox.ConversationID(out[0].ConversationID)
}

// work runs the jobs that are due until there are none, and says how many there were.
func (h *house) work() (n int) {
	h.t.Helper()
	for round := 0; ; round++ {
		if round == 50 {
			h.t.Fatal("the work does not end")
		}
		list := h.claim(fmt.Sprint("test", round))
		if len(list) == 0 {
			return n
		}
		n += len(list)
		h.write(func(ctx context.Context) error { return h.do(ctx, list, fmt.Sprint("test", round)) })
		h.pass(time.Millisecond)
	}
}

func (h *house) claim(token string) []jobs.Job {
	h.t.Helper()
	now := h.Now()
	list, err := h.db.ClaimJobs(h.t.Context(), jobs.Claim{Token: token, Now: now, Until: now, Limit: 64, Together: true})
	if err != nil {
		h.t.Fatal(err)
	}
	return list
}

func (h *house) do(ctx context.Context, list []jobs.Job, token string) error {
	ids, payloads := make([]int64, len(list)), make([]string, len(list))
	for i, j := range list {
		ids[i], payloads[i] = j.ID, j.Payload
	}
	if ours, err := h.db.DeleteJobs(ctx, ids, token); err != nil || !ours {
		return fmt.Errorf("delete jobs: %v, %w", ours, err)
	}
	return h.router.Run(ctx, payloads)
}

// trigger saves one.
func (h *house) trigger(tr router.Trigger) router.Trigger {
	h.t.Helper()
	tr.Enabled = true
	if tr.Name == "" {
		tr.Name = h.t.Name()
	}
	tr, err := h.router.SaveTrigger(h.t.Context(), tr)
	if err != nil {
		h.t.Fatal(err)
	}
	return tr
}

// when reads a condition.
func when(t testing.TB, text string) (c rules.Condition) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		t.Fatal(err)
	}
	return c
}

func (h *house) conversation(id inbox.ConversationID) inbox.Row {
	h.t.Helper()
	row, err := h.inbox.Get(h.t.Context(), actor.System(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	return row
}

func (h *house) runs(f router.RunFilter) []router.Run {
	h.t.Helper()
	page, err := h.router.Runs(h.t.Context(), actor.System(), f)
	if err != nil {
		h.t.Fatal(err)
	}
	return page.Items
}

// texts are what stands in a conversation.
func (h *house) texts(id inbox.ConversationID) (out []string) {
	h.t.Helper()
	page, err := h.inbox.Messages(h.t.Context(), actor.System(), id, inbox.MessageFilter{})
	if err != nil {
		h.t.Fatal(err)
	}
	for _, m := range page.Items {
		out = append(out, m.Text)
	}
	return out
}

// person is Jane as a viewer.
func person() actor.Viewer {
	return actor.Viewer{AgentID: int64(jane), Scope: actor.All, Cause: actor.Cause{Kind: actor.Agent, ID: int64(jane)}, Name: "Jane"}
}
