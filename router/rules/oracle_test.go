package rules_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/router/rules"
)

// known is what the plain interpreter knows: facts by name, nil where there are none.
type known map[string]any

// plain decides a condition in the most obvious way, by walking its JSON.
func plain(c any, k known) bool {
	m, _ := c.(map[string]any)
	if list, ok := m["all"].([]any); ok {
		return !slices.ContainsFunc(list, func(x any) bool { return !plain(x, k) })
	}
	if list, ok := m["any"].([]any); ok {
		return slices.ContainsFunc(list, func(x any) bool { return plain(x, k) })
	}
	if x, ok := m["not"]; ok {
		return !plain(x, k)
	}
	if m["field"] == nil {
		return true
	}
	return compare(k[m["field"].(string)], m["op"].(string), m["value"])
}

func compare(fact any, op string, want any) bool {
	if negated, ok := strings.CutPrefix(op, "not_"); ok {
		if fact == nil && negated == "within_hours" {
			return false
		}
		return !compare(fact, negated, want)
	}
	switch {
	case op == "empty":
		return fact == nil
	case fact == nil:
		b, isBool := want.(bool)
		return op == "equals" && isBool && !b
	}
	switch op {
	case "equals":
		return same(fact, want)
	case "in":
		return slices.ContainsFunc(want.([]any), func(w any) bool {
			if list, ok := fact.([]any); ok {
				return slices.ContainsFunc(list, func(x any) bool { return same(x, w) })
			}
			return same(fact, w)
		})
	case "contains":
		if list, ok := fact.([]any); ok {
			return slices.ContainsFunc(list, func(x any) bool { return same(x, want) })
		}
		return strings.Contains(rules.Fold(fact.(string)), rules.Fold(want.(string)))
	case "starts_with":
		return strings.HasPrefix(rules.Fold(fact.(string)), rules.Fold(want.(string)))
	case "matches":
		return regexp.MustCompile("(?is)" + want.(string)).MatchString(fact.(string))
	case "within_hours":
		if hours, ok := want.(float64); ok {
			return noon.Sub(fact.(time.Time)).Abs().Hours() <= hours
		}
		return fact.(time.Time).Hour() >= 9 && fact.(time.Time).Hour() < 18
	}
	var a, b float64
	switch x := fact.(type) {
	case float64:
		a, b = x, want.(float64)
	case time.Time:
		a = float64(x.Unix())
		if hours, ok := want.(float64); ok {
			b = float64(noon.Unix()) - hours*3600
		} else {
			at, _ := time.Parse(time.RFC3339, want.(string))
			b = float64(at.Unix())
		}
	}
	return map[string]bool{"gt": a > b, "gte": a >= b, "lt": a < b, "lte": a <= b}[op]
}

func same(fact, want any) bool {
	a, aText := fact.(string)
	b, bText := want.(string)
	if aText && bText {
		return rules.Fold(a) == rules.Fold(b)
	}
	return fact == want
}

// The random world is small, so that rules often hold.
var words = []string{"заказ", "Ёлка", "елка", "a b", "цена"}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

func randomValue(r *rand.Rand, f rules.Field, op rules.Op) any {
	one := func() any {
		switch f.Type {
		case rules.Text, rules.List:
			return pick(r, words)
		case rules.Choice:
			return pick(r, f.Options)
		case rules.Number:
			return float64(r.IntN(4))
		case rules.Bool:
			return r.IntN(2) == 0
		case rules.Time:
			if r.IntN(2) == 0 {
				return float64(r.IntN(5) - 2)
			}
			return noon.Add(time.Duration(r.IntN(5)-2) * time.Hour).Format(time.RFC3339)
		}
		return fmt.Sprint(1 + r.IntN(4))
	}
	switch op {
	case rules.Empty, rules.NotEmpty:
		return nil
	case rules.Matches:
		return pick(r, []string{"зак", "^ё", "[аб]$", "x|ц"})
	case rules.WithinHours, rules.NotWithinHours:
		if r.IntN(2) == 0 {
			return "7"
		}
		return float64(1 + r.IntN(5))
	case rules.In, rules.NotIn:
		list := []any{one()}
		for r.IntN(2) == 0 {
			list = append(list, one())
		}
		return list
	}
	return one()
}

func randomCondition(r *rand.Rand, depth int) map[string]any {
	if depth < 4 && r.IntN(2) == 0 {
		switch r.IntN(3) {
		case 0:
			return map[string]any{"not": randomCondition(r, depth+1)}
		case 1:
			return map[string]any{"all": randomGroup(r, depth, 0)}
		}
		return map[string]any{"any": randomGroup(r, depth, 1)}
	}
	f := pick(r, schema.Fields())
	op := pick(r, f.Ops())
	c := map[string]any{"field": f.Name, "op": string(op)}
	if v := randomValue(r, f, op); v != nil {
		c["value"] = v
	}
	return c
}

func randomGroup(r *rand.Rand, depth, least int) []any {
	list := []any{}
	for range least + r.IntN(4) {
		list = append(list, randomCondition(r, depth+1))
	}
	return list
}

// randomFacts are the same facts for both.
func randomFacts(r *rand.Rand) (*rules.Facts, known) {
	f, k := schema.NewFacts(noon, office{}), known{}
	for _, field := range schema.Fields() {
		if r.IntN(4) == 0 {
			continue
		}
		switch field.Type {
		case rules.Text, rules.Choice:
			text := pick(r, words) + pick(r, []string{"", " ", "  Цена"})
			if field.Type == rules.Choice {
				text = pick(r, field.Options)
			}
			f.Text(field.Name, text)
			k[field.Name] = text
		case rules.Number:
			n := float64(r.IntN(4))
			f.Number(field.Name, n)
			k[field.Name] = n
		case rules.Bool:
			b := r.IntN(2) == 0
			f.Bool(field.Name, b)
			k[field.Name] = b
		case rules.Time:
			at := noon.Add(time.Duration(r.IntN(24)-12) * time.Hour)
			f.Time(field.Name, at)
			k[field.Name] = at
		case rules.Ref:
			id := int64(1 + r.IntN(4))
			f.ID(field.Name, id)
			k[field.Name] = fmt.Sprint(id)
		case rules.List:
			list := []string{pick(r, words), pick(r, words)}
			f.List(field.Name, list)
			k[field.Name] = []any{list[0], list[1]}
		case rules.Refs:
			ids := []int64{int64(1 + r.IntN(4)), int64(1 + r.IntN(4))}
			f.IDs(field.Name, ids)
			k[field.Name] = []any{fmt.Sprint(ids[0]), fmt.Sprint(ids[1])}
		}
	}
	return f, k
}

// TestAgainstAPlainInterpreter holds compiled rules to the obvious reading, and every
// explanation to the verdict, also after it was stored and read.
func TestAgainstAPlainInterpreter(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	verdicts := map[bool]int{}
	for range 20_000 {
		c := randomCondition(r, 0)
		text, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		rule, err := compile(t, string(text))
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		f, k := randomFacts(r)
		got, want := rule.Match(f), plain(c, k)
		verdicts[want]++
		if got != want {
			t.Fatalf("%s of %v: %t, want %t", text, k, got, want)
		}
		kept, err := json.Marshal(rule.Explain(f))
		if err != nil {
			t.Fatal(err)
		}
		var e rules.Explanation
		if err := json.Unmarshal(kept, &e); err != nil {
			t.Fatal(err)
		}
		if e.Holds != want || e.Verdict() != want {
			t.Fatalf("%s of %v is explained as %s", text, k, kept)
		}
	}
	if verdicts[true] < 2000 || verdicts[false] < 2000 {
		t.Errorf("the random rules are one-sided: %v", verdicts)
	}
}

func BenchmarkMatch(b *testing.B) {
	var parts []string
	for range 4 {
		parts = append(parts,
			`{"field": "message.text", "op": "not_contains", "value": "возврат денег"}`,
			`{"field": "message.count", "op": "gt", "value": 1}`,
			`{"field": "conversation.labels", "op": "not_in", "value": ["8", "9"]}`,
			`{"field": "time.now", "op": "within_hours", "value": "7"}`,
			`{"field": "message.text", "op": "not_equals", "value": "x"}`)
	}
	rule, err := compile(b, `{"all": [`+strings.Join(parts, ",")+`]}`)
	if err != nil {
		b.Fatal(err)
	}
	f := facts()
	f.Text("message.text", strings.Repeat("Где мой заказ? ", 20))
	for b.Loop() {
		if !rule.Match(f) {
			b.Fatal("does not match")
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/20, "ns/condition")
}
