package outbox

import (
	"context"
	"time"

	"parley/channels"
)

// run claims and launches whenever there is a reason to.
func (d *Dispatcher) run(ctx context.Context) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for !d.stopping() {
		select {
		case <-d.stop:
			return
		case <-d.wake:
		case <-timer.C:
		}
		if rest, ok := d.round(ctx); ok {
			timer.Reset(rest)
		} else {
			timer.Stop()
		}
	}
}

// round launches what is due. It returns how long there is nothing to do unless woken;
// false means that time alone brings nothing.
func (d *Dispatcher) round(ctx context.Context) (rest time.Duration, ok bool) {
	var next earliest
	for _, l := range d.lines {
		if err := d.exhaust(ctx, l, &next); err != nil {
			d.o.Log.Error("outbox source failed", "error", err)
			next.add(d.now().Add(troubleRest))
		}
	}
	if d.o.Poll > 0 {
		next.add(d.now().Add(d.o.Poll))
	}
	if next.at.IsZero() {
		return 0, false
	}
	return max(0, next.at.Sub(d.now())), true
}

// exhaust claims from a line until it has nothing more that may be sent now, and notes
// when it will have.
func (d *Dispatcher) exhaust(ctx context.Context, l *line, next *earliest) error {
	now := d.now()
	if !l.lapse.After(now) {
		if err := d.expire(ctx, l, now); err != nil {
			return err
		}
	}
	for inVain := 0; !d.stopping(); {
		now = d.now()
		wants, ready := d.wants(now)
		if len(wants) == 0 {
			break
		}
		items, err := d.claim(ctx, l, now, wants)
		if err != nil {
			return err
		}
		for i := range items {
			items[i].Fence = fenceOf(items[i].AccountID, wants)
			d.launch(ctx, l, &items[i])
		}
		if inVain += len(wants); filled(wants, items) {
			inVain = 0
		}
		if inVain >= ready {
			break // every account has been asked since one had more than it was asked for
		}
	}
	return d.look(ctx, l, now, next)
}

func (d *Dispatcher) claim(ctx context.Context, l *line, now time.Time, wants []Want) ([]Item, error) {
	ctx, cancel := context.WithTimeout(ctx, storeTimeout)
	defer cancel()
	return l.src.Claim(ctx, now, wants)
}

func (d *Dispatcher) expire(ctx context.Context, l *line, now time.Time) error {
	ctx, cancel := context.WithTimeout(ctx, storeTimeout)
	defer cancel()
	n, err := l.src.Expire(ctx, now)
	if n > 0 {
		d.o.Log.Warn("claims expired before their verdict", "count", n)
	}
	return err
}

// look finds out when the line has something to do next. now is the time of the last
// claim: what came due since has to be found as well.
func (d *Dispatcher) look(ctx context.Context, l *line, now time.Time, next *earliest) error {
	ctx, cancel := context.WithTimeout(ctx, storeTimeout)
	defer cancel()
	due, lapse, err := l.src.Next(ctx, now, d.roomy(now, next))
	if err != nil {
		return err
	}
	next.add(due)
	if l.lapse = lapse; lapse.IsZero() {
		l.lapse = never
		return nil
	}
	if soon := now.Add(expiryRest); lapse.Before(soon) {
		lapse = soon // it has been tried just now, and somebody else is at it
	}
	next.add(lapse)
	return nil
}

// wants divides the free slots among the accounts that may send now, in turns. ready is
// how many those are; there may be more than are asked for at once.
func (d *Dispatcher) wants(now time.Time) (list []Want, ready int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	free := d.o.Slots - d.flying
	if free <= 0 || len(d.order) == 0 {
		return nil, 0
	}
	type candidate struct {
		id    channels.AccountID
		room  int
		turn  int
		fence channels.Fence
	}
	var able []candidate
	for i := range d.order {
		turn := (d.turn + i) % len(d.order)
		id := d.order[turn]
		fence, held := d.o.Lease(id)
		if room, _ := d.accounts[id].room(now, d.o.SlotsPerAccount); held && room > 0 {
			able = append(able, candidate{id, room, turn, fence})
		}
	}
	if ready = len(able); ready > min(free, maxWants) {
		able = able[:min(free, maxWants)]
		d.turn = (able[len(able)-1].turn + 1) % len(d.order)
	}
	for _, c := range able {
		limits := d.accounts[c.id].adapter.Limits()
		list = append(list, Want{
			AccountID: c.id, Limit: min(c.room, max(1, free/len(able))),
			Until: now.Add(timeout(limits) + leaseMargin), SafeResend: limits.SafeResend, Fence: c.fence,
		})
	}
	return list, ready
}

// roomy lists the accounts that may send now, and notes when others will.
func (d *Dispatcher) roomy(now time.Time, next *earliest) []channels.AccountID {
	d.mu.Lock()
	defer d.mu.Unlock()
	var list []channels.AccountID
	for _, id := range d.order {
		if _, held := d.o.Lease(id); !held {
			continue
		}
		n, until := d.accounts[id].room(now, d.o.SlotsPerAccount)
		if n > 0 {
			list = append(list, id)
		}
		next.add(until)
	}
	return list
}

// fenceOf is the fence under which an account was asked for.
func fenceOf(id channels.AccountID, wants []Want) channels.Fence {
	for i := range wants {
		if wants[i].AccountID == id {
			return wants[i].Fence
		}
	}
	return 0
}

// filled tells whether some account was given as much as was asked for, so that there
// may be more.
func filled(wants []Want, items []Item) bool {
	given := make(map[channels.AccountID]int, len(wants))
	for i := range items {
		given[items[i].AccountID]++
	}
	for i := range wants {
		if given[wants[i].AccountID] >= wants[i].Limit {
			return true
		}
	}
	return false
}

// timeout is how long an attempt may take.
func timeout(l channels.Limits) time.Duration {
	if l.SendTimeout > 0 {
		return l.SendTimeout
	}
	return defaultTimeout
}

// earliest is the first of the times added; zero ones do not count.
type earliest struct{ at time.Time }

func (e *earliest) add(t time.Time) {
	if !t.IsZero() && (e.at.IsZero() || t.Before(e.at)) {
		e.at = t
	}
}
