package assign

import (
	"context"
	"fmt"
	"slices"
	"time"

	"parley/inbox"
	"parley/router"
)

// forget is how often what is not passed on any more is looked at, to forget it once it
// was answered.
const forget = 24 * time.Hour

// passOn looks at conversations whose time to be answered in is over: the next of the
// team gets them, then the team that takes what is too much, then the head. It says how
// many there were.
func (h *hand) passOn(ctx context.Context) (int, error) {
	due, err := h.store.DueOffers(ctx, h.now, batch)
	if err != nil || len(due) == 0 {
		return 0, err
	}
	subjects := make([]router.Subject, len(due))
	for i, o := range due {
		subjects[i].Conversation = o.Conversation
	}
	of, err := h.store.Snapshots(ctx, subjects, true)
	if err != nil {
		return 0, fmt.Errorf("load conversations: %w", err)
	}
	for i := range due {
		if err := h.late(ctx, &of[i], due[i]); err != nil {
			return 0, err
		}
	}
	return len(due), nil
}

// late passes one on, if it still waits for whom it was given to.
func (h *hand) late(ctx context.Context, of *router.Snapshot, o Offer) error {
	c, t := of.Conversation, h.board.Teams[o.Team]
	if c == nil || t == nil || !c.Unanswered || c.Status != inbox.Open || c.TeamID != o.Team || c.AssigneeID != o.Agent {
		h.drop = append(h.drop, o.Conversation)
		return nil
	}
	if c.WaitingSince.After(o.Since) { // answered meanwhile, and asked again
		o.Since, o.Tried, o.Next = c.WaitingSince, nil, t.lateAt(c.WaitingSince)
		h.offers = append(h.offers, o)
		return nil
	}
	if at := t.lateAt(o.Since); t.Timeout > 0 && at.After(h.now) { // it does not work, or did not
		o.Next = at
		h.offers = append(h.offers, o)
		return nil
	}
	if t.Timeout == 0 || slices.Contains(o.Visited, t.ID) { // it stays where it is
		o.Next = h.now.Add(forget)
		h.offers = append(h.offers, o)
		return nil
	}
	if o.Agent != 0 {
		o.Tried = append(o.Tried, o.Agent)
		if d := h.board.Choose(h.item(of, o.Tried)); d.To != 0 {
			if held := h.board.Agents[o.Agent]; held != nil {
				held.Load -= h.board.Weights.Of(of.AccountKind)
			}
			return h.settle(ctx, c, t, d, o)
		}
	}
	o.Visited = append(o.Visited, t.ID)
	if next := h.board.Teams[t.Overflow]; next != nil && !slices.Contains(o.Visited, next.ID) {
		return h.overflow(ctx, c, t, next, o)
	}
	return h.toHead(ctx, c, t, o)
}

// overflow gives a conversation to another team, which hands it out by its own rules.
func (h *hand) overflow(ctx context.Context, c *inbox.Conversation, t, next *Team, o Offer) error {
	nobody := inbox.AgentID(0)
	if err := h.desk.Hand(ctx, &h.out, c, inbox.Patch{Team: &next.ID, Assignee: &nobody}, byItself, h.now); err != nil {
		return fmt.Errorf("give conversation to another team: %w", err)
	}
	h.offers = append(h.offers, Offer{Conversation: c.ID, Team: t.ID, Since: h.now, Visited: o.Visited})
	return h.tell(ctx, &h.out, c.ID, next.ID, Decision{Reason: Overflow, Passed: silent(o.Tried)}, h.now)
}

// toHead gives a conversation to the head of the team that had it last, who gets it
// whatever they do: there is nobody after them. Without a head it stays where it is.
func (h *hand) toHead(ctx context.Context, c *inbox.Conversation, t *Team, o Offer) error {
	head := t.Head
	for i := len(o.Visited) - 1; i >= 0 && (head == 0 || h.board.Agents[head] == nil); i-- {
		if v := h.board.Teams[o.Visited[i]]; v != nil {
			head = v.Head
		}
	}
	d := Decision{Reason: Nobody, Passed: silent(o.Tried)}
	if h.board.Agents[head] != nil && head != c.AssigneeID {
		d.To, d.Reason = head, ByHead
		if err := h.desk.Hand(ctx, &h.out, c, inbox.Patch{Assignee: &head}, byItself, h.now); err != nil {
			return fmt.Errorf("give conversation to the head: %w", err)
		}
	}
	h.offers = append(h.offers, Offer{Conversation: c.ID, Team: t.ID, Agent: d.To, Since: h.now, Next: h.now.Add(forget), Tried: o.Tried, Visited: o.Visited})
	return h.tell(ctx, &h.out, c.ID, t.ID, d, h.now)
}

// silent are those who had it and did not answer.
func silent(tried []inbox.AgentID) (out []Passed) {
	for _, id := range tried {
		out = append(out, Passed{id, NoAnswer})
	}
	return out
}
