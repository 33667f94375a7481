package rules

import (
	"context"
	"net/http"

	"parley/router"
	"parley/router/sla"
	"parley/web/rest"
)

func (r *Rules) declareSchedules(api *rest.API) {
	write := rest.Write("schedules").For(makers...)
	rest.Add(api, rest.Op{ID: "list-schedules", Method: http.MethodGet, Path: "/schedules", Need: rest.Read("schedules"), Summary: "List business hours by name"}, r.listSchedules)
	rest.Add(api, rest.Op{ID: "create-schedule", Method: http.MethodPost, Path: "/schedules", Need: write, Status: http.StatusCreated, Summary: "Add business hours"}, r.createSchedule)
	rest.Add(api, rest.Op{ID: "get-schedule", Method: http.MethodGet, Path: "/schedules/{id}", Need: rest.Read("schedules"), Summary: "Read business hours"}, r.getSchedule)
	rest.Add(api, rest.Op{ID: "change-schedule", Method: http.MethodPatch, Path: "/schedules/{id}", Need: write, Summary: "Change business hours"}, r.patchSchedule)
	rest.Add(api, rest.Op{ID: "delete-schedule", Method: http.MethodDelete, Path: "/schedules/{id}", Need: write, Summary: "Remove business hours that no trigger uses"}, r.deleteSchedule)
}

// Schedule is business hours under a name.
type Schedule struct {
	ID        rest.ID            `json:"id"`
	Name      string             `json:"name"`
	TimeZone  string             `json:"time_zone" doc:"Like Europe/Moscow."`
	Intervals []ScheduleInterval `json:"intervals"`
	Holidays  []ScheduleHoliday  `json:"holidays"`
	Version   int64              `json:"version" doc:"Of this state; a change that names it is refused when it is another by then."`
}

// ScheduleInterval is a part of a day of the week in which a schedule is open.
type ScheduleInterval struct {
	Day  string `json:"day" doc:"mon, tue, wed, thu, fri, sat, sun"`
	From string `json:"from" doc:"09:00"`
	To   string `json:"to" doc:"18:00; earlier than from: on the next day"`
}

// ScheduleHoliday is a day on which a schedule is closed.
type ScheduleHoliday struct {
	Date string `json:"date" doc:"2026-05-09"`
	Name string `json:"name" required:"false"`
}

func showSchedule(s router.Schedule) Schedule {
	return Schedule{
		ID: rest.IDOf(s.ID), Name: s.Name, TimeZone: s.TimeZone, Version: s.Version(),
		Intervals: rest.Map(s.Intervals, func(i sla.Interval) ScheduleInterval { return ScheduleInterval(i) }),
		Holidays:  rest.Map(s.Holidays, func(h sla.Holiday) ScheduleHoliday { return ScheduleHoliday(h) }),
	}
}

func readIntervals(list []ScheduleInterval) []sla.Interval {
	return rest.Map(list, func(i ScheduleInterval) sla.Interval { return sla.Interval(i) })
}

func readHolidays(list []ScheduleHoliday) []sla.Holiday {
	return rest.Map(list, func(h ScheduleHoliday) sla.Holiday { return sla.Holiday(h) })
}

func (r *Rules) listSchedules(ctx context.Context, _ rest.Caller, in *rest.Paging) (*rest.Body[rest.Page[Schedule]], error) {
	list, err := r.router.Schedules(ctx)
	if err != nil {
		return nil, err
	}
	return rest.Placed(list, *in, showSchedule)
}

// NewSchedule is business hours to add.
type NewSchedule struct {
	Name      string             `json:"name" maxLength:"400"`
	TimeZone  string             `json:"time_zone" maxLength:"100"`
	Intervals []ScheduleInterval `json:"intervals" maxItems:"500"`
	Holidays  []ScheduleHoliday  `json:"holidays,omitempty" maxItems:"5000"`
}

func (r *Rules) createSchedule(ctx context.Context, _ rest.Caller, in *struct{ Body NewSchedule }) (*rest.Body[Schedule], error) {
	s, err := r.router.AddSchedule(ctx, router.Schedule{
		Name: in.Body.Name, TimeZone: in.Body.TimeZone, Intervals: readIntervals(in.Body.Intervals), Holidays: readHolidays(in.Body.Holidays),
	})
	return rest.Changed(s, err, showSchedule)
}

func (r *Rules) getSchedule(ctx context.Context, _ rest.Caller, in *ByID) (*rest.Body[Schedule], error) {
	s, err := r.router.Schedule(ctx, rest.Num[router.ScheduleID](in.ID))
	if err != nil {
		return nil, err
	}
	return rest.Reply(showSchedule(s)), nil
}

func (r *Rules) patchSchedule(ctx context.Context, _ rest.Caller, in *struct {
	ByID
	Body struct {
		Name      *string             `json:"name,omitempty" maxLength:"400"`
		TimeZone  *string             `json:"time_zone,omitempty" maxLength:"100"`
		Intervals *[]ScheduleInterval `json:"intervals,omitempty" maxItems:"500"`
		Holidays  *[]ScheduleHoliday  `json:"holidays,omitempty" maxItems:"5000"`
		rest.Seen
	}
}) (*rest.Body[Schedule], error) {
	s, err := r.router.ChangeSchedule(ctx, rest.Num[router.ScheduleID](in.ID), in.Body.Version, func(s *router.Schedule) {
		set(&s.Name, in.Body.Name)
		set(&s.TimeZone, in.Body.TimeZone)
		if in.Body.Intervals != nil {
			s.Intervals = readIntervals(*in.Body.Intervals)
		}
		if in.Body.Holidays != nil {
			s.Holidays = readHolidays(*in.Body.Holidays)
		}
	})
	return rest.Changed(s, err, showSchedule)
}

func (r *Rules) deleteSchedule(ctx context.Context, _ rest.Caller, in *ByID) (*rest.None, error) {
	return nil, r.router.DeleteSchedule(ctx, rest.Num[router.ScheduleID](in.ID))
}
