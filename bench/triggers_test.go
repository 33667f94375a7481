package bench_test

import (
	"fmt"
	"testing"
	"time"
)

// BenchmarkTriggers measures site-chat messages with two hundred triggers, of which one acts on every
// message, beside the same without; and how long after the last message all of them were through.
func BenchmarkTriggers(b *testing.B) {
	for _, db := range databases {
		b.Run(db.name, func(b *testing.B) {
			s := openSite(b, append(db.env(b), secretKey, "PARLEY_DATA="+b.TempDir()))
			b.Run("none", func(b *testing.B) { chat(b, s) })
			last := s.triggers(b, 200)
			b.Run("200", func(b *testing.B) {
				chat(b, s)
				b.ReportMetric(s.drained(b, last).Seconds(), "drain-s")
			})
		})
	}
}

// triggers sets so many up and returns the id of the one that acts on every message.
func (s *site) triggers(b *testing.B, n int) (last string) {
	b.Helper()
	for i := range n {
		condition := map[string]any{"all": []any{
			map[string]any{"field": "message.text", "op": "contains", "value": fmt.Sprintf("word %d", i)},
			map[string]any{"field": "contact.known", "op": "equals", "value": false},
		}}
		if i == n-1 {
			condition = map[string]any{}
		}
		var t struct{ ID string }
		s.call(b, "POST", "/api/v1/triggers", s.key, map[string]any{
			"name": fmt.Sprintf("trigger %d", i), "enabled": true, "event": "message.received", "conditions": condition,
			"actions": []any{map[string]any{"type": "set_priority", "priority": "high"}},
		}, &t)
		last = t.ID
	}
	return last
}

// drained waits until a trigger has acted on a message that is sent now, behind all others.
func (s *site) drained(b *testing.B, trigger string) time.Duration {
	b.Helper()
	began := time.Now()
	account := chatAccount(b, s)
	var v struct{ Token string }
	s.call(b, "POST", "/chat/"+account+"/visitors", "", map[string]any{}, &v)
	var m struct{ ID string }
	s.call(b, "POST", "/chat/"+account+"/messages", v.Token, map[string]any{"client_id": uuid(), "text": "The last one"}, &m)
	for time.Since(began) < time.Minute {
		var runs struct{ Items []struct{ Event string } }
		s.call(b, "GET", "/api/v1/triggers/"+trigger+"/runs?limit=100", s.key, nil, &runs)
		for _, r := range runs.Items {
			if r.Event == "message.received:"+m.ID {
				return time.Since(began)
			}
		}
		time.Sleep(20 * time.Millisecond) // for something that happens in another process
	}
	b.Fatal("the triggers are not through after a minute")
	return 0
}
