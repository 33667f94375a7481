package sla_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"parley/internal/fault"
	"parley/router/sla"
)

func schedule(t testing.TB, zone string, holidays []sla.Holiday, intervals ...sla.Interval) *sla.Schedule {
	t.Helper()
	s, err := sla.NewSchedule(zone, intervals, holidays)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// weekdays is nine to six with lunch, Monday to Friday.
func weekdays() []sla.Interval {
	var out []sla.Interval
	for _, day := range []string{"mon", "tue", "wed", "thu", "fri"} {
		out = append(out, sla.Interval{Day: day, From: "09:00", To: "13:00"}, sla.Interval{Day: day, From: "14:00", To: "18:00"})
	}
	return out
}

func at(t testing.TB, text string) time.Time {
	t.Helper()
	v, err := time.Parse("2006-01-02 15:04 -07", text)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestAdd(t *testing.T) {
	t.Parallel()
	office := schedule(t, "Europe/Moscow", []sla.Holiday{{Date: "2026-06-12", Name: "День России"}}, weekdays()...)
	night := schedule(t, "Europe/Berlin", nil, sla.Interval{Day: "sat", From: "22:00", To: "06:00"})
	for _, c := range []struct {
		name  string
		s     *sla.Schedule
		start string
		add   time.Duration
		want  string
	}{
		{"within an interval", office, "2026-06-10 09:30 +03", time.Hour, "2026-06-10 10:30 +03"},
		{"over lunch", office, "2026-06-10 12:30 +03", time.Hour, "2026-06-10 14:30 +03"},
		{"to the very end", office, "2026-06-10 17:00 +03", time.Hour, "2026-06-10 18:00 +03"},
		{"over night", office, "2026-06-10 17:30 +03", time.Hour, "2026-06-11 09:30 +03"},
		{"over a holiday and a weekend", office, "2026-06-11 17:30 +03", time.Hour, "2026-06-15 09:30 +03"},
		{"begun while closed", office, "2026-06-13 12:00 +03", 8 * time.Hour, "2026-06-15 18:00 +03"},
		{"no time at all", office, "2026-06-13 12:00 +03", 0, "2026-06-13 12:00 +03"},
		{"a night that loses an hour", night, "2026-03-28 23:00 +01", 6 * time.Hour, "2026-03-29 06:00 +02"},
		{"a night that gains one", night, "2026-10-24 23:00 +02", 8 * time.Hour, "2026-10-25 06:00 +01"},
	} {
		got, ok := c.s.Add(at(t, c.start), c.add)
		if !ok || !got.Equal(at(t, c.want)) {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		if back := c.s.Between(at(t, c.start), got); back != c.add {
			t.Errorf("%s: there are %s in between, want %s", c.name, back, c.add)
		}
	}
	if name, ok := office.Holiday(at(t, "2026-06-12 23:30 +03")); !ok || name != "День России" {
		t.Errorf("the holiday is %q", name)
	}
	if _, ok := office.Holiday(at(t, "2026-06-12 23:30 +00")); ok {
		t.Error("by the wall it is the day after")
	}
	if _, ok := office.Add(at(t, "2026-06-12 23:30 +00"), 1e6*time.Hour); ok {
		t.Error("a deadline in another century")
	}
}

// TestAgainstCountingMinutes holds the arithmetic to an oracle that looks at the clock
// on the wall every minute, around the changes of the clock of several zones.
func TestAgainstCountingMinutes(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	zones := []string{"Europe/Moscow", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "Africa/Casablanca", "UTC"}
	changes := []time.Time{
		time.Date(2026, 3, 28, 0, 0, 0, 0, time.UTC), time.Date(2026, 10, 24, 0, 0, 0, 0, time.UTC), time.Date(2026, 3, 7, 0, 0, 0, 0, time.UTC),
		time.Date(2026, 10, 31, 0, 0, 0, 0, time.UTC), time.Date(2011, 12, 28, 0, 0, 0, 0, time.UTC), time.Date(2024, 2, 27, 0, 0, 0, 0, time.UTC),
	}
	for round := range 400 {
		zone := zones[r.IntN(len(zones))]
		intervals, open := randomWeek(r)
		start := changes[r.IntN(len(changes))].Add(time.Duration(r.IntN(4*24*60)-24*60) * time.Minute)
		var holidays []sla.Holiday
		closed := map[string]bool{}
		if r.IntN(2) == 0 {
			date := start.AddDate(0, 0, r.IntN(3)).Format(time.DateOnly)
			holidays, closed[date] = []sla.Holiday{{Date: date}}, true
		}
		s, err := sla.NewSchedule(zone, intervals, holidays)
		if err != nil {
			t.Fatalf("%+v: %v", intervals, err)
		}
		loc, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		isOpen := func(at time.Time) bool {
			wall := at.In(loc)
			return !closed[wall.Format(time.DateOnly)] && open[wall.Weekday()][wall.Hour()*60+wall.Minute()]
		}
		want := time.Duration(r.IntN(2000)) * time.Minute
		due, ok := s.Add(start, want)
		if !ok {
			t.Fatalf("round %d: no deadline", round)
		}
		var counted time.Duration
		minute := start
		for ; counted < want; minute = minute.Add(time.Minute) {
			if isOpen(minute) {
				counted += time.Minute
			}
			if s.Open(minute) != isOpen(minute) {
				t.Fatalf("round %d, %s: at %s open is %t", round, zone, minute.In(loc), s.Open(minute))
			}
		}
		if want > 0 && !due.Equal(minute) {
			t.Fatalf("round %d, %s: %s after %s is %s, by counting %s", round, zone, want, start, due.In(loc), minute.In(loc))
		}
		if got := s.Between(start, minute); got != counted {
			t.Fatalf("round %d, %s: between %s and %s there are %s, by counting %s", round, zone, start, minute, got, counted)
		}
	}
}

// randomWeek makes intervals that do not overlap, and the same as minutes.
func randomWeek(r *rand.Rand) (list []sla.Interval, open [7][1440]bool) {
	names := []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}
	for len(list) == 0 {
		for day, name := range names {
			for minute := r.IntN(600); minute < 1380; {
				end := minute + 1 + r.IntN(1440-minute)
				if r.IntN(3) > 0 {
					list = append(list, sla.Interval{Day: name, From: hhmm(minute), To: hhmm(end)})
					for m := minute; m < end; m++ {
						open[day][m] = true
					}
				}
				minute = end + r.IntN(200)
			}
		}
	}
	return list, open
}

func hhmm(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

func TestRefused(t *testing.T) {
	t.Parallel()
	ok := sla.Interval{Day: "mon", From: "09:00", To: "18:00"}
	for path, c := range map[string]struct {
		zone      string
		intervals []sla.Interval
		holidays  []sla.Holiday
	}{
		"time_zone":         {"Moscow", []sla.Interval{ok}, nil},
		"intervals":         {"UTC", nil, nil},
		"intervals[0].day":  {"UTC", []sla.Interval{{Day: "monday", From: "09:00", To: "10:00"}}, nil},
		"intervals[0].from": {"UTC", []sla.Interval{{Day: "mon", From: "9:00", To: "10:00"}}, nil},
		"intervals[0].to":   {"UTC", []sla.Interval{{Day: "mon", From: "09:00", To: "24:01"}}, nil},
		"intervals[1]":      {"UTC", []sla.Interval{ok, {Day: "mon", From: "17:59", To: "19:00"}}, nil},
		"intervals[2]":      {"UTC", []sla.Interval{ok, {Day: "sun", From: "22:00", To: "09:01"}, {Day: "mon", From: "09:00", To: "09:01"}}, nil},
		"holidays[0].date":  {"UTC", []sla.Interval{ok}, []sla.Holiday{{Date: "09.05.2026"}}},
	} {
		_, err := sla.NewSchedule(c.zone, c.intervals, c.holidays)
		var f *fault.Error
		if !errors.As(err, &f) || len(f.Fields) == 0 {
			t.Errorf("%s: %v", path, err)
			continue
		}
		found := false
		for _, field := range f.Fields {
			found = found || field.Path == path
		}
		if !found {
			t.Errorf("%s: %v", path, f.Fields)
		}
	}
	empty := sla.Interval{Day: "mon", From: "09:00", To: "09:00"}
	if _, err := sla.NewSchedule("UTC", []sla.Interval{empty}, nil); err == nil {
		t.Error("an empty interval was taken")
	}
}

func BenchmarkAdd(b *testing.B) {
	s := schedule(b, "Europe/Berlin", nil, weekdays()...)
	start := time.Date(2026, 11, 20, 16, 0, 0, 0, time.UTC)
	for b.Loop() {
		s.Add(start, 16*time.Hour)
	}
}
