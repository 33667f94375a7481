package telemetry_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"parley/internal/telemetry"
)

func scrape(t *testing.T, m *telemetry.Metrics) string {
	t.Helper()
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if w.Code != http.StatusOK {
		t.Fatalf("status %d", w.Code)
	}
	return w.Body.String()
}

func use(m *telemetry.Metrics) {
	m.HTTPRequest("GET", "/api/v1/conversations/{id}", 200, 3*time.Millisecond)
	m.HTTPRequest("BREW", "", 404, time.Millisecond)
	m.IntakeBatch(7, 2*time.Millisecond)
	m.StoreCommit("intake", 400*time.Microsecond)
	m.OutboxAttempt("uncertain")
	m.JobRun("route", "done")
	m.LiveSubscribers(3)
	m.LiveSubscribers(-1)
	m.LiveDropped("slow")
	m.LiveDelivered(250)
}

func TestMetrics(t *testing.T) {
	t.Parallel()
	m := telemetry.NewMetrics("1.2.3")
	use(m)
	got := scrape(t, m)
	for _, want := range []string{
		`parley_http_requests_total{method="GET",route="/api/v1/conversations/{id}",status="200"} 1`,
		`parley_http_requests_total{method="other",route="",status="404"} 1`,
		`parley_http_request_seconds_bucket{route="/api/v1/conversations/{id}",le="0.0025"} 0`,
		`parley_http_request_seconds_bucket{route="/api/v1/conversations/{id}",le="0.005"} 1`,
		`parley_intake_batch_events_sum 7`,
		`parley_intake_batch_seconds_count 1`,
		`parley_store_commit_seconds_bucket{lane="intake",le="0.0005"} 1`,
		`parley_outbox_attempts_total{verdict="uncertain"} 1`,
		`parley_jobs_run_total{kind="route",outcome="done"} 1`,
		`parley_live_subscribers 2`,
		`parley_live_dropped_total{reason="slow"} 1`,
		`parley_live_events_delivered_total 250`,
		`parley_build_info{version="1.2.3"} 1`,
		`go_goroutines `,
		`process_open_fds `,
	} {
		if !strings.Contains(got, "\n"+want) {
			t.Errorf("no line %s", want)
		}
	}
}

func TestNilMetricsDoNothing(t *testing.T) {
	t.Parallel()
	use(nil) // panics when a method forgets
	(*telemetry.Metrics)(nil).Register()
}

func TestMetricsAreSeparate(t *testing.T) {
	t.Parallel()
	a, b := telemetry.NewMetrics("a"), telemetry.NewMetrics("b")
	a.LiveDelivered(1)
	if strings.Contains(scrape(t, b), "parley_live_events_delivered_total 1") {
		t.Error("two programs in one process share counters")
	}
}
