// Package sla measures time as people work it: schedules with several intervals a day,
// holidays and a time zone, and arithmetic over the hours in which a schedule is open.
//
// It may import internal/fault only. The invariant it guards: for every minute there is
// one answer to whether a schedule is open, by the clock on the wall of its time zone,
// and all arithmetic agrees with counting those minutes one by one, also on the days on
// which that clock is changed.
package sla
