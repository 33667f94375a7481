package app

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
)

// TestReadiness tells what /readyz says: strangers hear nothing of the database's errors, and what is
// wrong with the clock.
func TestReadiness(t *testing.T) {
	t.Parallel()
	broken, wrong := errors.New("password for host db refused"), errors.New("the clock is 3s off")
	for name, c := range map[string]struct {
		store, clock error
		says         string
	}{
		"ready":       {},
		"no database": {broken, nil, "cannot store"},
		"clock":       {nil, wrong, "clock is 3s off"},
		"both":        {broken, wrong, "cannot store"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newReadiness(func(context.Context) error { return c.store }, func() error { return c.clock }, slog.New(slog.DiscardHandler))
			err := r.check(t.Context())
			if (err == nil) != (c.says == "") || err != nil && (!strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "db")) {
				t.Errorf("it says %v, want %q", err, c.says)
			}
		})
	}
}
