package store_test

import (
	"testing"

	"parley/internal/auth"
	"parley/internal/auth/authtest"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

func TestPeople(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			authtest.Run(t, func(t *testing.T) auth.Store { return storetest.Open(t, engine) })
		})
	}
}

var _ auth.Store = (*store.DB)(nil)
