package e2e_test

import "testing"

func TestKeyboardStory(t *testing.T) {
	t.Parallel()
	tell(t, "keyboard.test.mjs")
}
