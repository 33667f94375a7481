package sla

import (
	"iter"
	"math"
	"time"
)

// Span is open time, from its beginning up to, but not with, its end.
type Span struct{ From, To time.Time }

// Open tells whether the schedule is open at a time.
func (s *Schedule) Open(at time.Time) bool {
	for p := range s.open(at) {
		return !at.Before(p.From)
	}
	return false
}

// Holiday returns the name of the holiday on the day of a time, ok false when it is none.
func (s *Schedule) Holiday(at time.Time) (name string, ok bool) {
	_, offset := at.In(s.zone).Zone()
	name, ok = s.holidays[floorDiv(at.Unix()+int64(offset), daySeconds)]
	return name, ok
}

// Add returns the moment at which so much open time has passed since a start. That is
// the end of the last open second, not the next opening; for no time at all it is the
// start itself. ok is false when there is not so much within twenty years.
func (s *Schedule) Add(start time.Time, open time.Duration) (due time.Time, ok bool) {
	if open <= 0 {
		return start, true
	}
	for p := range s.open(start) {
		from := later(p.From, start)
		have := p.To.Sub(from)
		if have >= open {
			return from.Add(open), true
		}
		open -= have
	}
	return time.Time{}, false
}

// Between returns how much of the time from one moment to another the schedule is open;
// 0 when the second is not after the first.
func (s *Schedule) Between(from, to time.Time) time.Duration {
	var sum time.Duration
	for p := range s.open(from) {
		if !p.From.Before(to) {
			break
		}
		sum += earlier(p.To, to).Sub(later(p.From, from))
	}
	return max(sum, 0)
}

// Next returns the first moment not before at when the schedule is open.
func (s *Schedule) Next(at time.Time) (time.Time, bool) {
	for p := range s.open(at) {
		return later(p.From, at), true
	}
	return time.Time{}, false
}

// Spans yields open time in order, beginning with what is open at a time or opens next,
// for as far as arithmetic looks.
func (s *Schedule) Spans(at time.Time) iter.Seq[Span] { return s.open(at) }

// open walks through pieces of time in which the clock on the wall is not changed, and
// in each through the days. Neighbouring spans are joined, so that one over midnight, or
// over a change of the clock, is one.
func (s *Schedule) open(at time.Time) iter.Seq[Span] {
	return func(yield func(Span) bool) {
		var last Span
		end := at.AddDate(0, 0, horizon)
		for piece := at; piece.Before(end); {
			offset, until := s.piece(piece)
			for p := range s.within(piece, earlier(until, end), offset) {
				if last.To.Equal(p.From) && !last.To.IsZero() {
					last.To = p.To
					continue
				}
				if !last.To.IsZero() && !yield(last) {
					return
				}
				last = p
			}
			piece = until
		}
		if !last.To.IsZero() {
			yield(last)
		}
	}
}

// piece returns how far the wall is ahead of UTC at a time, and until when.
func (s *Schedule) piece(at time.Time) (offset int64, until time.Time) {
	local := at.In(s.zone)
	_, seconds := local.Zone()
	_, until = local.ZoneBounds()
	if until.IsZero() {
		until = time.Unix(math.MaxInt64>>4, 0)
	}
	return int64(seconds), until
}

// within yields the open spans of a piece: those that end after its beginning, the first
// possibly begun before at.
func (s *Schedule) within(from, until time.Time, offset int64) iter.Seq[Span] {
	return func(yield func(Span) bool) {
		for day := floorDiv(from.Unix()+offset, daySeconds); ; day++ {
			midnight := day*daySeconds - offset
			if midnight >= until.Unix() {
				return
			}
			if _, closed := s.holidays[day]; closed {
				continue
			}
			for _, p := range s.week[floorMod(day+4, 7)] { // 1970-01-01 was a Thursday
				a, b := time.Unix(midnight+p.from, 0).UTC(), earlier(time.Unix(midnight+p.to, 0), until).UTC()
				if !b.After(from) || !a.Before(b) {
					continue
				}
				if !yield(Span{later(a, from.UTC()), b}) {
					return
				}
			}
		}
	}
}

func floorMod(a, b int64) int64 { return a - b*floorDiv(a, b) }

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
