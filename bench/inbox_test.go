package bench_test

import (
	"net/url"
	"os"
	"strconv"
	"testing"
	"time"

	"parley/internal/testenv/program"
)

// BenchmarkInbox fills a database and measures what a person waits for.
func BenchmarkInbox(b *testing.B) {
	for _, db := range databases {
		b.Run(db.name, func(b *testing.B) {
			env := append(db.env(b), secretKey, "PARLEY_DATA="+b.TempDir())
			b.Run("seed", func(b *testing.B) { seed(b, env) })
			s := openSite(b, env)
			b.Run("start", func(b *testing.B) { start(b, s) })
			b.Run("list/newest", func(b *testing.B) { list(b, s, "sort=newest", 0) })
			b.Run("list/newest-page-200", func(b *testing.B) { list(b, s, "sort=newest", 199) })
			b.Run("list/unanswered-due", func(b *testing.B) { list(b, s, "unanswered=true&sort=due", 0) })
			b.Run("list/unassigned", func(b *testing.B) { list(b, s, "assignee=none&status=open", 0) })
			b.Run("messages", func(b *testing.B) { messages(b, s) })
			b.Run("messages/8-clients", func(b *testing.B) { messagesRate(b, s) })
			b.Run("chat/8-clients", func(b *testing.B) { chat(b, s) })
		})
	}
}

func seed(b *testing.B, env []string) {
	conversations := setting("PARLEY_BENCH_CONVERSATIONS", "115000")
	count := setting("PARLEY_BENCH_MESSAGES", "1000000")
	began := time.Now()
	program.Build(b, "").MustRun(b, env, "load", "seed", "--conversations", conversations, "--messages", count)
	n, err := strconv.ParseFloat(count, 64)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(time.Since(began).Seconds(), "s")
	b.ReportMetric(n/time.Since(began).Seconds(), "msg/s")
}

// start reports the process itself: how soon it could store, and what it holds when idle.
func start(b *testing.B, s *site) {
	info, err := os.Stat(program.Build(b, "").Path)
	if err != nil {
		b.Fatal(err)
	}
	time.Sleep(2 * time.Second) // idle is a state one has to wait for
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(milliseconds(s.Started), "start-ms")
	b.ReportMetric(residentMB(s.PID()), "idle-MB")
	b.ReportMetric(float64(info.Size())/(1<<20), "binary-MB")
}

type page struct {
	Items []struct {
		ID  string `json:"id"`
		Seq int    `json:"seq"`
	} `json:"items"`
	Next string `json:"next"`
}

// list measures one page of thirty conversations, after so many others.
func list(b *testing.B, s *site, query string, skip int) {
	path := "/api/v1/conversations?limit=30&" + query
	var p page
	s.call(b, "GET", path, s.key, nil, &p)
	for range skip {
		if p.Next == "" {
			b.Skipf("the list ends before page %d", skip+1)
		}
		cursor := path + "&cursor=" + url.QueryEscape(p.Next)
		p = page{}
		s.call(b, "GET", cursor, s.key, nil, &p)
	}
	if skip > 0 && p.Next != "" {
		path += "&cursor=" + url.QueryEscape(p.Next)
	}
	var l latencies
	size := 0
	for range 500 {
		began := time.Now()
		size = s.call(b, "GET", path, s.key, nil, nil)
		l.add(time.Since(began))
	}
	l.report(b)
	b.ReportMetric(float64(size)/1024, "KB")
}

// someConversations are the ids that messages are asked for, so that no single one is always at hand.
func someConversations(b *testing.B, s *site) []string {
	b.Helper()
	var ids []string
	next := ""
	for range 10 {
		var p page
		s.call(b, "GET", "/api/v1/conversations?limit=100&cursor="+url.QueryEscape(next), s.key, nil, &p)
		for _, c := range p.Items {
			ids = append(ids, c.ID)
		}
		if next = p.Next; next == "" {
			break
		}
	}
	if len(ids) == 0 {
		b.Fatal("there are no conversations")
	}
	return ids
}

func messages(b *testing.B, s *site) {
	ids := someConversations(b, s)
	var l latencies
	size := 0
	for i := range 1000 {
		began := time.Now()
		size = s.call(b, "GET", "/api/v1/conversations/"+ids[i%len(ids)]+"/messages?limit=50", s.key, nil, nil)
		l.add(time.Since(began))
	}
	l.report(b)
	b.ReportMetric(float64(size)/1024, "KB")
}

func messagesRate(b *testing.B, s *site) {
	ids := someConversations(b, s)
	var l latencies
	calls, took := during(8, 5*time.Second, func(worker int) {
		began := time.Now()
		id := ids[(worker*131+int(began.UnixMicro()))%len(ids)]
		if _, err := s.try("GET", "/api/v1/conversations/"+id+"/messages?limit=50", s.key, nil, nil); err != nil {
			b.Error(err)
		}
		l.add(time.Since(began))
	})
	l.report(b)
	b.ReportMetric(float64(calls)/took.Seconds(), "req/s")
}
