package e2e_test

import "testing"

func TestArabicStory(t *testing.T) {
	t.Parallel()
	tell(t, "arabic.test.mjs")
}
