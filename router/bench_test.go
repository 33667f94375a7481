package router_test

import (
	"fmt"
	"testing"

	"parley/inbox"
	"parley/internal/store"
	"parley/internal/store/storetest"
	"parley/router"
)

// BenchmarkRun measures what an event costs with two hundred triggers of which none acts,
// in transactions of as many jobs as share one.
func BenchmarkRun(b *testing.B) {
	db := storetest.Open(b, store.SQLite)
	h := build(b, db)
	for i := range 200 {
		h.trigger(router.Trigger{Name: fmt.Sprint(i), Event: router.MessageReceived,
			Conditions: when(b, fmt.Sprintf(`{"all": [{"field": "message.text", "op": "contains", "value": "word %d"}, {"field": "contact.known", "op": "equals", "value": false}]}`, i)),
			Actions:    []router.Action{{Type: router.SetPriority, Priority: inbox.High}}})
	}
	const batch = 64
	n := 0
	for b.Loop() {
		b.StopTimer()
		for i := range batch {
			h.says(fmt.Sprint("v", i), fmt.Sprint("m", n, " ", i), "Where is my order?")
		}
		n++
		b.StartTimer()
		if got := h.work(); got != batch {
			b.Fatalf("%d jobs", got)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(n*batch), "µs/event")
}
