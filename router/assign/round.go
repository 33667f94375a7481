package assign

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"parley/inbox"
	"parley/router"
)

// batch is how many conversations one transaction hands out.
const batch = 50

// Round hands out what waits and passes on what was not answered, until nothing is left
// that anybody can get. It says how many decisions were made.
func (s *Service) Round(ctx context.Context) (made int, err error) {
	some, err := s.store.HandsOut(ctx)
	if err != nil {
		return 0, err
	}
	if s.quiet.Store(!some); !some {
		return 0, nil
	}
	if some, err = s.pending(ctx); err != nil || !some {
		return 0, err
	}
	for range 1000 {
		n, more, err := s.decide(ctx)
		if made += n; err != nil || !more {
			return made, err
		}
	}
	return made, nil
}

// pending tells, without a lock, whether there may be something to decide.
func (s *Service) pending(ctx context.Context) (bool, error) {
	now := s.time()
	if due, err := s.store.DueOffers(ctx, now, 1); err != nil || len(due) > 0 {
		return err == nil, err
	}
	if some, err := s.store.AnyUnassigned(ctx); err != nil || !some {
		return false, err
	}
	h := &hand{Service: s, now: now}
	var err error
	if h.board, err = s.store.Board(ctx, now); err != nil {
		return false, err
	}
	for _, id := range h.routed() {
		t := h.board.Teams[id]
		if list, err := s.store.Unassigned(ctx, id, h.fresh(t), Place{}, 1); err != nil || len(list) > 0 {
			return err == nil, err
		}
	}
	return false, nil
}

// decide makes decisions over one reading of the board, in one transaction. What is
// passed on goes first, and alone: what it changes must be stored before others look.
func (s *Service) decide(ctx context.Context) (made int, more bool, err error) {
	made, err = s.under(ctx, func(ctx context.Context, h *hand) error {
		more = false
		n, err := h.passOn(ctx)
		if h.made = n; err != nil || n > 0 {
			more = true
			return err
		}
		for _, id := range h.routed() {
			cut, err := h.team(ctx, h.board.Teams[id])
			if err != nil {
				return err
			}
			more = more || cut
		}
		return nil
	})
	return made, more, err
}

// fresh tells whether only what was never looked at is worth a look: nobody can get the
// rest, or everybody was offered it who could.
func (h *hand) fresh(t *Team) bool {
	free := h.board.free(t)
	return len(free) == 0 || t.Strategy == AllAtOnce && h.offered.knows(t.ID, free)
}

// hand is one transaction of handing out.
type hand struct {
	*Service
	board *Board
	now   time.Time
	names map[inbox.LabelID]string

	out    inbox.Changes
	offers []Offer
	drop   []inbox.ConversationID
	looked []*Team // of AllAtOnce, at everything that waits
	made   int
}

// under runs fn with the board, under the lock of all nodes, and saves what it decides.
func (s *Service) under(ctx context.Context, fn func(ctx context.Context, h *hand) error) (made int, err error) {
	var looked *hand
	err = s.store.Write(ctx, func(ctx context.Context) error {
		made = 0
		if err := s.store.LockRouting(ctx); err != nil {
			return err
		}
		h := &hand{Service: s, now: s.time()}
		var err error
		if h.board, err = s.store.Board(ctx, h.now); err != nil {
			return fmt.Errorf("read board: %w", err)
		}
		if h.names, err = s.store.LabelNames(ctx); err != nil {
			return err
		}
		before := h.board.Turn
		if err := fn(ctx, h); err != nil {
			return err
		}
		made, looked = h.made, h
		return h.save(ctx, before)
	})
	if err == nil {
		for _, t := range looked.looked {
			s.offered.note(t.ID, looked.board.free(t))
		}
	}
	return made, err
}

// save writes what was decided. Turns after before are new.
func (h *hand) save(ctx context.Context, before int64) error {
	var turns []Turn
	for _, t := range h.board.Teams {
		for id, n := range t.Turns {
			if n > before {
				turns = append(turns, Turn{t.ID, id, n})
			}
		}
	}
	if err := h.store.PutTurns(ctx, turns); err != nil {
		return fmt.Errorf("keep turns: %w", err)
	}
	if err := h.store.PutOffers(ctx, h.offers); err != nil {
		return fmt.Errorf("keep offers: %w", err)
	}
	if err := h.store.DropOffers(ctx, h.drop); err != nil {
		return fmt.Errorf("drop offers: %w", err)
	}
	if len(h.out.Timeline)+len(h.out.Conversations) == 0 {
		return nil
	}
	return h.store.Save(ctx, &h.out)
}

// routed returns the teams that hand out, in one order.
func (h *hand) routed() (ids []inbox.TeamID) {
	for id, t := range h.board.Teams {
		if t.Strategy != Manual {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// team looks at a batch of what waits, who waits longest first, and tells whether there
// is more to look at. What nobody can get now does not keep what somebody can from being
// handed out: the batch goes on behind it.
func (h *hand) team(ctx context.Context, t *Team) (more bool, err error) {
	fresh := h.fresh(t)
	var after Place
	for range 20 {
		list, err := h.store.Unassigned(ctx, t.ID, fresh, after, batch)
		if err != nil {
			return false, err
		}
		given, err := h.give(ctx, t, list)
		if err != nil {
			return false, err
		}
		if len(list) < batch {
			break
		}
		if given > 0 {
			return true, nil
		}
		after = list[len(list)-1]
	}
	if t.Strategy == AllAtOnce && !fresh {
		h.looked = append(h.looked, t)
	}
	return false, nil
}

// give decides about conversations, under their locks, in their order.
func (h *hand) give(ctx context.Context, t *Team, list []Place) (given int, err error) {
	if len(list) == 0 {
		return 0, nil
	}
	subjects, ids := make([]router.Subject, len(list)), make([]inbox.ConversationID, len(list))
	for i, p := range list {
		subjects[i].Conversation, ids[i] = p.ID, p.ID
	}
	of, err := h.store.Snapshots(ctx, subjects, true)
	if err != nil {
		return 0, fmt.Errorf("load conversations: %w", err)
	}
	known, err := h.store.Offers(ctx, ids)
	if err != nil {
		return 0, fmt.Errorf("read offers: %w", err)
	}
	for i := range of {
		c := of[i].Conversation
		if c == nil || !waits(c) || c.TeamID != t.ID {
			continue
		}
		last, seen := known[c.ID]
		if last.Team != t.ID {
			last = Offer{Visited: last.Visited}
			seen = false
		}
		d := h.board.Choose(h.item(&of[i], last.Tried))
		if d.Offered = without(d.Offered, last.Offered); d.To == 0 && seen && len(d.Offered) == 0 {
			continue
		}
		given++
		if err := h.settle(ctx, c, t, d, last); err != nil {
			return given, err
		}
	}
	h.made += given
	return given, nil
}

func (h *hand) item(of *router.Snapshot, tried []inbox.AgentID) Item {
	c := of.Conversation
	it := Item{ID: c.ID, Team: c.TeamID, Account: int64(c.AccountID), Kind: of.AccountKind, Tried: tried}
	if of.Contact != nil {
		it.Owner = inbox.AgentID(of.Contact.OwnerID)
	}
	for _, id := range of.Labels {
		it.Labels = append(it.Labels, h.names[id])
	}
	return it
}

// settle does what was decided about a locked conversation, and says so.
func (h *hand) settle(ctx context.Context, c *inbox.Conversation, t *Team, d Decision, last Offer) error {
	o := Offer{Conversation: c.ID, Team: t.ID, Agent: d.To, Since: h.now, Next: h.now.Add(cmp.Or(t.Timeout, forget)), Tried: last.Tried, Visited: last.Visited}
	if len(last.Offered) > 0 && d.To == 0 { // offered before: later comers do not put off its being passed on
		o.Since, o.Next = last.Since, last.Next
	}
	o.Offered = slices.Concat(last.Offered, d.Offered)
	h.offers = append(h.offers, o)
	if d.To != 0 {
		if err := h.desk.Hand(ctx, &h.out, c, inbox.Patch{Assignee: &d.To}, byItself, h.now); err != nil {
			return fmt.Errorf("hand conversation out: %w", err)
		}
	}
	return h.tell(ctx, &h.out, c.ID, t.ID, d, h.now)
}
