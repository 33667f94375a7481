package e2e_test

import "testing"

func TestArabicStory(t *testing.T) { tell(t, "arabic.test.mjs") }
