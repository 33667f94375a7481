package e2e_test

import (
	"path/filepath"
	"testing"
)

// These stories run side by side: they mostly wait. Those that wait for a lane are let in from the last to the first, so the
// longest stand at the end: what is told last is short, and the lanes end together.

// TestPeopleStory makes one person of two, and works on what they want.
func TestPeopleStory(t *testing.T) {
	t.Parallel()
	tell(t, "people.test.mjs")
}

// TestArabicStory turns the desk around, and the chat.
func TestArabicStory(t *testing.T) {
	t.Parallel()
	tell(t, "arabic.test.mjs")
}

// TestOutageStory spoils the line, the server, the page and the session under an agent who works.
func TestOutageStory(t *testing.T) {
	t.Parallel()
	tell(t, "outage.test.mjs")
}

// TestActionsStory has two people put conversations aside, pin, follow, link, hand over and split them.
func TestActionsStory(t *testing.T) {
	t.Parallel()
	tell(t, "actions.test.mjs")
}

// TestTogetherStory has two people at one conversation, and one person at two computers.
func TestTogetherStory(t *testing.T) {
	t.Parallel()
	tell(t, "together.test.mjs")
}

// TestMailStory connects a mailbox, and answers and forwards what comes.
func TestMailStory(t *testing.T) {
	t.Parallel()
	tell(t, "mail.test.mjs", "POST_OFFICE="+openPostOffice(t).URL)
}

// TestKeyboardStory has a day without a mouse.
func TestKeyboardStory(t *testing.T) {
	t.Parallel()
	tell(t, "keyboard.test.mjs")
}

// TestRulesStory lets the minute pass in which nobody answers: its program goes by a clock that the story moves.
func TestRulesStory(t *testing.T) {
	t.Parallel()
	tellBy(t, "movable_clock", "rules.test.mjs", "POST_OFFICE="+openPostOffice(t).URL, clockFile(t))
}

// TestRoutingStory lets days pass: its program goes by a clock that the story moves.
func TestRoutingStory(t *testing.T) {
	t.Parallel()
	tellBy(t, "movable_clock", "routing.test.mjs", clockFile(t))
}

// TestNewcomersStory goes from the first run to a colleague who joins.
func TestNewcomersStory(t *testing.T) {
	t.Parallel()
	tell(t, "story.test.mjs")
}

// TestNetworksStory connects every network and talks through it.
func TestNetworksStory(t *testing.T) {
	t.Parallel()
	tell(t, "networks.test.mjs", "WORLD="+openWorld(t).URL)
}

// TestPagesAroundStory looks at the settings, at the pages before one is signed in, and at a program that nobody has written to.
func TestPagesAroundStory(t *testing.T) {
	t.Parallel()
	tellPages(t, "pages-around.test.mjs")
}

// TestPagesStory looks at every page of the daily work.
func TestPagesStory(t *testing.T) {
	t.Parallel()
	tellPages(t, "pages.test.mjs")
}

// tellPages tells a story whose program goes by a clock that is set back while the shop is filled in, so that what is shown has
// happened over days.
func tellPages(t *testing.T, file string) {
	t.Helper()
	tellBy(t, "movable_clock", file, clockFile(t), "WORLD="+openWorld(t).URL, "POST_OFFICE="+openPostOffice(t).URL)
}

// clockFile is the setting that names the file by which a story moves its program's clock.
func clockFile(t *testing.T) string {
	t.Helper()
	return "CLOCK_FILE=" + filepath.Join(t.TempDir(), "ahead")
}
