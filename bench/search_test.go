package bench_test

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

// BenchmarkSearch fills a database, has its index made, and measures what a person waits for who
// looks for a word.
func BenchmarkSearch(b *testing.B) {
	for _, db := range databases {
		b.Run(db.name, func(b *testing.B) {
			env := append(db.env(b), secretKey, "PARLEY_DATA="+b.TempDir())
			b.Run("seed", func(b *testing.B) { seed(b, env) })
			s := openSite(b, env)
			b.Run("index", func(b *testing.B) { indexed(b, s) })
			rare := plant(b, s)
			for name, query := range map[string]string{
				"rare":         "type=messages&q=" + rare,
				"common":       "type=messages&q=" + url.QueryEscape("заказы"),
				"two-common":   "type=messages&q=" + url.QueryEscape("parcel delivery"),
				"everything":   "q=" + url.QueryEscape("доставку"),
				"being-typed":  "q=" + url.QueryEscape("дост"),
				"two-letters":  "q=" + url.QueryEscape("не"),
				"nothing":      "q=" + url.QueryEscape("абракадабра"),
				"person":       "type=people&q=" + url.QueryEscape("Королёв"),
				"number":       "q=1042",
				"within-month": "type=messages&q=" + url.QueryEscape("заказ") + "&from=2026-01-01T00:00:00Z&to=2026-01-15T00:00:00Z",
				"in-nothing":   "type=messages&status=pending&q=" + url.QueryEscape("заказ"),
				"ten-kB":       "q=" + strings.Repeat("(%22parcel%22%20OR%20green)%20", 350),
			} {
				b.Run(name, func(b *testing.B) { find(b, s, query) })
			}
		})
	}
}

// indexed waits until everything that was seeded can be found, and reports what that cost.
func indexed(b *testing.B, s *site) {
	began, before := time.Now(), costOf(s.PID())
	messages := 0
	for filling := true; filling; time.Sleep(100 * time.Millisecond) { // for something that happens in another process
		var r struct{ Filling bool }
		s.call(b, "GET", "/api/v1/search?type=numbers&q=1", s.key, nil, &r)
		if filling = r.Filling; time.Since(began) > 30*time.Minute {
			b.Fatal("what was seeded cannot be found after half an hour")
		}
	}
	took := time.Since(began)
	for _, digit := range setting("PARLEY_BENCH_MESSAGES", "1000000") {
		messages = messages*10 + int(digit-'0')
	}
	before.report(b, s.PID(), messages)
	b.ReportMetric(float64(messages)/took.Seconds(), "msg/s")
}

// plant writes a word that nothing else holds into a few conversations, and waits until it is found.
func plant(b *testing.B, s *site) string {
	word := "w" + strings.ReplaceAll(uuid(), "-", "")
	ids := someConversations(b, s)
	for i := range 5 {
		s.call(b, "POST", "/api/v1/conversations/"+ids[i*len(ids)/5]+"/messages", s.key, map[string]string{"kind": "note", "text": "Ask for " + word}, nil)
	}
	for found, until := 0, time.Now().Add(time.Minute); found < 5; time.Sleep(50 * time.Millisecond) { // likewise
		var p page
		s.call(b, "GET", "/api/v1/search?type=messages&q="+word, s.key, nil, &p)
		if found = len(p.Items); time.Now().After(until) {
			b.Fatalf("found %d of 5 after a minute", found)
		}
	}
	return word
}

// find measures one page of what a query finds.
func find(b *testing.B, s *site, query string) {
	var l latencies
	var p page
	for range 300 {
		began := time.Now()
		s.call(b, "GET", "/api/v1/search?"+query, s.key, nil, &p)
		l.add(time.Since(began))
	}
	l.report(b)
	b.ReportMetric(float64(len(p.Items)), "hits")
}
