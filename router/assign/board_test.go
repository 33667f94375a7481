package assign_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"parley/inbox"
	"parley/router/assign"
)

func board(t assign.Team, agents ...assign.Agent) *assign.Board {
	b := &assign.Board{Teams: map[inbox.TeamID]*assign.Team{}, Agents: map[inbox.AgentID]*assign.Agent{}}
	for i := range agents {
		b.Agents[agents[i].ID] = &agents[i]
		t.Members = append(t.Members, agents[i].ID)
	}
	t.ID = 1
	b.Teams[1] = &t
	return b
}

func TestWhoIsPassedOver(t *testing.T) {
	t.Parallel()
	b := board(assign.Team{Strategy: assign.EvenTurns},
		assign.Agent{ID: 1, Presence: "offline"}, assign.Agent{ID: 2, Presence: "away"}, assign.Agent{ID: 3, Presence: "busy"},
		assign.Agent{ID: 4, Presence: "online", Absent: true}, assign.Agent{ID: 5, Presence: "online", Capacity: 2, Load: 2, Skills: []string{"billing"}},
		assign.Agent{ID: 6, Presence: "online"}, assign.Agent{ID: 7, Presence: "online", Skills: []string{"billing"}, Accounts: []int64{8}},
		assign.Agent{ID: 8, Presence: "online", Skills: []string{"billing"}}, assign.Agent{ID: 9, Presence: "online", Skills: []string{"billing"}},
		assign.Agent{ID: 10, Presence: "online", Skills: []string{"billing"}})
	d := b.Choose(assign.Item{ID: 1, Team: 1, Account: 9, Labels: []string{"Billing", "vip"}, Tried: []inbox.AgentID{9}})
	want := []assign.Passed{
		{Agent: 1, Reason: assign.Offline}, {Agent: 2, Reason: assign.Away}, {Agent: 3, Reason: assign.Busy}, {Agent: 4, Reason: assign.Absent}, {Agent: 5, Reason: assign.Full},
		{Agent: 6, Reason: assign.NoSkill}, {Agent: 7, Reason: assign.NoAccess}, {Agent: 9, Reason: assign.NoAnswer}, {Agent: 10, Reason: assign.LaterTurn},
	}
	if d.To != 8 || d.Reason != assign.ByTurn || !slices.Equal(d.Passed, want) {
		t.Errorf("%+v", d)
	}
	if d := b.Choose(assign.Item{ID: 2, Team: 99}); d.To != 0 || d.Reason != assign.Nobody {
		t.Errorf("of a team that is gone: %+v", d)
	}
}

func TestStrategies(t *testing.T) {
	t.Parallel()
	on := func(id inbox.AgentID, load int) assign.Agent {
		return assign.Agent{ID: id, Presence: "online", Load: load, Capacity: 10}
	}
	for _, c := range []struct {
		name string
		team assign.Team
		item assign.Item
		want []inbox.AgentID // of three in a row
		why  assign.Reason
	}{
		{"turns", assign.Team{Strategy: assign.EvenTurns}, assign.Item{Team: 1}, []inbox.AgentID{1, 2, 3}, assign.ByTurn},
		{"least busy", assign.Team{Strategy: assign.LeastBusy}, assign.Item{Team: 1}, []inbox.AgentID{3, 3, 2}, assign.ByLoad},
		{"strict", assign.Team{Strategy: assign.Strict, Order: []inbox.AgentID{2, 1}}, assign.Item{Team: 1}, []inbox.AgentID{2, 2, 2}, assign.ByOrder},
		{"owner", assign.Team{Strategy: assign.Strict, Sticky: true}, assign.Item{Team: 1, Owner: 3}, []inbox.AgentID{3, 3, 3}, assign.ByOwner},
		{"owner who is not wanted", assign.Team{Strategy: assign.Strict}, assign.Item{Team: 1, Owner: 3}, []inbox.AgentID{1, 1, 1}, assign.ByOrder},
		{"owner who is not there", assign.Team{Strategy: assign.Strict, Sticky: true}, assign.Item{Team: 1, Owner: 7}, []inbox.AgentID{1, 1, 1}, assign.ByOrder},
	} {
		b := board(c.team, on(1, 5), on(2, 2), on(3, 0))
		for i, want := range c.want {
			if d := b.Choose(c.item); d.To != want || d.Reason != c.why || len(d.Passed) != 2 {
				t.Errorf("%s, the %d.: %+v", c.name, i+1, d)
			}
		}
	}
	b := board(assign.Team{Strategy: assign.AllAtOnce}, on(1, 10), on(2, 2), on(3, 0))
	if d := b.Choose(assign.Item{Team: 1}); d.To != 0 || !slices.Equal(d.Offered, []inbox.AgentID{2, 3}) || d.Reason != assign.ByOffer {
		t.Errorf("all at once: %+v", d)
	}
}

// TestEvenTurnsAreFair lets random histories of conversations come and go: whoever was
// there all the time had as many turns as the others, within one, and nobody was ever
// given more than they may hold.
func TestEvenTurnsAreFair(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 11))
	for round := range 300 {
		var agents []assign.Agent
		for id := range 1 + r.IntN(8) {
			agents = append(agents, assign.Agent{ID: inbox.AgentID(id + 1), Presence: "online"})
		}
		limited := assign.Agent{ID: 99, Presence: "online", Capacity: 1 + r.IntN(5)}
		b := board(assign.Team{Strategy: assign.EvenTurns}, append(agents, limited)...)
		b.Weights = assign.Weights{"email": 2, "sms": 0}
		got := map[inbox.AgentID]int{}
		for range r.IntN(200) {
			kind := []string{"email", "webchat", "sms"}[r.IntN(3)]
			d := b.Choose(assign.Item{Team: 1, Kind: kind})
			if d.To == 0 {
				t.Fatalf("round %d: nobody was chosen: %+v", round, d)
			}
			got[d.To]++
			if a := b.Agents[99]; a.Load > a.Capacity {
				t.Fatalf("round %d: %d of %d", round, a.Load, a.Capacity)
			}
			if a := b.Agents[99]; r.IntN(3) == 0 && a.Load > 0 {
				a.Load--
			}
		}
		least, most := 1<<30, 0
		for _, a := range agents {
			least, most = min(least, got[a.ID]), max(most, got[a.ID])
		}
		if most-least > 1 {
			t.Fatalf("round %d: between %d and %d turns", round, least, most)
		}
	}
}
