package clocks_test

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
	"parley/internal/auth"
	"parley/internal/jobs"
	"parley/internal/store"
	"parley/internal/store/storetest"
	"parley/router"
	"parley/router/clocks"
	"parley/router/rules"
)

// house is everything around clocks, over a real database, with a clock that tests move.
// Jobs run, and due clocks are looked at, when a test says so.
type house struct {
	t      testing.TB
	db     *store.DB
	inbox  *inbox.Service
	intake *intake.Service
	clocks *clocks.Service

	mu   sync.Mutex
	now  time.Time
	told []router.Telling
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
	h := &house{t: t, db: db, now: time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)} // a Monday
	log := slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	limits := func(channels.AccountID) (channels.Limits, bool) {
		return channels.Limits{Text: channels.TextLimit{Max: 500, Unit: channels.UnitRunes}}, true
	}
	h.inbox = inbox.New(db, limits, h.Now, log)
	book := clocks.NewBook()
	db.OnSave(book.Listen)
	h.clocks = clocks.New(clocks.Options{Store: db, Book: book, Outside: h, Now: h.Now, Log: log})
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

// Tell makes the house a clocks.Outside.
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

func (h *house) deliver(events ...channels.Event) inbox.ConversationID {
	h.t.Helper()
	in := h.intake.For(account, func(context.Context, channels.Status) {})
	out, err := in.Deliver(h.t.Context(), channels.Batch{Events: events})
	if err != nil {
		h.t.Fatal(err)
	}
	return inbox.ConversationID(out[0].ConversationID)
}

func (h *house) answers(id inbox.ConversationID, a inbox.Answer) {
	h.t.Helper()
	if a.Kind == "" {
		a.Kind = inbox.KindMessage
	}
	if _, err := h.inbox.Write(h.t.Context(), person(), id, a); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) patch(id inbox.ConversationID, p inbox.Patch) {
	h.t.Helper()
	if _, err := h.inbox.Patch(h.t.Context(), person(), id, p); err != nil {
		h.t.Fatal(err)
	}
}

// work runs the jobs that are due and says how many there were.
func (h *house) work() (n int) {
	h.t.Helper()
	for round := 0; ; round++ {
		now := h.Now()
		token := fmt.Sprint("test", round)
		list, err := h.db.ClaimJobs(h.t.Context(), jobs.Claim{Token: token, Now: now, Until: now, Limit: 64, Together: true})
		if err != nil {
			h.t.Fatal(err)
		}
		if len(list) == 0 {
			return n
		}
		n += len(list)
		h.write(func(ctx context.Context) error {
			ids, payloads := make([]int64, len(list)), make([]string, len(list))
			for i, j := range list {
				ids[i], payloads[i] = j.ID, j.Payload
			}
			if ours, err := h.db.DeleteJobs(ctx, ids, token); err != nil || !ours {
				return fmt.Errorf("delete jobs: %v, %w", ours, err)
			}
			return h.clocks.Run(ctx, payloads)
		})
	}
}

// due looks at what is due.
func (h *house) due() {
	h.t.Helper()
	for range 100 {
		seen, err := h.clocks.Due(h.t.Context())
		if err != nil {
			h.t.Fatal(err)
		}
		if seen == 0 {
			return
		}
	}
	h.t.Fatal("what is due never ends")
}

func (h *house) policy(p clocks.Policy) clocks.Policy {
	h.t.Helper()
	if p.Name == "" {
		p.Name = "Standard"
	}
	p, err := h.clocks.SavePolicy(h.t.Context(), p)
	if err != nil {
		h.t.Fatal(err)
	}
	return p
}

// clock returns the last clock of a metric.
func (h *house) clock(id inbox.ConversationID, m clocks.Metric) clocks.Why {
	h.t.Helper()
	w, err := h.clocks.Explain(h.t.Context(), actor.System(), id, m, 0)
	if err != nil {
		h.t.Fatalf("%s: %v", m, err)
	}
	return w
}

func (h *house) entries(id inbox.ConversationID, typ string) (n int) {
	h.t.Helper()
	page, err := h.inbox.Timeline(h.t.Context(), actor.System(), id, "", 200)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, i := range page.Items {
		if i.Entry != nil && i.Entry.Type == typ {
			n++
		}
	}
	return n
}

// when reads a condition.
func when(t testing.TB, text string) (c rules.Condition) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		t.Fatal(err)
	}
	return c
}

// person is Jane as a viewer.
func person() actor.Viewer {
	return actor.Viewer{AgentID: int64(jane), Scope: actor.All, Cause: actor.Cause{Kind: actor.Agent, ID: int64(jane)}, Name: "Jane"}
}

func ptr[T any](v T) *T { return &v }
