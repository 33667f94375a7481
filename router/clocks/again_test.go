package clocks_test

import (
	"context"
	"errors"
	"testing"

	"parley/internal/store"
	"parley/router/clocks"
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

// TestAPolicyIsAddedBehindTheOthers though another came between two tries.
func TestAPolicyIsAddedBehindTheOthers(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		promise := clocks.Policy{Name: "mine", Targets: clocks.Targets{FirstResponse: 60}}
		again := &secondTry{DB: h.DB, between: func() { h.policy(clocks.Policy{Name: "theirs", Targets: promise.Targets}) }}
		mine, err := clocks.New(clocks.Options{Store: again, Book: clocks.NewBook(), Outside: h, Now: h.Now, Log: h.Log}).AddPolicy(t.Context(), promise)
		if err != nil || again.between != nil || mine.Position != 2 {
			t.Errorf("%v, placed at %d", err, mine.Position)
		}
	})
}
