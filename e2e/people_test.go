package e2e_test

import "testing"

// TestPeopleStory makes one person of two, and works on what they want.
func TestPeopleStory(t *testing.T) {
	t.Parallel()
	tell(t, "people.test.mjs")
}
