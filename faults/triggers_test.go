//go:build unix

package faults_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"parley/internal/testenv/program"
)

// TestTriggersUnderKills kills the server at random moments while two hundred triggers listen to every
// message, of which one writes a note. By the log and by the notes it must have acted once on each message that is
// stored, also on those that were committed just before a kill.
func TestTriggersUnderKills(t *testing.T) {
	t.Parallel()
	rounds := crashRounds(t)
	for _, db := range databases {
		t.Run(db.name, func(t *testing.T) {
			t.Parallel()
			p, address := program.Build(t, ""), program.FreeAddress(t)
			env := append(db.env(t), "PARLEY_SECRET_KEY="+rightKey, "PARLEY_DATA="+t.TempDir())
			key := p.MustRun(t, env, "apikey", "create", "--name", "crash")
			journal := filepath.Join(t.TempDir(), "journal")
			server := p.Serve(t, env, address)
			a := &api{t, "http://" + address + "/api/v1", key}
			trigger := a.triggers(200)

			generator := startLoad(t, p, append(env, "PARLEY_URL=http://"+address, "PARLEY_API_KEY="+key), journal)
			for range rounds {
				awaitGrowth(t, generator, journal)
				// Not a wait for something: the moment of a kill must have nothing to do with the load.
				time.Sleep(100*time.Millisecond + rand.N(900*time.Millisecond))
				server.Kill()
				server = p.Serve(t, env, address)
			}
			awaitGrowth(t, generator, journal)
			generator.stop(t)
			server.Kill()
			p.Serve(t, env, address)

			v := readVerdict(t, p.Run(t, env, "load", "verify", "--journal", journal))
			runs := a.actedOnce(trigger, v)
			t.Logf("%d kills on %s: %s; %d runs", rounds, db.name, v, runs)
		})
	}
}

// actedOnce checks that a trigger ran once for each message that is stored, by its runs and by the notes that
// it writes, and returns how often it did.
func (a *api) actedOnce(trigger string, v verdict) int {
	a.t.Helper()
	runs := a.runsUntil(trigger, v.stored)
	if v.lost+v.doubled+v.reordered != 0 || len(runs) != v.stored {
		a.t.Errorf("%d messages are stored, the trigger acted on %d: %s", v.stored, len(runs), v)
	}
	for conversation, messages := range perConversation(runs) {
		notes := 0
		for _, m := range a.messages(conversation) {
			if m.Text == "seen" {
				notes++
			}
		}
		if notes != messages {
			a.t.Errorf("conversation %s: %d runs and %d notes", conversation, messages, notes)
		}
	}
	return len(runs)
}

// triggers sets so many up and returns the one that acts on every message.
func (a *api) triggers(n int) (last string) {
	a.t.Helper()
	for i := range n {
		condition := map[string]any{"field": "message.text", "op": "contains", "value": fmt.Sprintf("never %d", i)}
		if i == n-1 {
			condition = map[string]any{}
		}
		var made struct{ ID string }
		a.post("/triggers", map[string]any{
			"name": fmt.Sprintf("trigger %d", i), "enabled": true, "event": "message.received", "conditions": condition,
			"actions": []any{map[string]any{"type": "note", "text": "seen"}},
		}, &made)
		last = made.ID
	}
	return last
}

// runsUntil reads the log of a trigger until it holds as many runs as wanted, or no more come: the event of
// each, with its conversation. An event that stands there twice ends the test.
func (a *api) runsUntil(trigger string, want int) map[string]string {
	a.t.Helper()
	for before, deadline := -1, time.Now().Add(time.Minute); ; {
		runs := a.runs(trigger)
		if len(runs) >= want || len(runs) == before && time.Now().After(deadline) {
			return runs
		}
		before = len(runs)
		time.Sleep(200 * time.Millisecond) // for something that happens in another process
	}
}

func (a *api) runs(trigger string) map[string]string {
	a.t.Helper()
	all := map[string]string{}
	for cursor := ""; ; {
		var page struct {
			Items []struct {
				Event          string `json:"event"`
				ConversationID string `json:"conversation_id"`
				Outcome        string `json:"outcome"`
			} `json:"items"`
			Next string `json:"next"`
		}
		a.get("/triggers/"+trigger+"/runs?limit=200&cursor="+cursor, &page)
		for _, r := range page.Items {
			if _, twice := all[r.Event]; twice || r.Outcome != "done" {
				a.t.Fatalf("%s is %s, or stands there twice", r.Event, r.Outcome)
			}
			all[r.Event] = r.ConversationID
		}
		if cursor = page.Next; cursor == "" {
			return all
		}
	}
}

// perConversation counts runs.
func perConversation(runs map[string]string) map[string]int {
	n := map[string]int{}
	for _, conversation := range runs {
		n[conversation]++
	}
	return n
}
