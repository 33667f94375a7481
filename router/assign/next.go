package assign

import (
	"context"
	"slices"

	"parley/inbox"
	"parley/inbox/actor"
)

// Next tells who of a team would get a conversation now, and why nobody else; nothing is
// handed out. The item needs what would decide: the team, a channel, names of labels.
func (s *Service) Next(ctx context.Context, it Item) (Decision, error) {
	b, err := s.Board(ctx)
	if err != nil {
		return Decision{}, err
	}
	t := b.Teams[it.Team]
	if t == nil {
		return Decision{}, ErrNoTeam
	}
	if t.Strategy == Manual && t.Works(b.Now) {
		d, able := b.able(t, it)
		d.Reason, d.Offered = ByHand, able
		return d, nil
	}
	return b.Choose(it), nil
}

// NamesOf returns the names of labels, without those that there are none of.
func (s *Service) NamesOf(ctx context.Context, labels []inbox.LabelID) (out []string, err error) {
	names, err := s.store.LabelNames(ctx)
	for _, id := range labels {
		if name, ok := names[id]; ok && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out, err
}

// Queues returns what waits to be handed out and the viewer may see, by team: of all teams or of the viewer's, and what
// is of none. A queue of which the viewer may see nothing is an empty one.
func (s *Service) Queues(ctx context.Context, v actor.Viewer) ([]Queue, error) {
	list, err := s.store.Queues(ctx, v)
	return slices.DeleteFunc(list, func(q Queue) bool {
		return v.Scope == "" || v.Scope != actor.All && q.Team != 0 && !slices.Contains(v.Teams, int64(q.Team))
	}), err
}

// Idle notes that nobody touches an agent's open pages, or that somebody does again: who
// is online is set to away, and comes back.
func (s *Service) Idle(ctx context.Context, agent int64, idle bool) error {
	changed := false
	err := s.store.Write(ctx, func(ctx context.Context) (err error) {
		changed, err = s.store.Idle(ctx, inbox.AgentID(agent), idle)
		return err
	})
	if err == nil && changed {
		s.present(agent)
	}
	return err
}
