package authtest_test

import (
	"testing"

	"parley/internal/auth"
	"parley/internal/auth/authtest"
)

func TestMemory(t *testing.T) {
	t.Parallel()
	authtest.Run(t, func(*testing.T) auth.Store { return authtest.NewMemory() })
}
