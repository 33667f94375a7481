package e2e_test

import "testing"

// TestActionsStory has two people put conversations aside, pin, follow, link, hand over and split them.
func TestActionsStory(t *testing.T) {
	t.Parallel()
	tell(t, "actions.test.mjs")
}
