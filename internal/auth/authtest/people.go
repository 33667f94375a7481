package authtest

import (
	"context"
	"maps"
	"time"

	"parley/internal/auth"
)

// full returns an agent with the teams.
func (t tables) full(a auth.Agent) auth.Agent {
	a = a.Clone()
	a.TeamIDs = nil
	for _, team := range list(t.teams) {
		if t.members[member{team.ID, a.ID}] {
			a.TeamIDs = append(a.TeamIDs, team.ID)
		}
	}
	return a
}

// whole returns a team with the members.
func (t tables) whole(team auth.Team) auth.Team {
	team.MemberIDs = nil
	for _, a := range list(t.agents) {
		if t.members[member{team.ID, a.ID}] {
			team.MemberIDs = append(team.MemberIDs, a.ID)
		}
	}
	return team
}

// AnyAgent implements auth.Store.
func (m *Memory) AnyAgent(ctx context.Context) (bool, error) {
	return len(m.read(ctx).agents) > 0, nil
}

// Agent implements auth.Store.
func (m *Memory) Agent(ctx context.Context, id auth.AgentID) (auth.Agent, error) {
	t := m.read(ctx)
	a, ok := t.agents[id]
	if !ok {
		return auth.Agent{}, auth.ErrAbsent
	}
	return t.full(a), nil
}

// AgentByEmail implements auth.Store.
func (m *Memory) AgentByEmail(ctx context.Context, email string) (auth.Agent, error) {
	t := m.read(ctx)
	for _, a := range t.agents {
		if a.Email == email {
			return t.full(a), nil
		}
	}
	return auth.Agent{}, auth.ErrAbsent
}

// Agents implements auth.Store.
func (m *Memory) Agents(ctx context.Context) ([]auth.Agent, error) {
	t := m.read(ctx)
	all := list(t.agents)
	for i := range all {
		all[i] = t.full(all[i])
	}
	return all, nil
}

// InsertAgent implements auth.Store.
func (m *Memory) InsertAgent(ctx context.Context, a auth.Agent) error {
	return m.putAgent(m.tx(ctx), a)
}

// UpdateAgent implements auth.Store.
func (m *Memory) UpdateAgent(ctx context.Context, a auth.Agent) error {
	t := m.tx(ctx)
	before, ok := t.agents[a.ID]
	if !ok {
		return auth.ErrAbsent
	}
	a.CreatedAt = before.CreatedAt
	return m.putAgent(t, a)
}

func (m *Memory) putAgent(t tables, a auth.Agent) error {
	for _, other := range t.agents {
		if other.ID != a.ID && other.Email == a.Email {
			return auth.ErrTaken
		}
	}
	t.agents[a.ID] = a.Clone()
	maps.DeleteFunc(t.members, func(k member, _ bool) bool { return k.agent == a.ID })
	for _, team := range a.TeamIDs {
		if _, ok := t.teams[team]; ok {
			t.members[member{team, a.ID}] = true
		}
	}
	return nil
}

// PasswordHash implements auth.Store.
func (m *Memory) PasswordHash(ctx context.Context, id auth.AgentID) (string, error) {
	return m.read(ctx).hashes[id], nil
}

// SetPasswordHash implements auth.Store.
func (m *Memory) SetPasswordHash(ctx context.Context, id auth.AgentID, hash string) error {
	t := m.tx(ctx)
	if _, ok := t.agents[id]; !ok {
		return auth.ErrAbsent
	}
	t.hashes[id] = hash
	return nil
}

// Team implements auth.Store.
func (m *Memory) Team(ctx context.Context, id auth.TeamID) (auth.Team, error) {
	t := m.read(ctx)
	team, ok := t.teams[id]
	if !ok {
		return auth.Team{}, auth.ErrAbsent
	}
	return t.whole(team), nil
}

// ScheduleExists implements auth.Store: it keeps none.
func (m *Memory) ScheduleExists(context.Context, int64) (bool, error) { return false, nil }

// Teams implements auth.Store.
func (m *Memory) Teams(ctx context.Context) ([]auth.Team, error) {
	t := m.read(ctx)
	all := list(t.teams)
	for i := range all {
		all[i] = t.whole(all[i])
	}
	return all, nil
}

// InsertTeam implements auth.Store.
func (m *Memory) InsertTeam(ctx context.Context, team auth.Team) error {
	return m.putTeam(m.tx(ctx), team)
}

// UpdateTeam implements auth.Store.
func (m *Memory) UpdateTeam(ctx context.Context, team auth.Team) error {
	t := m.tx(ctx)
	before, ok := t.teams[team.ID]
	if !ok {
		return auth.ErrAbsent
	}
	team.CreatedAt = before.CreatedAt
	return m.putTeam(t, team)
}

func (m *Memory) putTeam(t tables, team auth.Team) error {
	for _, other := range t.teams {
		if other.ID != team.ID && other.Name == team.Name {
			return auth.ErrTaken
		}
	}
	t.teams[team.ID] = team.Clone()
	maps.DeleteFunc(t.members, func(k member, _ bool) bool { return k.team == team.ID })
	for _, a := range team.MemberIDs {
		if _, ok := t.agents[a]; ok {
			t.members[member{team.ID, a}] = true
		}
	}
	return nil
}

// DeleteTeam implements auth.Store.
func (m *Memory) DeleteTeam(ctx context.Context, id auth.TeamID, _ auth.Viewer, _ time.Time) error {
	t := m.tx(ctx)
	if _, ok := t.teams[id]; !ok {
		return auth.ErrAbsent
	}
	delete(t.teams, id)
	maps.DeleteFunc(t.members, func(k member, _ bool) bool { return k.team == id })
	return nil
}
