package auth

import (
	"context"
	"errors"
	"slices"

	"parley/internal/fault"
)

// NewAgent is what an admin gives to make an agent without an invitation.
type NewAgent struct {
	Email    string
	Name     string
	Role     Role   // empty is RoleAgent
	Language string // empty is "en"
	// Password may be empty: the agent then needs a reset link to sign in.
	Password string
	Capacity int
	Presence Presence // empty is Offline
	Skills   []string
	TeamIDs  []TeamID
	Access   Access // zero is the role's default
}

// Agents lists every agent, disabled ones too, ascending by id. Everyone may:
// names are needed to assign.
func (s *Service) Agents(ctx context.Context, v Viewer) ([]Agent, error) {
	if v.Role == "" {
		return nil, ErrForbidden
	}
	all, err := s.store.Agents(ctx)
	return all, said(err, "list agents", nil, nil)
}

// Agent finds one agent, or answers ErrNoAgent.
func (s *Service) Agent(ctx context.Context, v Viewer, agent AgentID) (Agent, error) {
	if v.Role == "" {
		return Agent{}, ErrForbidden
	}
	a, err := s.store.Agent(ctx, agent)
	return a, said(err, "read agent", ErrNoAgent, nil)
}

// CreateAgent makes an agent. Admins only; the first agent must be one.
func (s *Service) CreateAgent(ctx context.Context, v Viewer, in NewAgent) (Agent, error) {
	if !v.IsAdmin() {
		return Agent{}, ErrForbidden
	}
	if in.Role == "" {
		in.Role = RoleAgent
	}
	a, err := cleanAgent(Agent{
		Email: in.Email, Name: in.Name, Role: in.Role, Language: in.Language, Capacity: in.Capacity,
		Presence: in.Presence, Skills: in.Skills, TeamIDs: in.TeamIDs, Access: in.Access,
	})
	var bad fault.Collector
	if err := bad.Merge(err); err != nil {
		return Agent{}, err
	}
	if in.Password != "" {
		if err := bad.Merge(CheckPassword("password", in.Password, a.Email, a.Name)); err != nil {
			return Agent{}, err
		}
	}
	if err := bad.Err(); err != nil {
		return Agent{}, err
	}
	if a.ID, err = id[AgentID](ctx, s); err != nil {
		return Agent{}, err
	}
	a.CreatedAt = s.now()
	hash, err := s.optionalHash(ctx, in.Password)
	if err != nil {
		return Agent{}, err
	}
	err = s.locked(ctx, func(ctx context.Context) error {
		if err := s.checkTeams(ctx, a.TeamIDs); err != nil {
			return err
		}
		return s.insertAgent(ctx, a, hash)
	})
	return a, said(err, "make agent", nil, ErrEmailTaken)
}

// insertAgent adds an agent under the people lock; hash may be "".
func (s *Service) insertAgent(ctx context.Context, a Agent, hash string) error {
	if a.Role != RoleAdmin {
		exists, err := s.store.AnyAgent(ctx)
		if err != nil {
			return err
		}
		if !exists {
			return fault.New(fault.Conflict, "no_admin", fault.T(
				"Сначала создайте администратора.", "Create an administrator first."))
		}
	}
	if err := s.store.InsertAgent(ctx, a); err != nil {
		return err
	}
	if hash == "" {
		return nil
	}
	return s.store.SetPasswordHash(ctx, a.ID, hash)
}

// optionalHash hashes a password, or returns "" when there is none.
func (s *Service) optionalHash(ctx context.Context, password string) (string, error) {
	if password == "" {
		return "", nil
	}
	hash, err := s.hasher.Hash(ctx, password)
	return hash, said(err, "hash password", nil, nil)
}

// DisableAgent shuts an agent out: sessions end and no new ones open. Admins
// only; ErrLastAdmin for the last one.
func (s *Service) DisableAgent(ctx context.Context, v Viewer, agent AgentID) error {
	yes := true
	_, err := s.UpdateAgent(ctx, v, agent, AgentPatch{Disabled: &yes})
	return err
}

// cleanAgent checks every field of an agent and brings them into their stored
// form. The fault lists all that is wrong; the agent is returned even so, for
// checks that need its fields.
func cleanAgent(a Agent) (Agent, error) {
	var bad fault.Collector
	var errs []error
	check := func(err error) {
		if err = bad.Merge(err); err != nil {
			errs = append(errs, err)
		}
	}
	var err error
	a.Email, err = CleanEmail(a.Email)
	check(err)
	a.Name, err = cleanName("name", a.Name)
	check(err)
	check(cleanRole(a.Role))
	a.Language, err = cleanLanguage(a.Language)
	check(err)
	if a.Capacity < 0 || a.Capacity > maxCapacity {
		bad.Add("capacity", "out_of_range", fault.T("От 0 до 10000; 0 — без предела.", "From 0 to 10000; 0 is no limit."))
	}
	if a.Presence == "" {
		a.Presence = Offline
	}
	if !a.Presence.Valid() {
		bad.Add("presence", "unknown", fault.T(
			"Присутствие: online, away, busy или offline.", "The presence is online, away, busy or offline."))
	}
	a.Skills, err = cleanSkills(a.Skills)
	check(err)
	a.TeamIDs = uniq(a.TeamIDs)
	a.Access, err = cleanAccess(a.Access, a.Role)
	check(err)
	if len(errs) > 0 {
		return a, errors.Join(errs...)
	}
	return a, bad.Err()
}

// checkTeams answers a field fault when there is no such team.
func (s *Service) checkTeams(ctx context.Context, ids []TeamID) error {
	if len(ids) == 0 {
		return nil
	}
	all, err := s.store.Teams(ctx)
	if err != nil {
		return err
	}
	for _, want := range ids {
		if !slices.ContainsFunc(all, func(t Team) bool { return t.ID == want }) {
			return fault.InvalidField("team_ids", "unknown", fault.T("Такой группы нет.", "There is no such team."))
		}
	}
	return nil
}
