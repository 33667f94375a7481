package views_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"parley/channels"
	"parley/inbox"
	"parley/internal/fault"
	"parley/router"
	"parley/router/routertest"
	"parley/router/views"
)

// TestPageIsBounded has one conversation among very many fulfil what only the program can
// judge: pages stay short and lead to it all the same.
func TestPageIsBounded(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		var list []channels.Event
		for i := range 2100 {
			name := "Somebody"
			if i == 0 {
				name = "Needle"
			}
			list = append(list, channels.Event{
				Key: channels.EventKey(fmt.Sprint(i)), Direction: channels.Inward, Chat: fmt.Sprint(i),
				Sender: channels.Sender{Scope: "visitor", Address: fmt.Sprint(i), Name: name}, Message: &channels.Message{Text: "x"},
			})
			if len(list) == 300 {
				h.Pass(1e9)
				h.Deliver(list...)
				list = nil
			}
		}
		c := routertest.When(t, `{"field":"contact.name","op":"matches","value":"n[e]+dle"}`)
		first := h.page(viewer(1), c, inbox.Filter{})
		if len(first.Items) != 0 || first.Next == "" {
			t.Fatalf("first page: %d items, next %q; want none and a next one", len(first.Items), first.Next)
		}
		second := h.page(viewer(1), c, inbox.Filter{Cursor: first.Next})
		if len(second.Items) != 1 || second.Next != "" {
			t.Errorf("second page: %d items, next %q; want the one and no other", len(second.Items), second.Next)
		}
		w := h.save(views.View{Name: "Needle", Scope: "all", Conditions: c})
		if n := h.tally(viewer(1), w.ID); n.Count != 0 || !n.More {
			t.Errorf("counted %+v; want none so far, and more beyond", n)
		}
	})
}

// TestViewsAreSeenByWhomTheyAreFor goes through the scopes.
func TestViewsAreSeenByWhomTheyAreFor(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		mine := h.save(views.View{Name: "Mine", Scope: router.Mine})
		team := h.save(views.View{Name: "Team", Scope: router.Team, Team: 10})
		all := h.save(views.View{Name: "All", Scope: router.All})
		for _, c := range []struct {
			name string
			see  []views.ID
			who  int64
			team []int64
		}{
			{"the maker in the team", []views.ID{all.ID, mine.ID, team.ID}, 1, []int64{10}},
			{"a colleague in the team", []views.ID{all.ID, team.ID}, 2, []int64{10}},
			{"somebody else", []views.ID{all.ID}, 2, []int64{11}},
			{"a key", []views.ID{all.ID}, 0, []int64{11}},
		} {
			v := bound(tom, c.team...)
			v.AgentID = c.who
			list, err := h.views.List(t.Context(), v)
			h.must(err)
			var got []views.ID
			for _, w := range list {
				got = append(got, w.ID)
			}
			if fmt.Sprint(got) != fmt.Sprint(c.see) {
				t.Errorf("%s sees %v, want %v", c.name, got, c.see)
			}
			if _, _, err := h.views.Where(t.Context(), v, mine.ID); c.who != 1 && !errors.Is(err, views.ErrNoView) {
				t.Errorf("%s may list by a personal view of somebody else: %v", c.name, err)
			}
		}
	})
}

// TestBadViewsAreRefused says what is wrong and where, and shows what broke later.
func TestBadViewsAreRefused(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		for _, c := range []struct{ name, scope, conditions, field string }{
			{"", "all", `{}`, "name"},
			{"x", "everybody", `{}`, "scope"},
			{"x", "team", `{}`, "team_id"},
			{"x", "all", `{"field":"message.text","op":"contains","value":"x"}`, "conditions.field"},
			{"x", "all", `{"field":"conversation.labels","op":"contains","value":"99"}`, "conditions.value"},
			{"x", "all", `{"all":[{"field":"conversation.due_at","op":"within_hours","value":"77"}]}`, "conditions.all[0].value"},
		} {
			_, err := h.views.Add(t.Context(), viewer(1), views.View{Name: c.name, Scope: router.Scope(c.scope), Conditions: routertest.When(t, c.conditions)})
			f, ok := fault.As(err)
			if !ok || len(f.Fields) == 0 || f.Fields[0].Path != c.field {
				t.Errorf("%+v: %v", c, err)
			}
		}
		w := h.save(views.View{Name: "Night", Scope: router.All, Conditions: routertest.When(t, `{"field":"conversation.labels","op":"contains","value":"30"}`)})
		h.Write(func(ctx context.Context) error {
			_, err := h.DB.DeleteLabel(ctx, 30)
			return err
		})
		now, err := h.views.Get(t.Context(), viewer(1), w.ID)
		h.must(err)
		if now.Problem.EN == "" || now.Problem.RU == "" {
			t.Error("a view whose label is gone does not say so")
		}
		for i := range views.MaxOwn {
			h.save(views.View{Name: fmt.Sprint(i), Scope: router.Mine})
		}
		if _, err := h.views.Add(t.Context(), viewer(1), views.View{Name: "one more", Scope: router.Mine}); err == nil {
			t.Error("there is no end to views")
		}
	})
}
