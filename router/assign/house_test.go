package assign_test

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/auth"
	"parley/internal/store"
	"parley/internal/store/storetest"
	"parley/router/assign"
	"parley/router/routertest"
)

// house is everything around handing out, over a real database, with a clock that tests
// move.
type house struct {
	*routertest.World
	assign *assign.Service
}

const (
	account = routertest.Account
	sales   = routertest.Sales
	second  = auth.TeamID(11)
	head    = auth.AgentID(50)
)

func each(t *testing.T, run func(t *testing.T, h *house)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) { run(t, build(t, db)) })
}

func build(t testing.TB, db *store.DB) *house {
	t.Helper()
	h := &house{World: routertest.New(t, db, sales)}
	h.assign = assign.New(assign.Options{Store: db, Desk: h.Inbox, Now: h.Now, Log: h.Log})
	db.OnSave(h.assign.Listen)
	return h
}

// agents adds some, numbered from first.
func (h *house) agents(first auth.AgentID, n int, capacity int, p auth.Presence) (ids []auth.AgentID) {
	h.T.Helper()
	h.Write(func(ctx context.Context) error {
		ids = nil
		for i := range n {
			id := first + auth.AgentID(i)
			ids = append(ids, id)
			name := "a" + strconv.Itoa(int(id))
			err := h.DB.InsertAgent(ctx, auth.Agent{ID: id, Email: name + "@example.com", Name: name, Role: auth.RoleAgent, Capacity: capacity, Presence: p, CreatedAt: h.Now()})
			if err != nil {
				return err
			}
		}
		return nil
	})
	return ids
}

func (h *house) team(id auth.TeamID, members []auth.AgentID, r auth.Routing) {
	h.T.Helper()
	h.Write(func(ctx context.Context) error {
		return h.DB.InsertTeam(ctx, auth.Team{ID: id, Name: "team " + strconv.Itoa(int(id)), MemberIDs: members, Routing: r, CreatedAt: h.Now()})
	})
}

func (h *house) presence(p auth.Presence, ids ...auth.AgentID) {
	h.T.Helper()
	h.Write(func(ctx context.Context) error {
		for _, id := range ids {
			a, err := h.DB.Agent(ctx, id)
			if err != nil {
				return err
			}
			a.Presence = p
			if err := h.DB.UpdateAgent(ctx, a); err != nil {
				return err
			}
		}
		return nil
	})
}

func (h *house) round() {
	h.T.Helper()
	if err := h.assign.Absences(h.T.Context()); err != nil {
		h.T.Fatal(err)
	}
	if _, err := h.assign.Round(h.T.Context()); err != nil {
		h.T.Fatal(err)
	}
}

func (h *house) holder(id inbox.ConversationID) auth.AgentID {
	h.T.Helper()
	return auth.AgentID(h.Conversation(id).AssigneeID)
}

func (h *house) expect(id inbox.ConversationID, reasons ...string) {
	h.T.Helper()
	if got := h.reasons(id); !slices.Equal(got, reasons) {
		h.T.Errorf("conversation %d: the timeline tells %q, want %q", id, got, reasons)
	}
}

// say delivers messages of visitors, a second apart, and returns their conversations.
func (h *house) say(visitors ...string) (ids []inbox.ConversationID) {
	h.T.Helper()
	for _, v := range visitors {
		h.Pass(time.Second)
		ids = append(ids, h.Says(v, fmt.Sprint(v, h.Now().UnixNano()), "hello"))
	}
	return ids
}

// reasons are what the timeline tells of handing a conversation out.
func (h *house) reasons(id inbox.ConversationID) (out []string) {
	h.T.Helper()
	for _, e := range h.Entries(id, "routing") {
		out = append(out, fmt.Sprint(e.Data["reason"]))
	}
	return out
}

func viewer(id auth.AgentID) actor.Viewer { return routertest.Viewer(id, "") }
