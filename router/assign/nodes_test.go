package assign_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/auth"
	"parley/internal/store"
	"parley/internal/store/storetest"
	"parley/router/assign"
)

// nodes returns two services over one database.
func nodes(t *testing.T, h *house, o store.Options) []*assign.Service {
	if o.URL == "" {
		return []*assign.Service{h.assign, h.assign}
	}
	db := storetest.At(t, o)
	desk := inbox.New(db, nil, h.Now, nil)
	return []*assign.Service{h.assign, assign.New(assign.Options{Store: db, Desk: desk, Now: h.Now})}
}

// loads counts what each agent holds.
func loads(t *testing.T, h *house) map[inbox.AgentID]int {
	b, err := h.DB.Board(t.Context(), h.Now())
	if err != nil {
		t.Fatal(err)
	}
	out := map[inbox.AgentID]int{}
	for id, a := range b.Agents {
		out[id] = a.Load
	}
	return out
}

// TestFiftyComeOnlineAtOnce: five hundred wait, fifty come at once, two nodes hand out.
func TestFiftyComeOnlineAtOnce(t *testing.T) {
	t.Parallel()
	storetest.EachPlace(t, func(t *testing.T, o store.Options) {
		h := build(t, storetest.At(t, o))
		const waiting, people = 500, 50
		who := h.agents(100, people, waiting/people, auth.Offline)
		h.team(sales, who, auth.Routing{Strategy: auth.StrategyEvenTurns})
		var names []string
		for i := range waiting {
			names = append(names, fmt.Sprint("v", i))
		}
		ids := h.say(names...)
		both := nodes(t, h, o)
		h.presence(auth.Online, who...)
		begun := time.Now()
		var work sync.WaitGroup
		for _, n := range both {
			work.Go(func() {
				if _, err := n.Round(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		work.Wait()
		took := time.Since(begun)
		t.Logf("%d conversations to %d agents in %s", waiting, people, took)
		if took > 5*time.Second {
			t.Errorf("it took %s", took)
		}
		for id, n := range loads(t, h) {
			if n != waiting/people {
				t.Errorf("agent %d holds %d", id, n)
			}
		}
		// Oldest first: the order of the decisions is the order of waiting.
		var order []int64
		for _, id := range ids {
			page, err := h.Inbox.Timeline(t.Context(), actor.System(), id, "", 200)
			if err != nil {
				t.Fatal(err)
			}
			given := 0
			for _, i := range page.Items {
				if i.Entry != nil && i.Entry.Type == "assignment" {
					given++
					order = append(order, i.Entry.ID)
				}
			}
			if given != 1 {
				t.Fatalf("conversation %d was given %d times", id, given)
			}
		}
		if o.URL == "" && !slices.IsSorted(order) { // ids of two nodes come from different blocks
			t.Error("somebody was served before who waited longer")
		}
	})
}

// TestNobodyIsGivenTooMuch lets conversations come and go and people come, leave and
// claim, at random, while two nodes hand out: nobody ever holds more than they may, and
// nothing waits while somebody is free.
func TestNobodyIsGivenTooMuch(t *testing.T) {
	t.Parallel()
	storetest.EachPlace(t, func(t *testing.T, o store.Options) {
		h := build(t, storetest.At(t, o))
		const people, capacity = 4, 3
		who := h.agents(1, people, capacity, auth.Online)
		h.team(sales, who, auth.Routing{Strategy: auth.StrategyLeastBusy})
		both := nodes(t, h, o)
		r := rand.New(rand.NewPCG(3, 5))
		var all []inbox.ConversationID
		for step := range 60 {
			var work sync.WaitGroup
			switch n := r.IntN(5); {
			case n < 2:
				all = append(all, h.say(fmt.Sprint("v", step), fmt.Sprint("w", step))...)
			case n == 2:
				h.presence([]auth.Presence{auth.Online, auth.Away}[r.IntN(2)], who[r.IntN(people)])
			case n == 3 && len(all) > 0:
				id, closed := all[r.IntN(len(all))], inbox.Closed
				if _, err := h.Inbox.Patch(t.Context(), viewer(1), id, inbox.Patch{Status: &closed}); err != nil {
					t.Fatal(err)
				}
			case len(all) > 0:
				id, me := all[r.IntN(len(all))], who[r.IntN(people)]
				work.Go(func() { _ = h.assign.Claim(context.WithoutCancel(t.Context()), viewer(me), id) }) // may be refused
			}
			for _, n := range both {
				work.Go(func() {
					if _, err := n.Round(t.Context()); err != nil {
						t.Error(err)
					}
				})
			}
			work.Wait()
			for id, n := range loads(t, h) {
				if n > capacity {
					t.Fatalf("step %d: agent %d holds %d", step, id, n)
				}
			}
		}
		h.presence(auth.Online, who...)
		h.round()
		free := 0
		for _, n := range loads(t, h) {
			free += capacity - n
		}
		waiting, err := h.DB.Unassigned(t.Context(), inbox.TeamID(sales), false, assign.Place{}, 100)
		if err != nil || len(waiting) > 0 && free > 0 {
			t.Errorf("%d wait although %d more could be held, %v", len(waiting), free, err)
		}
	})
}
