package router

import (
	"context"
	"time"

	"parley/internal/fault"
	"parley/router/rules"
)

// What the rooms below share: they ask the same conditions of the same facts.

// Facts are what conditions of Schema are asked about.
func (s *Snapshot) Facts(now time.Time, calendar rules.Calendar) *rules.Facts {
	return s.facts(now, calendar)
}

// NewCalendar answers conditions that ask for business hours.
func NewCalendar(list []Schedule) rules.Calendar { return newCalendar(list) }

// CheckReferences notes every noun that a condition names and that is not there.
func CheckReferences(ctx context.Context, known Known, c rules.Condition, bad *fault.Collector) error {
	return missing(ctx, known, references(c, nil), bad)
}
