package cluster

import (
	"context"
	"maps"
	"slices"
	"time"

	"parley/channels"
)

// round renews the node, takes and gives accounts as the plan says, and returns when to
// do so again.
func (n *Node) round(ctx context.Context) (rest time.Duration, err error) {
	begun := time.Now()
	drift, err := n.measure(ctx)
	if err != nil {
		return again, err
	}
	survey, err := n.beat(ctx, drift)
	if err != nil {
		return again, err
	}
	n.renewed(begun.Add(Term), survey.Held)
	take, give := plan(n.id, survey)
	if take > 0 {
		if err := n.take(ctx, take); err != nil {
			return again, err
		}
	}
	n.release(give)
	return n.handOver(ctx)
}

// measure compares the clocks.
func (n *Node) measure(ctx context.Context) (drift time.Duration, err error) {
	ctx, cancel := context.WithTimeout(ctx, calling)
	defer cancel()
	begun, mine := time.Now(), n.o.Now()
	theirs, err := n.o.Store.Clock(ctx)
	if err != nil {
		return 0, err
	}
	took := time.Since(begun)
	n.mu.Lock()
	defer n.mu.Unlock()
	if took > vague {
		return n.drift, nil
	}
	was := n.drift.Abs() > MaxDrift
	n.drift, n.mine, n.then = mine.Add(took/2).Sub(theirs), mine.Round(0), begun
	if is := n.drift.Abs() > MaxDrift; is && !was {
		n.o.Log.Error("the clock differs from the database's: this node runs no accounts", "drift", n.drift)
	} else if was && !is {
		n.o.Log.Info("the clock agrees with the database's again")
	}
	return n.drift, nil
}

func (n *Node) beat(ctx context.Context, drift time.Duration) (Survey, error) {
	ctx, cancel := context.WithTimeout(ctx, calling)
	defer cancel()
	return n.o.Store.Beat(ctx, Beat{Node: n.id, Name: n.o.Name, For: Term, Drift: drift, Takes: drift.Abs() <= MaxDrift})
}

// renewed notes that the node lives until a time, and what it holds by the database's
// word. A lease that others took meanwhile has another fence, or is not there.
func (n *Node) renewed(until time.Time, held []Lease) {
	n.mu.Lock()
	changed := !time.Now().Before(n.until) && len(held) > 0 // what was held had lapsed
	n.until = until
	if n.lapse != nil {
		n.lapse.Stop()
	}
	n.lapse = time.AfterFunc(time.Until(until), n.lapsed)
	now := make(map[channels.AccountID]*holding, len(held))
	for _, l := range held {
		h := n.held[l.AccountID]
		if h == nil || h.fence != l.Fence {
			h, changed = &holding{fence: l.Fence}, true
		}
		now[l.AccountID] = h
	}
	changed = changed || len(now) != len(n.held)
	n.held = now
	n.mu.Unlock()
	if changed {
		n.o.Changed()
	}
}

// lapsed runs when the node could not renew in time.
func (n *Node) lapsed() {
	n.mu.Lock()
	held, over := len(n.held), !time.Now().Before(n.until)
	n.mu.Unlock()
	if over && held > 0 {
		n.o.Log.Warn("node not renewed in time: it lets go of its accounts", "accounts", held)
		n.o.Changed()
	}
}

// take leases accounts that nobody runs.
func (n *Node) take(ctx context.Context, limit int) error {
	ctx, cancel := context.WithTimeout(ctx, calling)
	defer cancel()
	list, err := n.o.Store.Take(ctx, n.id, limit)
	if err != nil || len(list) == 0 {
		return err
	}
	n.mu.Lock()
	for _, l := range list {
		n.held[l.AccountID] = &holding{fence: l.Fence}
	}
	n.mu.Unlock()
	n.o.Log.Info("accounts taken", "count", len(list))
	n.o.Changed()
	return nil
}

// release begins to give so many accounts away, those included that are being given. The
// highest ids go, which are the newest.
func (n *Node) release(count int) {
	n.mu.Lock()
	for _, h := range n.held {
		if !h.giving.IsZero() {
			count--
		}
	}
	changed := false
	for _, id := range slices.Backward(slices.Sorted(maps.Keys(n.held))) {
		if h := n.held[id]; count > 0 && h.giving.IsZero() {
			h.giving, changed = time.Now(), true
			count--
		}
	}
	n.mu.Unlock()
	if changed {
		n.o.Changed()
	}
}

// handOver frees the accounts that are being given away and have come to an end here.
func (n *Node) handOver(ctx context.Context) (rest time.Duration, err error) {
	n.mu.Lock()
	going := map[channels.AccountID]time.Time{}
	for id, h := range n.held {
		if !h.giving.IsZero() {
			going[id] = h.giving
		}
	}
	n.mu.Unlock()
	rest, freed := Every, 0
	for id, since := range going {
		late := time.Since(since) > patience
		given := false
		if late || !n.o.Running(id) {
			if given, err = n.give(ctx, id, late); err != nil {
				return soon, err
			}
		}
		if !given {
			rest = soon
			continue
		}
		freed++
		n.mu.Lock()
		delete(n.held, id)
		n.mu.Unlock()
	}
	if freed > 0 {
		n.o.Log.Info("accounts given away", "count", freed)
		n.o.Freed()
	}
	return rest, nil
}

func (n *Node) give(ctx context.Context, id channels.AccountID, late bool) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, calling)
	defer cancel()
	return n.o.Store.Give(ctx, n.id, id, late)
}
