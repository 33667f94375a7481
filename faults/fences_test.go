//go:build unix

package faults_test

import (
	"testing"
)

// mostFreezes is how often the mutant may get away: a late delivery needs a node that wakes up with an answer of its
// network at hand before it notices that its time is over, which was seen in one freeze of two to nine.
const mostFreezes = 60

// TestMutantWithoutFencesIsCaught freezes nodes of a variant of the program that ignores fences. Were its late commits
// not seen, the count of none in TestNodesUnderFaults would prove nothing.
func TestMutantWithoutFencesIsCaught(t *testing.T) {
	t.Parallel()
	n := startNodes(t, "mutant_nofence")
	n.talk = n.startTalk()
	defer n.talk.end()
	for i := range mostFreezes {
		n.freeze(i % 2)
		all, stale := n.audit.commits()
		t.Logf("freeze %d: %d commits, %d stale", i+1, all, stale)
		if stale > 0 {
			return
		}
	}
	t.Error("the mutant got away")
}
