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
	for range 1000 {
		if some, err := s.pending(ctx); err != nil || !some {
			return made, err
		}
		n, err := s.passOn(ctx)
		if err != nil {
			return made, err
		}
		m, err := s.handOut(ctx)
		if err != nil {
			return made, err
		}
		if made += n + m; n+m == 0 {
			return made, nil
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

// fresh tells whether only what was never looked at is worth a look: nobody can get the rest.
func (h *hand) fresh(t *Team) bool { return !h.board.free(t) || t.Strategy == AllAtOnce }

// hand is one transaction of handing out.
type hand struct {
	*Service
	board *Board
	now   time.Time
	names map[inbox.LabelID]string

	out    inbox.Changes
	offers []Offer
	drop   []inbox.ConversationID
	made   int
}

// under runs fn with the board, under the lock of all nodes, and saves what it decides.
func (s *Service) under(ctx context.Context, fn func(ctx context.Context, h *hand) error) (made int, err error) {
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
		made = h.made
		return h.save(ctx, before)
	})
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

// handOut hands out one batch of every team, who waits longest first.
func (s *Service) handOut(ctx context.Context) (int, error) {
	return s.under(ctx, func(ctx context.Context, h *hand) error {
		for _, id := range h.routed() {
			if err := h.team(ctx, h.board.Teams[id]); err != nil {
				return err
			}
		}
		return nil
	})
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

// team looks at a batch of what waits. What nobody can get now does not keep what
// somebody can from being handed out: the batch goes on behind it.
func (h *hand) team(ctx context.Context, t *Team) error {
	fresh := h.fresh(t)
	var after Place
	for range 20 {
		list, err := h.store.Unassigned(ctx, t.ID, fresh, after, batch)
		if err != nil || len(list) == 0 {
			return err
		}
		given, err := h.give(ctx, t, list)
		if err != nil || given > 0 || len(list) < batch {
			return err
		}
		after = list[len(list)-1]
	}
	return nil
}

// give decides about conversations, under their locks, in their order.
func (h *hand) give(ctx context.Context, t *Team, list []Place) (given int, err error) {
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
		if d.To == 0 && seen {
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
	h.offers = append(h.offers, o)
	if d.To != 0 {
		if err := h.desk.Hand(ctx, &h.out, c, inbox.Patch{Assignee: &d.To}, byItself, h.now); err != nil {
			return fmt.Errorf("hand conversation out: %w", err)
		}
	}
	return h.tell(ctx, &h.out, c.ID, t.ID, d, h.now)
}
