package auth_test

import (
	"fmt"
	"testing"
	"time"

	"parley/internal/auth"
)

func TestThrottle(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	th := auth.NewThrottle(auth.Rate{Burst: 3, Every: 10 * time.Second}, 100)
	steps := []struct {
		after time.Duration // since the step before
		key   string
		wait  time.Duration
	}{
		{0, "a", 0}, {0, "a", 0}, {0, "a", 0},
		{0, "a", 10 * time.Second},
		{0, "b", 0}, // another key has its own
		{4 * time.Second, "a", 6 * time.Second},
		{6 * time.Second, "a", 0},
		{0, "a", 10 * time.Second},
		{time.Hour, "a", 0}, {0, "a", 0}, {0, "a", 0}, // a long rest saves no more than the burst
		{0, "a", 10 * time.Second},
	}
	for i, s := range steps {
		now = now.Add(s.after)
		if wait := th.Take(s.key, now); wait != s.wait {
			t.Fatalf("step %d: wait = %v, want %v", i, wait, s.wait)
		}
	}
	th.Return("a")
	th.Return("unknown")
	if wait := th.Take("a", now); wait != 0 {
		t.Errorf("after a return: wait = %v", wait)
	}
}

func TestThrottleIsBounded(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	th := auth.NewThrottle(auth.Rate{Burst: 1, Every: time.Minute}, 10)
	th.Take("kept", now)
	for i := range 1000 {
		th.Take(fmt.Sprint(i), now)
		if th.Take("kept", now) == 0 {
			t.Fatalf("a key in use was forgotten after %d others", i)
		}
	}
	if n := th.Len(); n != 10 {
		t.Errorf("%d keys remembered", n)
	}
}

func TestNetwork(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ a, b string }{
		{"192.0.2.1", "::ffff:192.0.2.1"},
		{"2001:db8:1:2::1", "2001:db8:1:2:ffff::9"},
		{"fe80::1%eth0", "fe80::2"},
	} {
		if auth.NetworkForTest(c.a) != auth.NetworkForTest(c.b) {
			t.Errorf("%s and %s differ", c.a, c.b)
		}
	}
	for _, c := range []struct{ a, b string }{{"192.0.2.1", "192.0.2.2"}, {"2001:db8:1:2::1", "2001:db8:1:3::1"}} {
		if auth.NetworkForTest(c.a) == auth.NetworkForTest(c.b) {
			t.Errorf("%s and %s are one", c.a, c.b)
		}
	}
}
