package router_test

import (
	"errors"
	"slices"
	"sync"
	"testing"

	"parley/internal/fault"
	"parley/router"
	"parley/router/rules"
)

// TestOrderChangesAtOnce puts triggers into another order, refuses what was seen before
// that, and has one of several win who do it at the same time.
func TestOrderChangesAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		var was []router.TriggerID
		for _, name := range []string{"a", "b", "c", "d"} {
			was = append(was, h.trigger(router.Trigger{Name: name, Event: router.MessageReceived, Actions: []router.Action{{Type: router.Note, Text: name}}}).ID)
		}
		order := func() (ids []router.TriggerID) {
			list, err := h.router.Triggers(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range list {
				ids = append(ids, x.ID)
			}
			return ids
		}
		next := []router.TriggerID{was[3], was[0], was[1], was[2]}
		if err := h.router.OrderTriggers(t.Context(), was, next); err != nil || !slices.Equal(order(), next) {
			t.Fatalf("%v, order %v", err, order())
		}
		id := h.says("v1", "m1", "hello")
		h.work()
		if got := h.texts(id); !slices.Equal(got, []string{"hello", "d", "a", "b", "c"}) {
			t.Errorf("they act as %q", got)
		}
		if err := h.router.OrderTriggers(t.Context(), was, was); !errors.Is(err, rules.ErrOrderChanged) {
			t.Errorf("an order seen before: %v", err)
		}
		for _, bad := range [][]router.TriggerID{nil, next[:3], {next[0], next[0], next[1], next[2]}} {
			if f, ok := fault.As(h.router.OrderTriggers(t.Context(), next, bad)); !ok || f.Kind != fault.Invalid {
				t.Errorf("%v is taken for an order", bad)
			}
		}
		var all sync.WaitGroup
		errs := make([]error, 4)
		for i := range errs {
			mine := append(slices.Clone(next[i:]), next[:i]...)
			slices.Reverse(mine)
			all.Go(func() { errs[i] = h.router.OrderTriggers(t.Context(), next, mine) })
		}
		all.Wait()
		won := slices.DeleteFunc(errs, func(err error) bool { return errors.Is(err, rules.ErrOrderChanged) })
		if len(won) != 1 || won[0] != nil {
			t.Errorf("of four at once these did not hear of the others: %v", won)
		}
	})
}
