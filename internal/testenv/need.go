package testenv

import (
	"errors"
	"os"
	"testing"
)

// RequireVariable names the environment variable that, set to 1, turns a missing server from a skip
// into a failure. `make test` sets it.
const RequireVariable = "PARLEY_TEST_REQUIRE"

// ErrNotInstalled is in the chain of an error that says a server's programs are not on this machine.
// Its text names the package to install.
var ErrNotInstalled = errors.New("not installed")

// Required reports whether a missing server is a failure.
func Required() bool { return os.Getenv(RequireVariable) == "1" }

// giveUp skips the test when a server is merely absent and nobody insists on it, and fails otherwise.
func giveUp(t testing.TB, err error) {
	t.Helper()
	if errors.Is(err, ErrNotInstalled) && !Required() {
		t.Skip(err)
	}
	t.Fatal(err)
}
