package assign

import (
	"context"
	"fmt"
	"slices"
	"time"

	"parley/inbox"
	"parley/internal/fault"
	"parley/router"
)

// AbsenceID identifies an absence.
type AbsenceID int64

// AbsenceState is how far an absence has come.
type AbsenceState string

// The states.
const (
	Planned   AbsenceState = "planned"
	Active    AbsenceState = "active"
	Returning AbsenceState = "returning" // conversations go back
	Over      AbsenceState = "over"
)

// Absence is a time in which somebody is away and, if there is a deputy, somebody else
// stands in: for conversations, and for what may be seen.
type Absence struct {
	ID        AbsenceID
	Agent     inbox.AgentID
	Deputy    inbox.AgentID // 0 = conversations go back to their teams
	From, To  time.Time
	State     AbsenceState
	Next      time.Time      // when it must be looked at; zero = never
	Lent      []inbox.TeamID // teams that the deputy was put into for it
	CreatedAt time.Time
}

// again is how often what somebody absent was given meanwhile is passed to the deputy.
const again = time.Minute

// longest bounds an absence.
const longest = 2 * 366 * 24 * time.Hour

// ListAbsences returns those that have not ended.
func (s *Service) ListAbsences(ctx context.Context) ([]Absence, error) {
	return s.store.ListAbsences(ctx, s.time())
}

// Absence returns one.
func (s *Service) Absence(ctx context.Context, id AbsenceID) (Absence, error) {
	list, err := s.store.ListAbsences(ctx, time.Time{})
	if err != nil {
		return Absence{}, err
	}
	i := slices.IndexFunc(list, func(a Absence) bool { return a.ID == id })
	if i < 0 {
		return Absence{}, ErrNoAbsence
	}
	return list[i], nil
}

// PlanAbsence adds an absence.
func (s *Service) PlanAbsence(ctx context.Context, a Absence) (Absence, error) {
	return s.saveAbsence(ctx, 0, func(x *Absence) { x.Agent, x.Deputy, x.From, x.To = a.Agent, a.Deputy, a.From, a.To })
}

// ChangeAbsence changes one that is not over: its times, or the deputy. It is read under
// the lock, for it may have begun, or somebody else have changed it, since the caller
// looked.
func (s *Service) ChangeAbsence(ctx context.Context, id AbsenceID, change func(a *Absence)) (Absence, error) {
	return s.saveAbsence(ctx, id, change)
}

func (s *Service) saveAbsence(ctx context.Context, id AbsenceID, change func(a *Absence)) (a Absence, err error) {
	rights := false
	_, err = s.under(ctx, func(ctx context.Context, h *hand) error {
		a, rights = Absence{State: Planned, CreatedAt: h.now}, false
		if id != 0 {
			if a, err = s.Absence(ctx, id); err != nil {
				return err
			}
		}
		before := a
		change(&a)
		a.From, a.To = a.From.UTC().Truncate(time.Microsecond), a.To.UTC().Truncate(time.Microsecond)
		if err := s.checkAbsence(ctx, &a); err != nil {
			return err
		}
		if id == 0 {
			ids, err := s.store.NextIDs(ctx, 1)
			if err != nil {
				return err
			}
			a.ID = AbsenceID(ids[0])
		}
		if a.Next = h.now; a.State == Planned {
			a.Next = a.From
		}
		if a.State == Active && a.Deputy != before.Deputy {
			rights = true
			if err := h.otherDeputy(ctx, &a, before.Deputy); err != nil {
				return err
			}
		}
		return s.store.PutAbsence(ctx, &a)
	})
	if err == nil && rights {
		s.rights()
	}
	return a, err
}

// otherDeputy gives another deputy what the one before was given of it: the teams, and
// the conversations that they still hold.
func (h *hand) otherDeputy(ctx context.Context, a *Absence, before inbox.AgentID) (err error) {
	if err := h.store.Unlend(ctx, before, a.Lent); err != nil {
		return err
	}
	a.Lent = nil
	if a.Deputy != 0 {
		if a.Lent, err = h.store.Lend(ctx, a.Agent, a.Deputy); err != nil {
			return err
		}
	}
	moved, err := h.store.MovedBy(ctx, a.ID)
	if err != nil {
		return err
	}
	return h.move(ctx, moved, before, a.Deputy, Decision{To: a.Deputy, Reason: ByAbsence, Passed: []Passed{{a.Agent, Absent}}})
}

func (s *Service) checkAbsence(ctx context.Context, a *Absence) error {
	var bad fault.Collector
	if a.From.IsZero() || !a.To.After(a.From) || a.To.Sub(a.From) > longest {
		bad.Add("to", "range", fault.T("Конец должен быть позже начала, но не больше чем на два года.", "The end must be after the beginning, by two years at most."))
	}
	if !a.To.After(s.time()) {
		bad.Add("to", "past", fault.T("Это время уже прошло.", "This time has passed."))
	}
	if a.State == Over || a.State == Returning {
		bad.Add("to", "over", fault.T("Отсутствие уже закончилось.", "The absence is over."))
	}
	for path, id := range map[string]inbox.AgentID{"agent_id": a.Agent, "deputy_id": a.Deputy} {
		if id == 0 && path == "deputy_id" {
			continue
		}
		if ok, err := s.store.Usable(ctx, id); err != nil {
			return err
		} else if !ok {
			bad.Add(path, "unknown", fault.T("Такого сотрудника нет или он отключён.", "There is no such agent, or the agent is disabled."))
		}
	}
	if a.Deputy != 0 && a.Deputy == a.Agent {
		bad.Add("deputy_id", "self", fault.T("Нельзя замещать самого себя.", "Nobody can stand in for themselves."))
	}
	list, err := s.store.ListAbsences(ctx, s.time())
	if err != nil {
		return err
	}
	for _, o := range list {
		if o.ID == a.ID || !o.From.Before(a.To) || !a.From.Before(o.To) || o.State == Over {
			continue
		}
		switch {
		case o.Agent == a.Agent:
			bad.Add("from", "overlap", fault.T("На это время у сотрудника уже есть отсутствие.", "The agent is away in this time already."))
		case a.Deputy != 0 && o.Agent == a.Deputy:
			bad.Add("deputy_id", "absent", fault.T("Заместитель в это время сам отсутствует. Выберите другого.", "The deputy is away in this time too. Choose another."))
		case o.Deputy != 0 && o.Deputy == a.Agent:
			bad.Add("agent_id", "deputy", fault.T("В это время сотрудник замещает другого. Сначала назначьте там другого заместителя.", "The agent stands in for somebody in this time. Give that absence another deputy first."))
		}
	}
	return bad.Err()
}

// EndAbsence removes a planned absence and ends one that has begun: everything goes back.
func (s *Service) EndAbsence(ctx context.Context, id AbsenceID) error {
	return s.store.Write(ctx, func(ctx context.Context) error {
		if err := s.store.LockRouting(ctx); err != nil {
			return err
		}
		a, err := s.Absence(ctx, id)
		if err != nil {
			return err
		}
		if a.State == Planned {
			return s.store.DeleteAbsence(ctx, id)
		}
		if a.State == Active {
			a.To, a.Next = s.time(), s.time()
		}
		return s.store.PutAbsence(ctx, &a)
	})
}

// Absences lets absences begin and end whose time has come.
func (s *Service) Absences(ctx context.Context) (err error) {
	for more := true; more; {
		if due, err := s.store.DueAbsences(ctx, s.time()); err != nil || len(due) == 0 {
			return err
		}
		rights := false
		_, err = s.under(ctx, func(ctx context.Context, h *hand) error {
			more, rights = false, false
			list, err := s.store.DueAbsences(ctx, h.now)
			if err != nil || len(list) == 0 {
				return err
			}
			a := &list[0]
			before := a.State
			err = h.absence(ctx, a)
			more, rights = true, a.State != before // teams are lent and taken back by steps of the state
			return err
		})
		if err != nil {
			return err
		}
		if rights {
			s.rights()
		}
	}
	return nil
}

// absence brings one a step on. What is moved in a step is bounded; Next says when to go on.
func (h *hand) absence(ctx context.Context, a *Absence) error {
	var err error
	switch {
	case a.State == Planned && !h.now.Before(a.From):
		a.State, a.Next = Active, h.now
		if a.Deputy != 0 {
			a.Lent, err = h.store.Lend(ctx, a.Agent, a.Deputy)
		}
	case a.State == Active && !h.now.Before(a.To):
		a.State, a.Next = Returning, h.now
		if a.Deputy != 0 {
			err = h.store.Unlend(ctx, a.Deputy, a.Lent)
		}
	case a.State == Active:
		err = h.toDeputy(ctx, a)
	case a.State == Returning:
		err = h.back(ctx, a)
	default:
		a.Next = a.From
	}
	if err != nil {
		return err
	}
	return h.store.PutAbsence(ctx, a)
}

// toDeputy passes on what the absent agent holds.
func (h *hand) toDeputy(ctx context.Context, a *Absence) error {
	ids, err := h.store.HeldBy(ctx, a.Agent, batch)
	if err != nil {
		return err
	}
	to := a.Deputy
	if d := h.board.Agents[to]; d == nil || d.Absent { // disabled, or fallen ill since
		to = 0
	}
	err = h.move(ctx, ids, a.Agent, to, Decision{To: to, Reason: ByAbsence, Passed: []Passed{{a.Agent, Absent}}})
	if err != nil {
		return err
	}
	a.Next = h.now.Add(again)
	if len(ids) == batch {
		a.Next = h.now
	} else if a.To.Before(a.Next) {
		a.Next = a.To
	}
	return h.store.Moved(ctx, a.ID, ids)
}

// back gives the returned agent what the deputy still holds of theirs, or what nobody took.
func (h *hand) back(ctx context.Context, a *Absence) error {
	ids, err := h.store.TakeBack(ctx, a.ID, batch)
	if err != nil {
		return err
	}
	if len(ids) < batch {
		a.State, a.Next = Over, time.Time{}
	}
	if h.board.Agents[a.Agent] == nil {
		return nil // disabled meanwhile
	}
	return h.move(ctx, ids, a.Deputy, a.Agent, Decision{To: a.Agent, Reason: ByReturn})
}

// move gives conversations that are still held by one to another.
func (h *hand) move(ctx context.Context, ids []inbox.ConversationID, from, to inbox.AgentID, d Decision) error {
	if len(ids) == 0 {
		return nil
	}
	subjects := make([]router.Subject, len(ids))
	for i, id := range ids {
		subjects[i].Conversation = id
	}
	of, err := h.store.Snapshots(ctx, subjects, true)
	if err != nil {
		return fmt.Errorf("load conversations: %w", err)
	}
	for i := range of {
		c := of[i].Conversation
		if c == nil || c.AssigneeID != from || c.Status == inbox.Closed {
			continue
		}
		if err := h.desk.Hand(ctx, &h.out, c, inbox.Patch{Assignee: &to}, byItself, h.now); err != nil {
			return fmt.Errorf("pass conversation on: %w", err)
		}
		if err := h.tell(ctx, &h.out, c.ID, c.TeamID, d, h.now); err != nil {
			return err
		}
	}
	return nil
}
