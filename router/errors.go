package router

import "parley/internal/fault"

// What this room refuses, besides field errors.
var (
	ErrNoTrigger  = fault.New(fault.NotFound, "trigger_not_found", fault.T("Такого триггера нет.", "There is no such trigger."))
	ErrNoMacro    = fault.New(fault.NotFound, "macro_not_found", fault.T("Такого макроса нет или он вам не виден.", "There is no such macro, or you may not see it."))
	ErrNoSchedule = fault.New(fault.NotFound, "schedule_not_found", fault.T("Такого расписания нет.", "There is no such schedule."))
	ErrNoRun      = fault.New(fault.NotFound, "run_not_found", fault.T("Такой записи нет или она вам не видна.", "There is no such record, or you may not see it."))
	ErrScheduleIn = fault.New(fault.Conflict, "schedule_in_use", fault.T("Расписание используют триггеры. Сначала измените их.", "Triggers use this schedule. Change them first."))
	ErrScheduleOf = fault.New(fault.Conflict, "schedule_in_use", fault.T("По расписанию считаются сроки или работает группа. Сначала измените их.", "Deadlines are counted by this schedule, or a team works by it. Change these first."))
)
