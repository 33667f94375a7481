package router

import (
	"context"
	"slices"
	"time"

	"parley/internal/fault"
	"parley/router/rules"
	"parley/router/sla"
)

// ScheduleID identifies a schedule.
type ScheduleID int64

// Schedule is business hours under a name.
type Schedule struct {
	ID        ScheduleID
	Name      string
	TimeZone  string
	Intervals []sla.Interval
	Holidays  []sla.Holiday
	CreatedAt time.Time
	UpdatedAt time.Time
}

// calendar answers rules that ask for business hours.
type calendar map[int64]*sla.Schedule

// newCalendar leaves out what no longer makes a schedule: a rule that asks for it says
// that it is unknown.
func newCalendar(list []Schedule) calendar {
	c := calendar{}
	for _, s := range list {
		if made, err := sla.NewSchedule(s.TimeZone, s.Intervals, s.Holidays); err == nil {
			c[int64(s.ID)] = made
		}
	}
	return c
}

var _ rules.Calendar = calendar(nil)

// Open implements rules.Calendar.
func (c calendar) Open(schedule int64, at time.Time) (open, known bool) {
	s := c[schedule]
	return s != nil && s.Open(at), s != nil
}

// Schedules returns all, by name.
func (s *Service) Schedules(ctx context.Context) ([]Schedule, error) { return s.store.Schedules(ctx) }

// Schedule returns one.
func (s *Service) Schedule(ctx context.Context, id ScheduleID) (Schedule, error) {
	list, err := s.store.Schedules(ctx)
	if err != nil {
		return Schedule{}, err
	}
	i := slices.IndexFunc(list, func(x Schedule) bool { return x.ID == id })
	if i < 0 {
		return Schedule{}, ErrNoSchedule
	}
	return list[i], nil
}

// Version names the state that a change goes by.
func (x Schedule) Version() int64 {
	return fault.Fingerprint(x.Name, x.TimeZone, x.Intervals, x.Holidays)
}

// ChangeSchedule changes a schedule as it is, and saves it. Weeks and holidays are saved as whole lists: whoever names the
// version that they went by (0 = none) is refused when it is not that any more, and shown what it is by now.
func (s *Service) ChangeSchedule(ctx context.Context, id ScheduleID, seen int64, change func(*Schedule)) (Schedule, error) {
	var after Schedule
	err := s.store.Write(ctx, func(ctx context.Context) error {
		if err := s.store.LockRules(ctx); err != nil {
			return err
		}
		x, err := s.Schedule(ctx, id)
		if err != nil {
			return err
		}
		now := x
		change(&x)
		refused := s.checkSchedule(&x)
		if err := fault.Stale("schedule", seen, now, x, refused); err != nil {
			return err
		}
		x.UpdatedAt = s.time()
		after = x
		return s.store.PutSchedule(ctx, &x)
	})
	if err != nil {
		return Schedule{}, err
	}
	return after, s.Refresh(ctx)
}

// checkSchedule refuses what makes no schedule.
func (s *Service) checkSchedule(x *Schedule) error {
	var bad fault.Collector
	checkName(&bad, &x.Name)
	made, err := sla.NewSchedule(x.TimeZone, x.Intervals, x.Holidays)
	if err = bad.Merge(err); err != nil {
		return err
	}
	if made != nil && !opens(made, s.time()) {
		bad.Add("holidays", "never", fault.T("За весь год расписание не открыто ни разу: все рабочие дни — праздники.", "The schedule does not open for a whole year: every working day is a holiday."))
	}
	return bad.Err()
}

// AddSchedule adds a schedule.
func (s *Service) AddSchedule(ctx context.Context, x Schedule) (Schedule, error) {
	if err := s.checkSchedule(&x); err != nil {
		return Schedule{}, err
	}
	x.UpdatedAt = s.time()
	err := s.store.Write(ctx, func(ctx context.Context) error {
		ids, err := s.store.NextIDs(ctx, 1)
		if err != nil {
			return err
		}
		x.ID, x.CreatedAt = ScheduleID(ids[0]), x.UpdatedAt
		return s.store.PutSchedule(ctx, &x)
	})
	if err != nil {
		return Schedule{}, err
	}
	return x, s.Refresh(ctx)
}

// opens tells whether a schedule opens within a year.
func opens(s *sla.Schedule, now time.Time) bool {
	next, ok := s.Next(now)
	return ok && next.Before(now.AddDate(1, 0, 0))
}

// DeleteSchedule removes a schedule that no trigger and no policy asks for.
func (s *Service) DeleteSchedule(ctx context.Context, id ScheduleID) error {
	err := s.store.Write(ctx, func(ctx context.Context) error {
		list, err := s.store.Triggers(ctx)
		if err != nil {
			return err
		}
		for _, t := range list {
			if slices.ContainsFunc(references(t.Conditions, nil), func(n named) bool { return n.noun == "schedules" && n.id == int64(id) }) {
				return ErrScheduleIn.WithDetails(map[string]string{"trigger": t.Name})
			}
		}
		switch user, err := s.store.ScheduleUser(ctx, id); {
		case err != nil:
			return err
		case user != "":
			return ErrScheduleOf.WithDetails(map[string]string{"user": user})
		}
		found, err := s.store.DeleteSchedule(ctx, id)
		if err == nil && !found {
			err = ErrNoSchedule
		}
		return err
	})
	if err != nil {
		return err
	}
	return s.Refresh(ctx)
}
