package routertest

import (
	"context"
	"encoding/json"
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
	"parley/internal/store"
	"parley/router"
	"parley/router/rules"
)

// Who and what there is in a World.
const (
	Account = channels.AccountID(21) // of a chat on a site
	Jane    = auth.AgentID(1)        // see Staff
	Sales   = auth.TeamID(10)
)

// World is everything around a service of the router, over a real database. It is a
// router.Outside that keeps what it is told.
type World struct {
	T     testing.TB
	DB    *store.DB
	Inbox *inbox.Service
	Log   *slog.Logger

	Rules *intake.Rules // of the account's intake; none until a test saves some

	Calls []router.Call
	Told  []router.Telling

	intake *intake.Service
	mu     sync.Mutex
	now    time.Time
}

var _ router.Outside = (*World)(nil)

// New makes a World at noon of a Monday, with the account and nobody to answer.
// Conversations of the account come to a team, or to none when it is 0.
func New(t testing.TB, db *store.DB, team auth.TeamID) *World {
	t.Helper()
	w := &World{T: t, DB: db, now: time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)}
	w.Log = slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	limits := func(channels.AccountID) (channels.Limits, bool) {
		return channels.Limits{Text: channels.TextLimit{Max: 500, Unit: channels.UnitRunes}}, true
	}
	w.Inbox = inbox.New(db, limits, w.Now, w.Log)
	w.Write(func(ctx context.Context) error {
		row := accounts.Row{Account: accounts.Account{ID: Account, Kind: channels.KindWebchat, Name: "Shop", TeamID: int64(team), CreatedAt: w.now, UpdatedAt: w.now}}
		return db.InsertAccount(ctx, row, actor.Cause{})
	})
	w.Rules = intake.NewRules(db, w.Now)
	w.intake = intake.New(intake.Options{Store: db, Log: w.Log, Now: w.Now, Rules: w.Rules.Book})
	w.intake.Start()
	t.Cleanup(w.intake.Stop)
	return w
}

// Staff adds Jane, and Sales, which is Jane.
func (w *World) Staff() {
	w.T.Helper()
	w.Write(func(ctx context.Context) error {
		if err := w.DB.InsertAgent(ctx, auth.Agent{ID: Jane, Email: "jane@example.com", Name: "Jane", Role: auth.RoleLead, CreatedAt: w.Now()}); err != nil {
			return err
		}
		return w.DB.InsertTeam(ctx, auth.Team{ID: Sales, Name: "Sales", MemberIDs: []auth.AgentID{Jane}, CreatedAt: w.Now()})
	})
}

// Now is the World's clock.
func (w *World) Now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

// Pass moves the clock on.
func (w *World) Pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

// Write runs fn in one transaction.
func (w *World) Write(fn func(ctx context.Context) error) {
	w.T.Helper()
	w.must(w.DB.Write(w.T.Context(), fn))
}

// Call implements router.Outside.
func (w *World) Call(_ context.Context, c router.Call) error {
	w.Calls = append(w.Calls, c)
	return nil
}

// Tell implements router.Outside; one colleague hears it.
func (w *World) Tell(_ context.Context, n router.Telling) (int, error) {
	w.Told = append(w.Told, n)
	return 1, nil
}

func (w *World) must(err error) {
	w.T.Helper()
	if err != nil {
		w.T.Fatal(err)
	}
}

// When reads a condition.
func When(t testing.TB, text string) (c rules.Condition) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		t.Fatal(err)
	}
	return c
}

// Viewer is an agent who sees everything.
func Viewer(id auth.AgentID, name string) actor.Viewer {
	return actor.Viewer{AgentID: int64(id), Scope: actor.All, Cause: actor.Cause{Kind: actor.Agent, ID: int64(id)}, Name: name}
}
