package storetest

import (
	"context"
	"errors"

	"parley/internal/store"
)

// SecondTry is a database whose first transaction is rolled back and done again, after what
// happened between, as it is after a deadlock.
type SecondTry struct {
	*store.DB
	Between func() // nil once it has happened
}

// errRolledBack ends the first transaction.
var errRolledBack = errors.New("rolled back")

// Write is store.DB.Write.
func (s *SecondTry) Write(ctx context.Context, fn func(context.Context) error) error {
	if between := s.Between; between != nil {
		s.Between = nil
		err := s.DB.Write(ctx, func(ctx context.Context) error { return errors.Join(fn(ctx), errRolledBack) })
		if !errors.Is(err, errRolledBack) {
			return err
		}
		between()
	}
	return s.DB.Write(ctx, fn)
}
