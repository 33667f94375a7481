package router

import (
	"context"
	"fmt"
	"slices"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/fault"
	"parley/router/rules"
)

// Scope says who sees a macro.
type Scope string

// The scopes.
const (
	Mine Scope = "mine"
	Team Scope = "team"
	All  Scope = "all"
)

// Macro is actions by one key, done by a person and in that person's name.
type Macro struct {
	ID        MacroID
	Name      string
	Scope     Scope
	Owner     inbox.AgentID // who made it, and alone sees one that is Mine
	Team      inbox.TeamID  // of one for a Team
	Actions   []Action
	CreatedAt time.Time
	UpdatedAt time.Time
}

// Version names the state that a change goes by.
func (m Macro) Version() int64 { return fault.Fingerprint(m.Name, m.Scope, m.Team, m.Actions) }

// sees tells whether a viewer may use the macro.
func (m *Macro) sees(v actor.Viewer) bool {
	switch m.Scope {
	case Mine:
		return v.AgentID != 0 && int64(m.Owner) == v.AgentID
	case Team:
		return v.Scope == actor.All || slices.Contains(v.Teams, int64(m.Team))
	}
	return true
}

// Macros returns those that the viewer may use, by name.
func (s *Service) Macros(ctx context.Context, v actor.Viewer) ([]Macro, error) {
	list, err := s.store.Macros(ctx)
	return slices.DeleteFunc(list, func(m Macro) bool { return !m.sees(v) }), err
}

// Macro returns one that the viewer may use.
func (s *Service) Macro(ctx context.Context, v actor.Viewer, id MacroID) (Macro, error) {
	list, err := s.Macros(ctx, v)
	if err != nil {
		return Macro{}, err
	}
	i := slices.IndexFunc(list, func(m Macro) bool { return m.ID == id })
	if i < 0 {
		return Macro{}, ErrNoMacro
	}
	return list[i], nil
}

// AddMacro adds a macro, which is its maker's. The caller has checked that the viewer may.
func (s *Service) AddMacro(ctx context.Context, v actor.Viewer, m Macro) (Macro, error) {
	if err := s.acceptMacro(ctx, v, &m); err != nil {
		return Macro{}, err
	}
	err := s.store.Write(ctx, func(ctx context.Context) error {
		ids, err := s.store.NextIDs(ctx, 1)
		if err != nil {
			return err
		}
		m.ID, m.CreatedAt, m.Owner = MacroID(ids[0]), m.UpdatedAt, inbox.AgentID(v.AgentID)
		return s.store.PutMacro(ctx, &m)
	})
	return m, err
}

// ChangeMacro changes a macro that the viewer may use, as it is, when that is still the version that the viewer went
// by (0 = none). change may run several times; it refuses what the viewer may not.
func (s *Service) ChangeMacro(ctx context.Context, v actor.Viewer, id MacroID, seen int64, change func(*Macro) error) (after Macro, err error) {
	err = s.store.Write(ctx, func(ctx context.Context) error {
		if err := s.store.LockRules(ctx); err != nil {
			return err
		}
		m, err := s.Macro(ctx, v, id)
		if err != nil {
			return err
		}
		now := m
		if err := change(&m); err != nil {
			return err
		}
		refused := s.acceptMacro(ctx, v, &m)
		if err := fault.Stale("macro", seen, now, m, refused); err != nil {
			return err
		}
		after = m
		return s.store.PutMacro(ctx, &m)
	})
	return after, err
}

// acceptMacro refuses a macro that cannot work.
func (s *Service) acceptMacro(ctx context.Context, v actor.Viewer, m *Macro) error {
	var bad fault.Collector
	checkName(&bad, &m.Name)
	switch {
	case !slices.Contains([]Scope{Mine, Team, All}, m.Scope):
		bad.Add("scope", "choice", fault.T("Возможны: mine, team, all.", "One of: mine, team, all."))
	case m.Scope == Mine && v.AgentID == 0:
		bad.Add("scope", "person", fault.T("У ключа нет своих макросов: выберите team или all.", "A key has no macros of its own: choose team or all."))
	case m.Scope == Team && m.Team == 0:
		bad.Add("team_id", "required", fault.T("Укажите группу.", "Say which team."))
	}
	checkActions(&bad, m.Actions, true)
	refs := references(rules.Condition{}, m.Actions)
	if m.Scope == Team && m.Team != 0 {
		refs = append(refs, named{"team_id", "teams", int64(m.Team)})
	}
	if err := missing(ctx, s.store.KnownReferences, refs, &bad); err != nil {
		return err
	}
	if err := s.checkTemplates(ctx, m.Actions, &bad); err != nil {
		return err
	}
	m.UpdatedAt = s.time()
	return bad.Err()
}

// DeleteMacro removes a macro that the viewer sees.
func (s *Service) DeleteMacro(ctx context.Context, v actor.Viewer, id MacroID) error {
	if _, err := s.Macro(ctx, v, id); err != nil {
		return err
	}
	return s.store.Write(ctx, func(ctx context.Context) error {
		found, err := s.store.DeleteMacro(ctx, id)
		if err == nil && !found {
			err = ErrNoMacro
		}
		return err
	})
}

// Apply does a macro's actions in a conversation, all or none, by the viewer's rights and
// in the viewer's name.
func (s *Service) Apply(ctx context.Context, v actor.Viewer, id MacroID, c inbox.ConversationID) ([]Step, error) {
	m, err := s.Macro(ctx, v, id)
	if err != nil {
		return nil, err
	}
	var steps []Step
	err = s.store.Write(ctx, func(ctx context.Context) error {
		steps = nil
		if _, err := s.desk.Patch(ctx, v, c, inbox.Patch{}); err != nil { // locks it, or says that it is not to be seen
			return err
		}
		of, err := s.store.Snapshots(ctx, []Subject{{Conversation: c}}, true)
		if err != nil {
			return fmt.Errorf("load facts: %w", err)
		}
		p := performer{Engine: s.Engine, v: v, of: &of[0]}
		for i := range m.Actions {
			detail, err := p.perform(ctx, &m.Actions[i])
			if err != nil {
				return inAction(err, i)
			}
			steps = append(steps, Step{Type: m.Actions[i].Type, Outcome: Done, Detail: short(detail)})
		}
		return nil
	})
	return steps, err
}

// inAction names the action that was refused.
func inAction(err error, i int) error {
	f, ok := fault.As(err)
	if !ok {
		return err
	}
	text := f.Text
	if len(f.Fields) > 0 {
		text = f.Fields[0].Text
	}
	n := fmt.Sprint(i + 1)
	return fault.New(fault.Conflict, "macro_refused", fault.T("Макрос не выполнен, действие "+n+": "+text.RU, "The macro was not done, action "+n+": "+text.EN)).Because(err)
}
