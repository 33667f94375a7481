package e2e_test

import "testing"

func TestKeyboardStory(t *testing.T) {
	tell(t, "keyboard.test.mjs")
}
