package auth

import (
	"context"
	"slices"
)

// AgentPatch is a change to an agent; nil leaves a field as it is.
type AgentPatch struct {
	Email    *string
	Name     *string
	Role     *Role
	Language *string
	Password *string
	Capacity *int
	Presence *Presence
	Skills   *[]string
	TeamIDs  *[]TeamID
	Access   *Access
	Disabled *bool
	// Signature must be harmless HTML: whoever takes it in makes it so.
	Signature *string
}

// own reports whether the patch touches nothing but what agents change about
// themselves.
func (p AgentPatch) own() bool {
	return p.Email == nil && p.Role == nil && p.Password == nil && p.Capacity == nil && p.Skills == nil &&
		p.TeamIDs == nil && p.Access == nil && p.Disabled == nil
}

// load reports whether the patch touches nothing but how much and what somebody is given
// to answer, which leads decide for their teams.
func (p AgentPatch) load() bool {
	rest := p
	rest.Capacity, rest.Skills = nil, nil
	return rest == (AgentPatch{})
}

// apply returns the agent with the patch on it, not checked yet.
func (p AgentPatch) apply(a Agent) Agent {
	set(&a.Email, p.Email)
	set(&a.Name, p.Name)
	set(&a.Role, p.Role)
	set(&a.Language, p.Language)
	set(&a.Capacity, p.Capacity)
	set(&a.Presence, p.Presence)
	set(&a.Skills, p.Skills)
	set(&a.TeamIDs, p.TeamIDs)
	set(&a.Disabled, p.Disabled)
	set(&a.Signature, p.Signature)
	if p.Access != nil {
		a.Access = *p.Access
	} else if p.Role != nil && *p.Role != RoleAdmin && a.Access.Conversations == ReachAll {
		// An admin sees all by being one, not by a choice to keep on demotion.
		a.Access.Conversations = defaultReach(*p.Role)
	}
	return a
}

func set[T any](field *T, value *T) {
	if value != nil {
		*field = *value
	}
}

// UpdateAgent changes an agent. Admins change anything; agents change their own
// name, language, presence and signature; leads the capacity and the skills of whoever is
// in one of their teams. It answers ErrNoAgent, ErrForbidden, ErrLastAdmin
// and field faults. Disabling an agent or setting a password ends their sessions,
// but not the one that asks.
func (s *Service) UpdateAgent(ctx context.Context, v Viewer, agent AgentID, p AgentPatch) (Agent, error) {
	self := v.AgentID != 0 && v.AgentID == agent && p.own()
	lead := v.Role == RoleLead && p.load()
	if !v.IsAdmin() && !self && !lead {
		return Agent{}, ErrForbidden
	}
	hash, err := s.patchedPassword(ctx, agent, p)
	if err != nil {
		return Agent{}, err
	}
	var after Agent
	err = s.locked(ctx, func(ctx context.Context) error {
		before, err := s.store.Agent(ctx, agent)
		if err != nil {
			return err
		}
		if !v.IsAdmin() && !self && !slices.ContainsFunc(before.TeamIDs, v.InTeam) {
			return ErrForbidden
		}
		if after, err = cleanAgent(p.apply(before)); err != nil {
			return err
		}
		if p.TeamIDs != nil {
			if err := s.checkTeams(ctx, after.TeamIDs); err != nil {
				return err
			}
		}
		if err := s.keepAnAdmin(ctx, before, after); err != nil {
			return err
		}
		if err := s.store.UpdateAgent(ctx, after); err != nil {
			return err
		}
		if hash != "" {
			if err := s.setPassword(ctx, agent, hash, v.Session); err != nil {
				return err
			}
		}
		if after.Disabled {
			return s.store.DeleteSessions(ctx, agent, 0)
		}
		return nil
	})
	if err != nil {
		return Agent{}, said(err, "change agent", ErrNoAgent, ErrEmailTaken)
	}
	return after, nil
}

// patchedPassword returns the hash of the patch's password, or "" when it has
// none.
func (s *Service) patchedPassword(ctx context.Context, agent AgentID, p AgentPatch) (string, error) {
	if p.Password == nil {
		return "", nil
	}
	before, err := s.store.Agent(ctx, agent)
	if err != nil {
		return "", said(err, "read agent", ErrNoAgent, nil)
	}
	a := p.apply(before)
	if err := CheckPassword("password", *p.Password, a.Email, a.Name); err != nil {
		return "", err
	}
	return s.optionalHash(ctx, *p.Password)
}

// keepAnAdmin answers ErrLastAdmin when a change would leave no enabled admin.
func (s *Service) keepAnAdmin(ctx context.Context, before, after Agent) error {
	active := func(a Agent) bool { return a.Role == RoleAdmin && !a.Disabled }
	if !active(before) || active(after) {
		return nil
	}
	all, err := s.store.Agents(ctx)
	if err != nil {
		return err
	}
	for _, a := range all {
		if a.ID != before.ID && active(a) {
			return nil
		}
	}
	return ErrLastAdmin
}
