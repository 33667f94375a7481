package auth

import (
	"context"
	"errors"
	"slices"
	"time"

	"parley/internal/fault"
)

// Bounds of a team's timeout.
const (
	minTimeout = 10 * time.Second
	maxTimeout = 7 * 24 * time.Hour
)

// check refuses what cannot work by itself.
func (r Routing) check() error {
	var bad fault.Collector
	if !slices.Contains([]string{StrategyManual, StrategyEvenTurns, StrategyLeastBusy, StrategyStrict, StrategyAllAtOnce}, r.Strategy) {
		bad.Add("strategy", "unknown", fault.T("Возможны: even_turns, least_busy, strict_order, all_at_once, manual.", "One of: even_turns, least_busy, strict_order, all_at_once, manual."))
	}
	if r.Timeout != 0 && (r.Timeout < minTimeout || r.Timeout > maxTimeout) {
		bad.Add("timeout_seconds", "range", fault.T("От 10 секунд до недели; 0 — не передавать.", "From 10 seconds to a week; 0 is never."))
	}
	return bad.Err()
}

// checkRouting refuses a head or a team that there is none of, and a team that overflows
// into itself.
func (s *Service) checkRouting(ctx context.Context, t Team) error {
	var bad fault.Collector
	r := t.Routing
	if r.Head != 0 {
		if a, err := s.store.Agent(ctx, r.Head); errors.Is(err, ErrAbsent) || err == nil && a.Disabled {
			bad.Add("head_id", "unknown", fault.T("Такого сотрудника нет или он отключён.", "There is no such agent, or the agent is disabled."))
		} else if err != nil {
			return err
		}
	}
	if r.Schedule != 0 {
		if found, err := s.store.ScheduleExists(ctx, r.Schedule); err != nil {
			return err
		} else if !found {
			bad.Add("schedule_id", "unknown", fault.T("Такого расписания нет.", "There is no such schedule."))
		}
	}
	if r.Overflow != 0 && r.Overflow == t.ID {
		bad.Add("overflow_team_id", "self", fault.T("Группа не может передавать избыток самой себе.", "A team cannot overflow into itself."))
	} else if r.Overflow != 0 {
		if _, err := s.store.Team(ctx, r.Overflow); errors.Is(err, ErrAbsent) {
			bad.Add("overflow_team_id", "unknown", fault.T("Такой группы нет.", "There is no such team."))
		} else if err != nil {
			return err
		}
	}
	return bad.Err()
}
