package channeltest

import (
	"slices"
	"testing"
	"testing/synctest"
)

// check is one promise of the port.
type check struct {
	name string
	run  func(s *stage)
	// needs tells whether the network can be made to show it; nil = always.
	needs func(s Setup) bool
}

// Run checks every promise of the port on fresh accounts of an adapter.
func Run(t *testing.T, h Harness) {
	t.Helper()
	for _, c := range checks() {
		t.Run(c.name, func(t *testing.T) {
			if !h.Virtual {
				perform(t, h, c)
				return
			}
			synctest.Test(t, func(t *testing.T) { perform(t, h, c) })
		})
	}
}

func perform(t testing.TB, h Harness, c check) {
	t.Helper()
	s := newStage(t, h)
	if c.needs != nil && !c.needs(s.Setup) {
		t.Skip("the network cannot show this")
	}
	defer s.finish()
	c.run(s)
}

func checks() []check {
	return slices.Concat(inboundChecks(), sendChecks(), amendChecks(), limitChecks(), configChecks())
}
