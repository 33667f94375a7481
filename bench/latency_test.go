package bench_test

import (
	"slices"
	"sync"
	"testing"
	"time"
)

// latencies collects how long single requests took. It is safe for concurrent use.
type latencies struct {
	mu   sync.Mutex
	took []time.Duration
}

func (l *latencies) add(d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.took = append(l.took, d)
}

// report gives b the percentiles, and instead of the time of one iteration nothing: a benchmark here is
// one whole measurement.
func (l *latencies) report(b *testing.B) {
	b.Helper()
	b.ReportMetric(0, "ns/op")
	if len(l.took) == 0 {
		b.Fatal("nothing was measured")
	}
	slices.Sort(l.took)
	b.ReportMetric(milliseconds(l.percentile(50)), "p50-ms")
	b.ReportMetric(milliseconds(l.percentile(99)), "p99-ms")
}

// percentile expects sorted values.
func (l *latencies) percentile(p int) time.Duration {
	return l.took[min(len(l.took)-1, len(l.took)*p/100)]
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// during calls work from n goroutines, again and again for d, and returns how often it was called and
// how long that took in all.
func during(n int, d time.Duration, work func(worker int)) (calls int, took time.Duration) {
	counts := make([]int, n)
	var all sync.WaitGroup
	began := time.Now()
	for worker := range n {
		all.Go(func() {
			for time.Since(began) < d {
				work(worker)
				counts[worker]++
			}
		})
	}
	all.Wait()
	took = time.Since(began)
	for _, c := range counts {
		calls += c
	}
	return calls, took
}
