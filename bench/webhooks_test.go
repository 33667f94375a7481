package bench_test

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"parley/internal/testenv/program"
)

// BenchmarkWebhooks measures signed webhooks in an open loop over 64 connections: each is begun when it is due,
// whether or not earlier ones were answered, so that a rate the server cannot keep shows as latency. A row
// holds when msg/s is the rate asked for and nothing is unanswered.
func BenchmarkWebhooks(b *testing.B) {
	for _, db := range databases {
		b.Run(db.name, func(b *testing.B) {
			env := append(db.env(b), secretKey, "PARLEY_DATA="+b.TempDir())
			s := openSite(b, env)
			env = append(env, "PARLEY_URL="+s.URL, "PARLEY_API_KEY="+s.key)
			for _, rate := range []int{1000, 2000, 3000, 5000} {
				b.Run(strconv.Itoa(rate)+"-per-second", func(b *testing.B) { webhooks(b, s, env, rate) })
			}
		})
	}
}

func webhooks(b *testing.B, s *site, env []string, rate int) {
	before, commits := costOf(s.PID()), s.commits(b)
	out := program.Build(b, "").MustRun(b, env, "load", "run", "--kind", "custom", "--clients", "64", "--for", "10s", "--rate", strconv.Itoa(rate))
	var count, perSecond, failed, unanswered int
	var took float64
	var p50, p95, p99, most string
	if _, err := fmt.Sscanf(out, "acknowledged %d in %f s: %d/s, p50 %s p95 %s p99 %s max %s failed attempts %d, unanswered %d",
		&count, &took, &perSecond, &p50, &p95, &p99, &most, &failed, &unanswered); err != nil {
		b.Fatalf("read %q: %v", out, err)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(count)/took, "msg/s")
	b.ReportMetric(float64(unanswered), "unanswered")
	for name, text := range map[string]string{"p50-ms": p50, "p99-ms": p99} {
		d, err := time.ParseDuration(text[:len(text)-1]) // a comma follows
		if err != nil {
			b.Fatalf("read %q: %v", out, err)
		}
		b.ReportMetric(milliseconds(d), name)
	}
	before.report(b, s.PID(), count)
	b.ReportMetric((s.commits(b)-commits)/float64(count), "commits/msg")
}
