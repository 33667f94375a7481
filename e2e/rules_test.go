package e2e_test

import (
	"path/filepath"
	"testing"
)

// TestRulesStory lets the minute pass in which nobody answers: its program goes by a clock that the story moves.
func TestRulesStory(t *testing.T) {
	t.Parallel()
	office := openPostOffice(t)
	tellBy(t, "movable_clock", "rules.test.mjs", "POST_OFFICE="+office.URL, "CLOCK_FILE="+filepath.Join(t.TempDir(), "ahead"))
}
