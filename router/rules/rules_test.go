package rules_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"parley/internal/fault"
	"parley/router/rules"
)

var schema = rules.NewSchema(
	rules.Field{Name: "message.text", Type: rules.Text},
	rules.Field{Name: "message.count", Type: rules.Number},
	rules.Field{Name: "contact.known", Type: rules.Bool},
	rules.Field{Name: "time.now", Type: rules.Time},
	rules.Field{Name: "conversation.status", Type: rules.Choice, Options: []string{"open", "closed"}},
	rules.Field{Name: "conversation.team", Type: rules.Ref, Of: "teams"},
	rules.Field{Name: "contact.words", Type: rules.List},
	rules.Field{Name: "conversation.labels", Type: rules.Refs, Of: "labels"},
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// office is a calendar with one schedule, 7, open from nine to eighteen.
type office struct{}

func (office) Open(schedule int64, at time.Time) (open, known bool) {
	return at.Hour() >= 9 && at.Hour() < 18, schedule == 7
}

func facts() *rules.Facts {
	f := schema.NewFacts(noon, office{})
	f.Text("message.text", "Где мой ЗАКАЗ?  Ещё не пришёл")
	f.Number("message.count", 3)
	f.Bool("contact.known", true)
	f.Time("time.now", noon)
	f.Text("conversation.status", "open")
	f.ID("conversation.team", 5)
	f.List("contact.words", []string{"VIP", "Опт"})
	f.IDs("conversation.labels", []int64{1, 2})
	return f
}

func compile(t testing.TB, text string) (*rules.Rule, error) {
	t.Helper()
	var c rules.Condition
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		t.Fatalf("decode %s: %v", text, err)
	}
	return schema.Compile(c, "conditions")
}

func TestMatch(t *testing.T) {
	t.Parallel()
	for condition, want := range map[string]bool{
		`null`: true, `{}`: true, `{"all": []}`: true,
		`{"field": "message.text", "op": "contains", "value": "заказ"}`:                             true,
		`{"field": "message.text", "op": "contains", "value": "еще не пришел"}`:                     true,
		`{"field": "message.text", "op": "not_contains", "value": "возврат"}`:                       true,
		`{"field": "message.text", "op": "starts_with", "value": "где МОЙ"}`:                        true,
		`{"field": "message.text", "op": "matches", "value": "заказ\\W"}`:                           true,
		`{"field": "message.text", "op": "matches", "value": "^заказ"}`:                             false,
		`{"field": "message.text", "op": "empty"}`:                                                  false,
		`{"field": "message.count", "op": "gt", "value": 2}`:                                        true,
		`{"field": "message.count", "op": "lte", "value": 3}`:                                       true,
		`{"field": "message.count", "op": "lt", "value": 3}`:                                        false,
		`{"field": "message.count", "op": "in", "value": [1, 3]}`:                                   true,
		`{"field": "contact.known", "op": "equals", "value": true}`:                                 true,
		`{"field": "contact.known", "op": "not_equals", "value": true}`:                             false,
		`{"field": "conversation.status", "op": "in", "value": ["closed"]}`:                         false,
		`{"field": "conversation.team", "op": "equals", "value": "5"}`:                              true,
		`{"field": "conversation.labels", "op": "contains", "value": "2"}`:                          true,
		`{"field": "conversation.labels", "op": "in", "value": ["8", "1"]}`:                         true,
		`{"field": "contact.words", "op": "contains", "value": "vip"}`:                              true,
		`{"field": "time.now", "op": "within_hours", "value": "7"}`:                                 true,
		`{"field": "time.now", "op": "not_within_hours", "value": "7"}`:                             false,
		`{"field": "time.now", "op": "within_hours", "value": "8"}`:                                 true, // nobody knows 8; the stand-in answers by the hour
		`{"field": "time.now", "op": "within_hours", "value": 1}`:                                   true,
		`{"field": "time.now", "op": "gt", "value": "2026-11-22T11:00:00Z"}`:                        true,
		`{"field": "time.now", "op": "lt", "value": 1}`:                                             false,
		`{"not": {"field": "contact.known", "op": "equals", "value": false}}`:                       true,
		`{"any": [{"field": "message.count", "op": "gt", "value": 9}, {"not": {"all": []}}]}`:       false,
		`{"all": [{"field": "message.count", "op": "gt", "value": 1}, {"any": [{"all": []}]}, {}]}`: true,
	} {
		r, err := compile(t, condition)
		if err != nil {
			t.Errorf("%s: %v", condition, err)
			continue
		}
		if got := r.Match(facts()); got != want {
			t.Errorf("%s: %t", condition, got)
		}
	}
}

func TestNothingIsEmpty(t *testing.T) {
	t.Parallel()
	nothing := schema.NewFacts(noon, nil)
	for _, f := range schema.Fields() {
		for _, op := range f.Ops() {
			if op != rules.Empty && op != rules.NotEmpty {
				continue
			}
			r, err := schema.Compile(rules.Condition{Field: f.Name, Op: op}, "")
			if err != nil {
				t.Fatal(err)
			}
			if r.Match(nothing) != (op == rules.Empty) {
				t.Errorf("%s %s of nothing", f.Name, op)
			}
		}
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat(`{"not": `, 12) + `{}` + strings.Repeat(`}`, 12)
	many := `{"all": [` + strings.TrimSuffix(strings.Repeat(`{},`, 300), ",") + `]}`
	for condition, path := range map[string]string{
		`{"field": "message.txt", "op": "contains", "value": "x"}`:          "conditions.field",
		`{"op": "contains", "value": "x"}`:                                  "conditions.field",
		`{"value": "x"}`:                                                    "conditions.field",
		`{"field": "message.text", "op": "gt", "value": "x"}`:               "conditions.op",
		`{"field": "message.text", "op": "contains"}`:                       "conditions.value",
		`{"field": "message.text", "op": "contains", "value": " "}`:         "conditions.value",
		`{"field": "message.text", "op": "contains", "value": 5}`:           "conditions.value",
		`{"field": "message.text", "op": "matches", "value": "("}`:          "conditions.value",
		`{"field": "message.count", "op": "equals", "value": "3"}`:          "conditions.value",
		`{"field": "message.count", "op": "in", "value": []}`:               "conditions.value",
		`{"field": "conversation.status", "op": "equals", "value": "lost"}`: "conditions.value",
		`{"field": "conversation.team", "op": "equals", "value": 5}`:        "conditions.value",
		`{"field": "time.now", "op": "within_hours", "value": -1}`:          "conditions.value",
		`{"field": "time.now", "op": "gt", "value": "yesterday"}`:           "conditions.value",
		`{"any": []}`: "conditions.any",
		`{"all": [{}, {"not": {"field": "x", "op": "empty"}}]}`: "conditions.all[1].not.field",
		deep: "conditions" + strings.Repeat(".not", 10),
		many: "conditions.all[199]",
	} {
		_, err := compile(t, condition)
		var f *fault.Error
		if !errors.As(err, &f) || len(f.Fields) == 0 || f.Fields[0].Path != path {
			t.Errorf("%.80s: %v", condition, err)
		}
	}
	for _, text := range []string{`[]`, `{"al": []}`, `{"all": [], "any": []}`, `{"field": "a", "op": "b", "not": {}}`, `{"all": [{"oops": 1}]}`} {
		var c rules.Condition
		if json.Unmarshal([]byte(text), &c) == nil {
			t.Errorf("%s was read as %+v", text, c)
		}
	}
}

func TestWhatARuleLooksAt(t *testing.T) {
	t.Parallel()
	r, err := compile(t, `{"all": [{"field": "time.now", "op": "within_hours", "value": "7"}, {"field": "message.text", "op": "empty"}, {"field": "time.now", "op": "empty"}]}`)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(r.Fields(), " "); got != "message.text time.now" {
		t.Errorf("fields %s", got)
	}
	if s := r.Schedules(); len(s) != 1 || s[0] != 7 {
		t.Errorf("schedules %v", s)
	}
	missing, err := compile(t, `{"field": "time.now", "op": "within_hours", "value": "8"}`)
	if err != nil {
		t.Fatal(err)
	}
	if e := missing.Explain(facts()); e.Problem != "unknown_schedule" {
		t.Errorf("explained as %+v", e)
	}
}

func FuzzCompile(f *testing.F) {
	f.Add(`{"all": [{"field": "message.text", "op": "matches", "value": "a|b"}, {"not": {"any": [{}]}}]}`)
	f.Add(`{"field": "time.now", "op": "within_hours", "value": 1e300}`)
	f.Fuzz(func(t *testing.T, text string) {
		var c rules.Condition
		if json.Unmarshal([]byte(text), &c) != nil {
			return
		}
		r, err := schema.Compile(c, "c")
		if err != nil {
			return
		}
		e := r.Explain(facts())
		if e.Holds != r.Match(facts()) || e.Verdict() != e.Holds {
			t.Errorf("%s: explained otherwise than decided", text)
		}
		again, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		var back rules.Condition
		if err := json.Unmarshal(again, &back); err != nil {
			t.Fatalf("%s became %s: %v", text, again, err)
		}
		r2, err := schema.Compile(back, "c")
		if err != nil || r2.Match(facts()) != e.Holds {
			t.Errorf("%s became %s: %v", text, again, err)
		}
	})
}
