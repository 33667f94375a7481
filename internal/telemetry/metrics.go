package telemetry

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics counts what the program does. All methods are safe for concurrent use,
// and do nothing on a nil *Metrics, so that tests need none.
type Metrics struct {
	registry *prometheus.Registry

	requests       *prometheus.CounterVec
	requestSeconds *prometheus.HistogramVec

	intakeEvents  prometheus.Histogram
	intakeSeconds prometheus.Histogram
	commitSeconds *prometheus.HistogramVec

	attempts *prometheus.CounterVec
	jobs     *prometheus.CounterVec

	subscribers prometheus.Gauge
	dropped     *prometheus.CounterVec
	delivered   prometheus.Counter
}

// NewMetrics makes Metrics with a registry of their own, which also holds the
// collectors of the process and the Go runtime. Version is shown as a label.
func NewMetrics(version string) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: counters("http_requests_total", "HTTP requests by route pattern and status.", "route", "method", "status"),
		requestSeconds: histograms("http_request_seconds", "Time to answer an HTTP request.",
			[]float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5}, "route"),
		intakeEvents: histogram("intake_batch_events", "Events committed in one batch.",
			[]float64{1, 2, 5, 10, 20, 50, 100, 200, 500, 1000}),
		intakeSeconds: histogram("intake_batch_seconds", "Time from locks to commit of one batch.", seconds()),
		commitSeconds: histograms("store_commit_seconds", "Time of one commit, by writer lane.", seconds(), "lane"),
		attempts:      counters("outbox_attempts_total", "Attempts to send, by verdict.", "verdict"),
		jobs:          counters("jobs_run_total", "Jobs run, by kind and outcome.", "kind", "outcome"),
		subscribers: prometheus.NewGauge(prometheus.GaugeOpts{
			Namespace: "parley", Name: "live_subscribers", Help: "Open event streams."}),
		dropped: counters("live_dropped_total", "Event streams ended by the program, by reason.", "reason"),
		delivered: prometheus.NewCounter(prometheus.CounterOpts{
			Namespace: "parley", Name: "live_events_delivered_total", Help: "Events put into streams."}),
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Namespace: "parley", Name: "build_info", Help: "Always 1; the label is the version.",
		ConstLabels: prometheus.Labels{"version": version},
	})
	build.Set(1)
	m.registry.MustRegister(
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), build,
		m.requests, m.requestSeconds, m.intakeEvents, m.intakeSeconds, m.commitSeconds,
		m.attempts, m.jobs, m.subscribers, m.dropped, m.delivered,
	)
	return m
}

// Handler serves the metrics in Prometheus's formats.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{Registry: m.registry})
}

// Register adds collectors of another room, such as a gauge that asks the
// database. It panics when a name is taken, which is a mistake in the program.
func (m *Metrics) Register(cs ...prometheus.Collector) {
	if m != nil {
		m.registry.MustRegister(cs...)
	}
}

// HTTPRequest counts one answered request. Route is the pattern that matched,
// such as "/api/v1/conversations/{id}", and "" when none did; never the path.
func (m *Metrics) HTTPRequest(method, route string, status int, d time.Duration) {
	if m == nil {
		return
	}
	m.requests.WithLabelValues(route, knownMethod(method), strconv.Itoa(status)).Inc()
	m.requestSeconds.WithLabelValues(route).Observe(d.Seconds())
}

// IntakeBatch counts one committed batch of inbound events.
func (m *Metrics) IntakeBatch(events int, d time.Duration) {
	if m == nil {
		return
	}
	m.intakeEvents.Observe(float64(events))
	m.intakeSeconds.Observe(d.Seconds())
}

// StoreCommit counts one commit of a writer lane: agent, intake or bulk.
func (m *Metrics) StoreCommit(lane string, d time.Duration) {
	if m != nil {
		m.commitSeconds.WithLabelValues(lane).Observe(d.Seconds())
	}
}

// OutboxAttempt counts one attempt to send by its verdict: sent, transient,
// permanent, uncertain or auth_failed.
func (m *Metrics) OutboxAttempt(verdict string) {
	if m != nil {
		m.attempts.WithLabelValues(verdict).Inc()
	}
}

// JobRun counts one job by kind and outcome: done, retried or dead.
func (m *Metrics) JobRun(kind, outcome string) {
	if m != nil {
		m.jobs.WithLabelValues(kind, outcome).Inc()
	}
}

// LiveSubscribers adds to the number of open event streams; negative takes away.
func (m *Metrics) LiveSubscribers(delta int) {
	if m != nil {
		m.subscribers.Add(float64(delta))
	}
}

// LiveDropped counts an event stream that the program ended.
func (m *Metrics) LiveDropped(reason string) {
	if m != nil {
		m.dropped.WithLabelValues(reason).Inc()
	}
}

// LiveDelivered counts events put into streams.
func (m *Metrics) LiveDelivered(n int) {
	if m != nil {
		m.delivered.Add(float64(n))
	}
}

// knownMethod keeps made-up methods from becoming series.
func knownMethod(m string) string {
	switch m {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return m
	}
	return "other"
}

// seconds are the buckets of things that mostly wait for the disk.
func seconds() []float64 {
	return []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, 1, 5}
}

func counters(name, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "parley", Name: name, Help: help}, labels)
}

func histogram(name, help string, buckets []float64) prometheus.Histogram {
	return prometheus.NewHistogram(prometheus.HistogramOpts{Namespace: "parley", Name: name, Help: help, Buckets: buckets})
}

func histograms(name, help string, buckets []float64, labels ...string) *prometheus.HistogramVec {
	return prometheus.NewHistogramVec(prometheus.HistogramOpts{Namespace: "parley", Name: name, Help: help, Buckets: buckets}, labels)
}
