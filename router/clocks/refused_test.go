package clocks_test

import (
	"testing"
	"time"

	"parley/inbox"
	"parley/internal/fault"
	"parley/internal/store"
	"parley/internal/store/storetest"
	"parley/router"
	"parley/router/clocks"
	"parley/router/sla"
)

func TestPoliciesThatCannotWork(t *testing.T) {
	t.Parallel()
	h := build(t, storetest.Open(t, store.SQLite))
	triggers := router.New(router.Options{Store: h.DB, Book: router.NewBook(), Now: h.Now})
	short, err := triggers.AddSchedule(t.Context(), router.Schedule{Name: "One minute", TimeZone: "UTC", Intervals: []sla.Interval{{Day: "mon", From: "09:00", To: "09:01"}}})
	if err != nil {
		t.Fatal(err)
	}
	ten := clocks.Targets{FirstResponse: 10}
	for path, p := range map[string]clocks.Policy{
		"name":                   {Name: " ", Targets: ten},
		"first_response_minutes": {Name: "x"},
		"resolution_minutes":     {Name: "x", Targets: clocks.Targets{FirstResponse: 20, Resolution: 10}},
		"next_response_minutes":  {Name: "x", Schedule: short.ID, Targets: clocks.Targets{NextResponse: 600}},
		"schedule_id":            {Name: "x", Schedule: 12345, Targets: ten},
		"conditions.all[1]":      {Name: "x", Targets: ten, Conditions: when(t, `{"all": [{"field": "conversation.priority", "op": "equals", "value": "low"}, {"field": "conversation.priority", "op": "equals", "value": "high"}]}`)},
		"conditions.all[1].all[0]": {Name: "x", Targets: ten, Conditions: when(t, `{"all": [{"field": "conversation.priority", "op": "equals", "value": "low"},
			{"all": [{"field": "conversation.priority", "op": "not_equals", "value": "low"}]}]}`)},
		"conditions.all[2]": {Name: "x", Targets: ten, Conditions: when(t, `{"all": [{"field": "conversation.priority", "op": "in", "value": ["low", "high"]},
			{"field": "conversation.priority", "op": "not_in", "value": ["low"]}, {"field": "conversation.priority", "op": "not_equals", "value": "high"}]}`)},
		"conditions.value":    {Name: "x", Targets: ten, Conditions: when(t, `{"field": "conversation.team", "op": "equals", "value": "4711"}`)},
		"by_priority.hot":     {Name: "x", Targets: ten, ByPriority: nil},
		"warn_at_percent":     {Name: "x", Targets: ten, WarnPercent: 100},
		"notify_on_breach[0]": {Name: "x", Targets: ten, BreachWhom: []clocks.Whom{"everybody"}},
	} {
		if path == "by_priority.hot" {
			p.ByPriority = map[inbox.Priority]clocks.Targets{"hot": ten}
		}
		_, err := h.clocks.AddPolicy(t.Context(), p)
		f, ok := fault.As(err)
		found := false
		for i := 0; ok && i < len(f.Fields); i++ {
			found = found || f.Fields[i].Path == path && f.Fields[i].Text.RU != "" && f.Fields[i].Text.EN != ""
		}
		if !found {
			t.Errorf("%s: %v", path, err)
		}
	}
	var holidays []sla.Holiday
	for day := h.Now(); len(holidays) < 400; day = day.AddDate(0, 0, 1) {
		holidays = append(holidays, sla.Holiday{Date: day.Format(time.DateOnly)})
	}
	if _, err := triggers.AddSchedule(t.Context(), router.Schedule{Name: "Never", TimeZone: "UTC", Intervals: short.Intervals, Holidays: holidays}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a schedule that never opens: %v", err)
	}
	used := h.policy(clocks.Policy{Schedule: short.ID, Targets: clocks.Targets{FirstResponse: 1}})
	if err := triggers.DeleteSchedule(t.Context(), short.ID); fault.KindOf(err) != fault.Conflict {
		t.Errorf("a schedule in use: %v", err)
	}
	h.policy(clocks.Policy{Name: "never asked", Targets: ten})
	list, err := h.clocks.Policies(t.Context())
	if err != nil || len(list) != 2 || list[0].ID != used.ID || list[0].Problem.EN != "" || list[1].Problem.EN == "" {
		t.Errorf("%+v, %v", list, err)
	}
}

// TestConditionsThatLeaveSomethingAreTaken saves what looks like a contradiction.
func TestConditionsThatLeaveSomethingAreTaken(t *testing.T) {
	t.Parallel()
	h := build(t, storetest.Open(t, store.SQLite))
	for _, conditions := range []string{
		`{"all": [{"field": "conversation.priority", "op": "in", "value": ["low", "high"]}, {"field": "conversation.priority", "op": "not_equals", "value": "low"}]}`,
		`{"all": [{"field": "message.files", "op": "not_equals", "value": 0}, {"field": "message.files", "op": "in", "value": [0, 1]}]}`,
		`{"any": [{"field": "conversation.priority", "op": "equals", "value": "low"}, {"field": "conversation.priority", "op": "equals", "value": "high"}]}`,
	} {
		h.policy(clocks.Policy{Targets: clocks.Targets{FirstResponse: 10}, Conditions: when(t, conditions)})
	}
}
