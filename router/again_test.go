package router_test

import (
	"testing"

	"parley/internal/store/storetest"
	"parley/router"
)

// TestATriggerIsAddedBehindTheOthers though another came between two tries.
func TestATriggerIsAddedBehindTheOthers(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		note := router.Trigger{Name: "mine", Event: router.MessageReceived, Actions: []router.Action{{Type: router.Note, Text: "x"}}}
		again := &storetest.SecondTry{DB: h.DB, Between: func() { h.trigger(router.Trigger{Name: "theirs", Event: note.Event, Actions: note.Actions}) }}
		mine, err := router.New(router.Options{Store: again, Book: router.NewBook(), Now: h.Now}).AddTrigger(t.Context(), note)
		if err != nil || again.Between != nil || mine.Position != 2 {
			t.Errorf("%v, placed at %d", err, mine.Position)
		}
	})
}
