package router_test

import (
	"context"
	"errors"
	"testing"

	"parley/internal/store"
	"parley/router"
)

var errRolledBack = errors.New("rolled back")

// secondTry is a database whose first transaction is rolled back and done again, after what happened between.
type secondTry struct {
	*store.DB
	between func()
}

func (s *secondTry) Write(ctx context.Context, fn func(context.Context) error) error {
	if between := s.between; between != nil {
		s.between = nil
		err := s.DB.Write(ctx, func(ctx context.Context) error { return errors.Join(fn(ctx), errRolledBack) })
		if !errors.Is(err, errRolledBack) {
			return err
		}
		between()
	}
	return s.DB.Write(ctx, fn)
}

// TestATriggerIsAddedBehindTheOthers though another came between two tries.
func TestATriggerIsAddedBehindTheOthers(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		note := router.Trigger{Name: "mine", Event: router.MessageReceived, Actions: []router.Action{{Type: router.Note, Text: "x"}}}
		again := &secondTry{DB: h.DB, between: func() { h.trigger(router.Trigger{Name: "theirs", Event: note.Event, Actions: note.Actions}) }}
		mine, err := router.New(router.Options{Store: again, Book: router.NewBook(), Now: h.Now}).AddTrigger(t.Context(), note)
		if err != nil || again.between != nil || mine.Position != 2 {
			t.Errorf("%v, placed at %d", err, mine.Position)
		}
	})
}
