package e2e_test

import (
	"path/filepath"
	"testing"
)

// TestPagesStory looks at every page of the daily work.
func TestPagesStory(t *testing.T) {
	t.Parallel()
	tellPages(t, "pages.test.mjs")
}

// TestPagesAroundStory looks at the settings, at the pages before one is signed in, and at a program that nobody has written to.
func TestPagesAroundStory(t *testing.T) {
	t.Parallel()
	tellPages(t, "pages-around.test.mjs")
}

// tellPages tells a story whose program goes by a clock that is set back while the shop is filled in, so that what is shown has
// happened over days.
func tellPages(t *testing.T, file string) {
	t.Helper()
	tellBy(t, "movable_clock", file,
		"CLOCK_FILE="+filepath.Join(t.TempDir(), "ahead"), "WORLD="+openWorld(t).URL, "POST_OFFICE="+openPostOffice(t).URL)
}
