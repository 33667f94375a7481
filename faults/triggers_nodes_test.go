//go:build unix

package faults_test

import (
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"parley/internal/testenv"
	"parley/internal/testenv/program"
)

// TestTriggersOfTwoNodesUnderKills is TestTriggersUnderKills with two nodes on one database, either of which takes
// the work that the other left behind: one is killed at a random moment, then the other, then both.
func TestTriggersOfTwoNodesUnderKills(t *testing.T) {
	t.Parallel()
	rounds := max(3, crashRounds(t))
	n := &nodes{t: t, program: program.Build(t, ""), redis: testenv.StartRedis(t)}
	n.env = []string{
		"PARLEY_DATABASE=" + testenv.DurablePostgres(t), "PARLEY_REDIS=" + n.redis.URL, "PARLEY_SECRET_KEY=" + rightKey, "PARLEY_DATA=" + t.TempDir(),
	}
	n.key = n.program.MustRun(t, n.env, "apikey", "create", "--name", "triggers")
	for i := range n.server {
		n.address[i] = program.FreeAddress(t)
		n.start(i)
	}
	a := n.api(0)
	trigger := a.triggers(200)
	journal := filepath.Join(t.TempDir(), "journal")
	generator := startLoad(t, n.program, append(n.env, "PARLEY_URL=http://"+n.address[0], "PARLEY_API_KEY="+n.key), journal)
	for round := range rounds {
		awaitGrowth(t, generator, journal)
		// Not a wait for something: the moment of a kill must have nothing to do with the load.
		time.Sleep(100*time.Millisecond + rand.N(900*time.Millisecond))
		first, second := round%2, 1-round%2
		n.server[first].Kill()
		if round%3 == 2 {
			n.server[second].Kill()
			n.start(second)
		}
		n.start(first)
	}
	awaitGrowth(t, generator, journal)
	generator.stop(t)
	n.server[0].Kill()
	n.server[1].Kill()
	for i := range n.server {
		n.start(i)
	}

	v := readVerdict(t, n.program.Run(t, n.env, "load", "verify", "--journal", journal))
	runs := a.actedOnce(trigger, v)
	t.Logf("%d rounds of kills on two nodes: %s; %d runs", rounds, v, runs)
}
