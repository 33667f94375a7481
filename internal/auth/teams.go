package auth

import (
	"context"
	"slices"

	"parley/internal/fault"
)

// NewTeam is what makes a team.
type NewTeam struct {
	Name      string
	MemberIDs []AgentID
	Routing   Routing
}

// TeamPatch is a change to a team; nil leaves a field as it is. Routing makes how the
// team hands out of how it does by then. Seen is the version that the change goes by, 0 = none.
type TeamPatch struct {
	Seen      int64
	Name      *string
	MemberIDs *[]AgentID
	Routing   func(Routing) Routing
}

func (p TeamPatch) apply(t Team) (Team, error) {
	var err error
	if p.Name != nil {
		if t.Name, err = cleanName("name", *p.Name); err != nil {
			return t, err
		}
	}
	if p.MemberIDs != nil {
		t.MemberIDs = uniq(*p.MemberIDs)
	}
	if p.Routing != nil {
		t.Routing = p.Routing(t.Routing)
	}
	if t.Routing.Strategy == "" {
		t.Routing.Strategy = StrategyManual
	}
	return t, t.Routing.check()
}

// Teams lists every team, ascending by id. Everyone may.
func (s *Service) Teams(ctx context.Context, v Viewer) ([]Team, error) {
	if v.Role == "" {
		return nil, ErrForbidden
	}
	all, err := s.store.Teams(ctx)
	return all, said(err, "list teams", nil, nil)
}

// Team finds one team, or answers ErrNoTeam.
func (s *Service) Team(ctx context.Context, v Viewer, team TeamID) (Team, error) {
	if v.Role == "" {
		return Team{}, ErrForbidden
	}
	t, err := s.store.Team(ctx, team)
	return t, said(err, "read team", ErrNoTeam, nil)
}

// CreateTeam makes a team. Admins only.
func (s *Service) CreateTeam(ctx context.Context, v Viewer, in NewTeam) (Team, error) {
	if !v.IsAdmin() {
		return Team{}, ErrForbidden
	}
	t, err := TeamPatch{Name: &in.Name, MemberIDs: &in.MemberIDs, Routing: func(Routing) Routing { return in.Routing }}.apply(Team{CreatedAt: s.now()})
	if err != nil {
		return Team{}, err
	}
	if t.ID, err = id[TeamID](ctx, s); err != nil {
		return Team{}, err
	}
	err = s.locked(ctx, func(ctx context.Context) error {
		if err := s.checkMembers(ctx, t.MemberIDs); err != nil {
			return err
		}
		if err := s.checkRouting(ctx, t); err != nil {
			return err
		}
		return s.store.InsertTeam(ctx, t)
	})
	if err != nil {
		return Team{}, said(err, "make team", nil, ErrTeamTaken)
	}
	return t, nil
}

// UpdateTeam changes a team. Admins change anything; leads change who is in their
// own teams, and how these hand out.
func (s *Service) UpdateTeam(ctx context.Context, v Viewer, team TeamID, p TeamPatch) (Team, error) {
	lead := v.Role == RoleLead && v.InTeam(team) && p.Name == nil
	if !v.IsAdmin() && !lead {
		return Team{}, ErrForbidden
	}
	var after Team
	err := s.locked(ctx, func(ctx context.Context) error {
		before, err := s.store.Team(ctx, team)
		if err != nil {
			return err
		}
		var refused error
		after, refused = s.changed(ctx, before, p)
		if err := fault.Stale("team", p.Seen, before, after, refused); err != nil {
			return err
		}
		return s.store.UpdateTeam(ctx, after)
	})
	if err != nil {
		return Team{}, said(err, "change team", ErrNoTeam, ErrTeamTaken)
	}
	return after, nil
}

// changed is a team as a patch leaves it, or why it may not be so.
func (s *Service) changed(ctx context.Context, t Team, p TeamPatch) (Team, error) {
	t, err := p.apply(t)
	if err != nil {
		return Team{}, err
	}
	if p.MemberIDs != nil {
		if err := s.checkMembers(ctx, t.MemberIDs); err != nil {
			return Team{}, err
		}
	}
	if p.Routing != nil {
		err = s.checkRouting(ctx, t)
	}
	return t, err
}

// DeleteTeam removes a team; its conversations belong to no team afterwards.
// Admins only.
func (s *Service) DeleteTeam(ctx context.Context, v Viewer, team TeamID) error {
	if !v.IsAdmin() {
		return ErrForbidden
	}
	err := s.locked(ctx, func(ctx context.Context) error { return s.store.DeleteTeam(ctx, team, v, s.now()) })
	return said(err, "delete team", ErrNoTeam, nil)
}

func (s *Service) checkMembers(ctx context.Context, ids []AgentID) error {
	if len(ids) == 0 {
		return nil
	}
	all, err := s.store.Agents(ctx)
	if err != nil {
		return err
	}
	for _, want := range ids {
		if !slices.ContainsFunc(all, func(a Agent) bool { return a.ID == want }) {
			return fault.InvalidField("member_ids", "unknown", fault.T("Такого сотрудника нет.", "There is no such agent."))
		}
	}
	return nil
}
