package cluster

// few is how many accounts a node gives away at once: whoever takes them connects them
// one by one, and each is away for a moment.
const few = 4

// plan decides how many accounts a node may take, and how many of its own it gives
// away, so that all nodes that take accounts come to hold about the same number. What
// belongs to nobody is taken first; a node that joins is then given its share bit by bit.
func plan(me string, s Survey) (take, give int) {
	takers, mine, leased := 0, 0, 0
	may := false
	for _, p := range s.Peers {
		leased += p.Held
		if p.Takes {
			takers++
		}
		if p.Node == me {
			mine, may = p.Held, p.Takes
		}
	}
	if !may {
		return 0, mine
	}
	fair, most := s.Accounts/takers, (s.Accounts+takers-1)/takers
	if mine < most {
		return min(most-mine, max(0, s.Accounts-leased)), 0
	}
	if mine > most {
		return 0, min(mine-most, few)
	}
	for _, p := range s.Peers {
		if p.Takes && p.Held < fair && mine > fair {
			return 0, 1
		}
	}
	return 0, 0
}
