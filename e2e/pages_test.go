package e2e_test

import (
	"path/filepath"
	"testing"
)

// TestPagesStory looks at every page. Its program goes by a clock that is set back while the shop is filled in, so that what is
// shown has happened over days.
func TestPagesStory(t *testing.T) {
	t.Parallel()
	tellBy(t, "movable_clock", "pages.test.mjs",
		"CLOCK_FILE="+filepath.Join(t.TempDir(), "ahead"), "WORLD="+openWorld(t).URL, "POST_OFFICE="+openPostOffice(t).URL)
}
