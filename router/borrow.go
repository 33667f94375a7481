package router

import (
	"context"
	"slices"
	"strings"
	"time"

	"parley/internal/fault"
	"parley/router/rules"
)

// What the rooms below share: they ask the same conditions of the same facts.

// Facts are what conditions of Schema are asked about.
func (s *Snapshot) Facts(now time.Time, calendar rules.Calendar) *rules.Facts {
	return s.facts(now, calendar)
}

// Standing sets what a snapshot knows of how things stand, in facts of another schema
// that has all fields of StandingFields.
func (s *Snapshot) Standing(f *rules.Facts) { s.standing(f) }

// StandingFields are the fields of Schema that speak of how things stand, and not of a
// message or of the hour.
func StandingFields() []rules.Field {
	return slices.DeleteFunc(schema.Fields(), func(f rules.Field) bool {
		return strings.HasPrefix(f.Name, "message.") || strings.HasPrefix(f.Name, "time.")
	})
}

// NewCalendar answers conditions that ask for business hours.
func NewCalendar(list []Schedule) rules.Calendar { return newCalendar(list) }

// CheckReferences notes every noun that a condition names and that is not there.
func CheckReferences(ctx context.Context, known Known, c rules.Condition, bad *fault.Collector) error {
	return missing(ctx, known, references(c, nil), bad)
}
