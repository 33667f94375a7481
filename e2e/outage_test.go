package e2e_test

import "testing"

// TestOutageStory spoils the line, the server, the page and the session under an agent who works.
func TestOutageStory(t *testing.T) {
	t.Parallel()
	tell(t, "outage.test.mjs")
}
