package views_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/router/rules"
	"parley/router/views"
)

// TestListsAgreeWithTheRule asks random conditions in every order and of several viewers:
// what pages bring, one after the other, is what the rule holds of among what the viewer
// sees, each once.
func TestListsAgreeWithTheRule(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		h.fill(48)
		r := rand.New(rand.NewPCG(7, 7))
		shown := 0
		for n := range 250 {
			c := randomCondition(r, 3)
			v := pick(r, []actor.Viewer{viewer(1), bound(1, 10), bound(2, 10, 11), own(2)})
			sort := pick(r, []inbox.Sort{inbox.Newest, inbox.Oldest, inbox.Due})
			w := h.save(views.View{Name: "x", Scope: "all", Conditions: c, Sort: sort})
			want := h.expected(v, w.ID)
			got, count := h.walk(v, w.ID, sort), h.tally(v, w.ID)
			slices.Sort(got)
			if !slices.Equal(got, want) {
				text, _ := json.Marshal(c)
				t.Fatalf("%d: %s by %s of %v: got %v, want %v", n, text, sort, v.Scope, got, want)
			}
			if count.Count != len(want) || count.More {
				t.Fatalf("%d: counted %+v of %d", n, count, len(want))
			}
			shown += len(want)
			h.must(h.views.Delete(t.Context(), v, w.ID))
		}
		if shown < 1000 {
			t.Errorf("the conditions let only %d pass: they prove little", shown)
		}
	})
}

// expected asks the rule about every conversation that the viewer sees.
func (h *house) expected(v actor.Viewer, id views.ID) []inbox.ConversationID {
	h.T.Helper()
	out, err := h.views.Matches(h.T.Context(), v, id, h.ids)
	h.must(err)
	slices.Sort(out)
	return out
}

// walk reads a view page by page.
func (h *house) walk(v actor.Viewer, id views.ID, sort inbox.Sort) (out []inbox.ConversationID) {
	h.T.Helper()
	where, _, err := h.views.Where(h.T.Context(), v, id)
	h.must(err)
	f := inbox.Filter{Where: where, Sort: sort, Limit: 7}
	for {
		page, err := h.Inbox.List(h.T.Context(), v, f)
		h.must(err)
		for i := range page.Items {
			out = append(out, page.Items[i].ID)
		}
		if f.Cursor = page.Next; f.Cursor == "" {
			return out
		}
	}
}

func (h *house) tally(v actor.Viewer, id views.ID) inbox.Tally {
	h.T.Helper()
	list, err := h.views.Counts(h.T.Context(), v)
	h.must(err)
	for _, c := range list {
		if c.View == id {
			return c.Tally
		}
	}
	h.T.Fatal("the view is not counted")
	return inbox.Tally{}
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

func randomCondition(r *rand.Rand, depth int) rules.Condition {
	if depth > 0 && r.IntN(3) > 0 {
		list := make([]rules.Condition, 1+r.IntN(3))
		for i := range list {
			list[i] = randomCondition(r, depth-1)
		}
		switch r.IntN(4) {
		case 0:
			return rules.Condition{Not: &list[0]}
		case 1:
			return rules.Condition{Any: list}
		}
		return rules.Condition{All: list}
	}
	f := pick(r, views.Schema().Fields())
	op := pick(r, f.Ops())
	return rules.Condition{Field: f.Name, Op: op, Value: randomValue(r, f, op)}
}

func randomValue(r *rand.Rand, f rules.Field, op rules.Op) json.RawMessage {
	one := func() any {
		switch f.Type {
		case rules.Text, rules.List:
			return pick(r, []string{"Ёлка", "а", "webchat", "ru", "chat1", "Ann Lee", "елкин"})
		case rules.Choice:
			return pick(r, f.Options)
		case rules.Number:
			return pick(r, []float64{1, 1.5, 2})
		case rules.Bool:
			return r.IntN(2) == 0
		case rules.Time:
			return float64(r.IntN(14))
		}
		switch f.Of {
		case "agents":
			return fmt.Sprint(1 + r.IntN(2))
		case "teams":
			return fmt.Sprint(10 + r.IntN(2))
		case "labels":
			return fmt.Sprint(30 + r.IntN(2))
		}
		return "21" // the account
	}
	var v any
	switch op {
	case rules.Empty, rules.NotEmpty:
		return nil
	case rules.Matches:
		v = pick(r, []string{"л", "^a", "5"})
	case rules.WithinHours, rules.NotWithinHours:
		v = float64(1 + r.IntN(13))
	case rules.In, rules.NotIn:
		v = []any{one(), one()}
	default:
		v = one()
	}
	text, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	return text
}
