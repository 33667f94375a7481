package e2e_test

import (
	"path/filepath"
	"testing"
)

// TestRoutingStory lets days pass: its program goes by a clock that the story moves.
func TestRoutingStory(t *testing.T) {
	t.Parallel()
	tellBy(t, "movable_clock", "routing.test.mjs", "CLOCK_FILE="+filepath.Join(t.TempDir(), "ahead"))
}
