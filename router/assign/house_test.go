package assign_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
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
	"parley/internal/store/storetest"
	"parley/router/assign"
)

// house is everything around handing out, over a real database, with a clock that tests
// move.
type house struct {
	t      testing.TB
	db     *store.DB
	inbox  *inbox.Service
	intake *intake.Service
	assign *assign.Service

	mu  sync.Mutex
	now time.Time
}

const (
	account = channels.AccountID(21)
	sales   = auth.TeamID(10)
	second  = auth.TeamID(11)
	head    = auth.AgentID(50)
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
	h.assign = assign.New(assign.Options{Store: db, Desk: h.inbox, Now: h.Now, Log: log})
	db.OnSave(h.assign.Listen)
	h.write(func(ctx context.Context) error {
		row := accounts.Row{Account: accounts.Account{ID: account, Kind: channels.KindWebchat, Name: "Shop", TeamID: int64(sales), CreatedAt: h.now, UpdatedAt: h.now}}
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

// agents adds some, numbered from first.
func (h *house) agents(first auth.AgentID, n int, capacity int, p auth.Presence) (ids []auth.AgentID) {
	h.t.Helper()
	h.write(func(ctx context.Context) error {
		ids = nil
		for i := range n {
			id := first + auth.AgentID(i)
			ids = append(ids, id)
			name := "a" + strconv.Itoa(int(id))
			err := h.db.InsertAgent(ctx, auth.Agent{ID: id, Email: name + "@example.com", Name: name, Role: auth.RoleAgent, Capacity: capacity, Presence: p, CreatedAt: h.Now()})
			if err != nil {
				return err
			}
		}
		return nil
	})
	return ids
}

func (h *house) team(id auth.TeamID, members []auth.AgentID, r auth.Routing) {
	h.t.Helper()
	h.write(func(ctx context.Context) error {
		return h.db.InsertTeam(ctx, auth.Team{ID: id, Name: "team " + strconv.Itoa(int(id)), MemberIDs: members, Routing: r, CreatedAt: h.Now()})
	})
}

func (h *house) presence(p auth.Presence, ids ...auth.AgentID) {
	h.t.Helper()
	h.write(func(ctx context.Context) error {
		for _, id := range ids {
			a, err := h.db.Agent(ctx, id)
			if err != nil {
				return err
			}
			a.Presence = p
			if err := h.db.UpdateAgent(ctx, a); err != nil {
				return err
			}
		}
		return nil
	})
}

// say delivers messages of visitors, a second apart, and returns their conversations.
func (h *house) say(visitors ...string) (ids []inbox.ConversationID) {
	h.t.Helper()
	in := h.intake.For(account, func(context.Context, channels.Status) {})
	for _, v := range visitors {
		h.pass(time.Second)
		out, err := in.Deliver(h.t.Context(), channels.Batch{Events: []channels.Event{{
			Key: channels.EventKey(fmt.Sprint(v, h.Now().UnixNano())), Direction: channels.Inward, Chat: v, Sender: channels.Sender{Scope: "visitor", Address: v, Name: v}, Message: &channels.Message{Text: "hello"},
		}}})
		if err != nil {
			h.t.Fatal(err)
		}
		ids = append(ids, inbox.ConversationID(out[0].ConversationID))
	}
	return ids
}

func (h *house) round() {
	h.t.Helper()
	if err := h.assign.Absences(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
	if _, err := h.assign.Round(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) get(id inbox.ConversationID) inbox.Row {
	h.t.Helper()
	row, err := h.inbox.Get(h.t.Context(), actor.System(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	return row
}

func (h *house) holder(id inbox.ConversationID) auth.AgentID {
	h.t.Helper()
	return auth.AgentID(h.get(id).AssigneeID)
}

// reasons are what the timeline tells of handing a conversation out.
func (h *house) reasons(id inbox.ConversationID) (out []string) {
	h.t.Helper()
	page, err := h.inbox.Timeline(h.t.Context(), actor.System(), id, "", 200)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, i := range page.Items {
		if i.Entry != nil && i.Entry.Type == "routing" {
			out = append(out, fmt.Sprint(i.Entry.Data["reason"]))
		}
	}
	return out
}

func (h *house) expect(id inbox.ConversationID, reasons ...string) {
	h.t.Helper()
	if got := h.reasons(id); !slices.Equal(got, reasons) {
		h.t.Errorf("conversation %d: the timeline tells %q, want %q", id, got, reasons)
	}
}

func viewer(id auth.AgentID) actor.Viewer {
	return actor.Viewer{AgentID: int64(id), Scope: actor.All, Cause: actor.Cause{Kind: actor.Agent, ID: int64(id)}}
}
