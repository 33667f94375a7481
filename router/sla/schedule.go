package sla

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/internal/fault"
)

// Interval is a part of a day of the week in which a schedule is open.
type Interval struct {
	Day  string // mon, tue, wed, thu, fri, sat, sun
	From string // "09:00"
	To   string // "18:00"; "24:00" is midnight; earlier than From: on the next day
}

// Holiday is a day on which a schedule is closed, by the date on the wall.
type Holiday struct {
	Date string // "2026-05-09"
	Name string
}

// Schedule is when people work. It does not change and may be used concurrently.
type Schedule struct {
	zone     *time.Location
	week     [7][]span // Sunday first; seconds of the day, ascending, none touching
	holidays map[int64]string
}

// span is from its beginning up to, but not with, its end.
type span struct{ from, to int64 }

const (
	daySeconds = 24 * 60 * 60
	// horizon is how far arithmetic looks: a deadline further away is none.
	horizon = 20 * 366
	// Bounds of what a person may enter.
	maxIntervals = 7 * 24
	maxHolidays  = 2000
)

var days = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// NewSchedule checks what a person entered. The paths of its faults are time_zone,
// intervals[i].day and so on.
func NewSchedule(zone string, intervals []Interval, holidays []Holiday) (*Schedule, error) {
	var bad fault.Collector
	s := &Schedule{holidays: map[int64]string{}}
	var err error
	if s.zone, err = time.LoadLocation(zone); err != nil || zone == "" || zone == "Local" {
		bad.Add("time_zone", "unknown", fault.T("Такого часового пояса нет. Пример: Europe/Moscow.", "There is no such time zone. An example: Europe/Moscow."))
	}
	s.readIntervals(intervals, &bad)
	s.readHolidays(holidays, &bad)
	if err := bad.Err(); err != nil {
		return nil, err
	}
	return s, nil
}

// entered is an interval's part on one day, and which interval it is of.
type entered struct {
	span
	index int
}

func (s *Schedule) readIntervals(intervals []Interval, bad *fault.Collector) {
	if len(intervals) == 0 {
		bad.Add("intervals", "required", fault.T("Расписание никогда не открыто: добавьте хотя бы один промежуток.", "The schedule never opens: add at least one interval."))
	}
	if len(intervals) > maxIntervals {
		bad.Add("intervals", "too_many", fault.T("Не больше 168 промежутков.", "At most 168 intervals."))
		return
	}
	var week [7][]entered
	for i, v := range intervals {
		path := fmt.Sprintf("intervals[%d].", i)
		day := slices.Index(days, strings.ToLower(v.Day))
		if day < 0 {
			bad.Add(path+"day", "unknown", fault.T("День недели: mon, tue, wed, thu, fri, sat или sun.", "A day of the week: mon, tue, wed, thu, fri, sat or sun."))
		}
		from, okFrom := clock(v.From)
		to, okTo := clock(v.To)
		if !okFrom || from == daySeconds {
			bad.Add(path+"from", "malformed", fault.T("Время вида 09:00.", "A time like 09:00."))
		}
		if !okTo {
			bad.Add(path+"to", "malformed", fault.T("Время вида 18:00; полночь — 24:00.", "A time like 18:00; midnight is 24:00."))
		}
		if day < 0 || !okFrom || !okTo || from == daySeconds {
			continue
		}
		switch {
		case from == to:
			bad.Add(path+"to", "range", fault.T("Промежуток пуст: конец равен началу.", "The interval is empty: it ends where it begins."))
		case from < to:
			week[day] = append(week[day], entered{span{from, to}, i})
		default: // over midnight
			week[day] = append(week[day], entered{span{from, daySeconds}, i})
			if to > 0 {
				week[(day+1)%7] = append(week[(day+1)%7], entered{span{0, to}, i})
			}
		}
	}
	for day, list := range week {
		slices.SortFunc(list, func(a, b entered) int { return cmp.Compare(a.from, b.from) })
		for i, v := range list {
			if i > 0 && v.from < list[i-1].to {
				n, m := strconv.Itoa(min(v.index, list[i-1].index)+1), strconv.Itoa(max(v.index, list[i-1].index)+1)
				bad.Add(fmt.Sprintf("intervals[%d]", v.index), "overlap", fault.T("Промежутки "+n+" и "+m+" пересекаются.", "Intervals "+n+" and "+m+" overlap."))
			}
			if n := len(s.week[day]); n > 0 && s.week[day][n-1].to == v.from {
				s.week[day][n-1].to = v.to
				continue
			}
			s.week[day] = append(s.week[day], v.span)
		}
	}
}

func (s *Schedule) readHolidays(holidays []Holiday, bad *fault.Collector) {
	if len(holidays) > maxHolidays {
		bad.Add("holidays", "too_many", fault.T("Не больше 2000 праздников.", "At most 2000 holidays."))
		return
	}
	for i, h := range holidays {
		date, err := time.Parse(time.DateOnly, h.Date)
		if err != nil {
			bad.Add(fmt.Sprintf("holidays[%d].date", i), "malformed", fault.T("Дата вида 2026-05-09.", "A date like 2026-05-09."))
			continue
		}
		s.holidays[floorDiv(date.Unix(), daySeconds)] = h.Name
	}
}

// clock reads "HH:MM" as seconds of the day; "24:00" is its end.
func clock(text string) (int64, bool) {
	hour, minute, ok := strings.Cut(text, ":")
	if !ok || len(hour) != 2 || len(minute) != 2 {
		return 0, false
	}
	h, err1 := strconv.ParseUint(hour, 10, 8)
	m, err2 := strconv.ParseUint(minute, 10, 8)
	if err1 != nil || err2 != nil || m > 59 || h > 24 || h == 24 && m > 0 {
		return 0, false
	}
	return int64(h)*3600 + int64(m)*60, true
}

// Zone returns the schedule's time zone.
func (s *Schedule) Zone() *time.Location { return s.zone }

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
