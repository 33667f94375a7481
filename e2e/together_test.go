package e2e_test

import "testing"

// TestTogetherStory has two people at one conversation, and one person at two computers.
func TestTogetherStory(t *testing.T) {
	t.Parallel()
	tell(t, "together.test.mjs")
}
