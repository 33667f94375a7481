package views_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"parley/inbox"
	"parley/internal/auth"
	"parley/router"
	"parley/router/views"
)

// TestAViewMadeOnesOwnIsTheirs has somebody make a view their own that another one, or a key, made for everybody.
func TestAViewMadeOnesOwnIsTheirs(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		for name, maker := range map[string]auth.AgentID{"a colleague": 1, "a key": 0} {
			w, err := h.views.Add(t.Context(), viewer(maker), views.View{Name: name, Scope: router.All})
			h.must(err)
			changed, err := h.views.Change(t.Context(), viewer(2), w.ID, 0, func(w *views.View) error {
				w.Scope = router.Mine
				return nil
			})
			if err != nil || changed.Owner != 2 {
				t.Errorf("made by %s: %+v, %v", name, changed, err)
			}
			if got, err := h.views.Get(t.Context(), viewer(2), w.ID); err != nil || got.Owner != 2 || got.Name != name {
				t.Errorf("made by %s, read again: %+v, %v", name, got, err)
			}
			_, err = h.views.Change(t.Context(), viewer(1), w.ID, 0, func(w *views.View) error {
				w.Scope = router.All
				return nil
			})
			if !errors.Is(err, views.ErrNoView) {
				t.Errorf("made by %s, changed by another one: %v", name, err)
			}
		}
	})
}

// TestChangesOfAViewKeepEachOther has several people change different things of a view at once, and one that is gone.
func TestChangesOfAViewKeepEachOther(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		w := h.save(views.View{Name: "As it was", Scope: router.All})
		var all sync.WaitGroup
		errs := make([]error, 2)
		for i, change := range []func(*views.View){
			func(w *views.View) { w.Name = "Anew" },
			func(w *views.View) { w.Sort = inbox.Oldest },
		} {
			all.Go(func() {
				_, errs[i] = h.views.Change(t.Context(), viewer(1), w.ID, 0, func(w *views.View) error {
					change(w)
					return nil
				})
			})
		}
		all.Wait()
		h.must(errors.Join(errs...))
		got, err := h.views.Get(t.Context(), viewer(1), w.ID)
		if err != nil || got.Name != "Anew" || got.Sort != inbox.Oldest {
			t.Errorf("it is %+v, %v", got, err)
		}
		refusal := errors.New("no")
		if _, err := h.views.Change(t.Context(), viewer(1), w.ID, 0, func(*views.View) error { return refusal }); !errors.Is(err, refusal) {
			t.Errorf("what refuses it: %v", err)
		}
		h.must(h.views.Delete(t.Context(), viewer(1), w.ID))
		if _, err := h.views.Change(t.Context(), viewer(1), w.ID, 0, func(*views.View) error { return nil }); !errors.Is(err, views.ErrNoView) {
			t.Errorf("one that is gone: %v", err)
		}
		if list, err := h.views.List(t.Context(), viewer(1)); err != nil || len(list) != 0 {
			t.Errorf("it came back: %v, %v", fmt.Sprint(list), err)
		}
	})
}
