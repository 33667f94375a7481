package cluster

import "testing"

// TestPlan is written from the inside: a plan is a pure decision that a Node carries out bit by bit.
func TestPlan(t *testing.T) {
	t.Parallel()
	peers := func(held ...int) []Peer {
		var list []Peer
		for i, n := range held {
			list = append(list, Peer{Node: string(rune('a' + i)), Takes: n >= 0, Held: max(n, 0)})
		}
		return list
	}
	for name, c := range map[string]struct {
		accounts   int
		peers      []Peer
		take, give int
	}{
		"alone takes all":                    {100, peers(0), 100, 0},
		"alone has all":                      {100, peers(100), 0, 0},
		"nothing there":                      {0, peers(0, 0), 0, 0},
		"half of what is free":               {10, peers(0, 0), 5, 0},
		"the rest of a dead node":            {10, peers(5), 5, 0},
		"no more than is free":               {10, peers(2, 7), 1, 0},
		"a newcomer is given few at a time":  {100, peers(100, 0), 0, few},
		"a newcomer waits":                   {100, peers(0, 100), 0, 0},
		"an odd one stays":                   {5, peers(3, 2), 0, 0},
		"an odd one of many is given":        {5, peers(2, 2, 1, 0), 0, 1},
		"even is even":                       {6, peers(2, 2, 2), 0, 0},
		"a clock that is wrong gives all":    {6, append(peers(-1, 2), Peer{}), 0, 0},
		"a clock that is wrong takes none":   {6, []Peer{{Node: "a", Held: 4}, {Node: "b", Takes: true}}, 0, 4},
		"others' wrong clocks do not count":  {6, []Peer{{Node: "a", Takes: true}, {Node: "b", Held: 0}}, 6, 0},
		"what such a node has is not free":   {6, []Peer{{Node: "a", Takes: true}, {Node: "b", Held: 6}}, 0, 0},
		"one who is not there takes nothing": {6, []Peer{{Node: "b", Takes: true}}, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			take, give := plan("a", Survey{Accounts: c.accounts, Peers: c.peers})
			if take != c.take || give != c.give {
				t.Errorf("take %d, give %d; want %d and %d", take, give, c.take, c.give)
			}
		})
	}
}
