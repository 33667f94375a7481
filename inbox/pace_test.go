package inbox_test

import (
	"testing"
	"time"

	"parley/inbox"
)

// TestPace grows while steps are full and quick, shrinks when they take long, and stays within its bounds.
func TestPace(t *testing.T) {
	t.Parallel()
	p := inbox.NewPace(8, 64, 10*time.Millisecond)
	for _, step := range []struct {
		done int
		took time.Duration
		want int
	}{
		{8, time.Millisecond, 16},
		{15, time.Millisecond, 16}, // there was no more: it tells nothing
		{16, 7 * time.Millisecond, 16},
		{16, time.Millisecond, 32},
		{32, time.Millisecond, 64},
		{64, time.Millisecond, 64},
		{64, time.Second, 32},
		{3, time.Second, 32}, // slow for another reason
		{32, time.Second, 16},
		{16, time.Second, 8},
		{8, time.Second, 8},
	} {
		if p.Took(step.done, step.took); p.Size != step.want {
			t.Fatalf("after %d in %s the next step takes %d, want %d", step.done, step.took, p.Size, step.want)
		}
	}
}
