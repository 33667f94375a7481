package e2e_test

import "testing"

// TestPeopleStory makes one person of two, and works on what they want.
func TestPeopleStory(t *testing.T) {
	tell(t, "people.test.mjs")
}
