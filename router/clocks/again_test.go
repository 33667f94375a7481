package clocks_test

import (
	"testing"

	"parley/internal/store/storetest"
	"parley/router/clocks"
)

// TestAPolicyIsAddedBehindTheOthers though another came between two tries.
func TestAPolicyIsAddedBehindTheOthers(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		promise := clocks.Policy{Name: "mine", Targets: clocks.Targets{FirstResponse: 60}}
		again := &storetest.SecondTry{DB: h.DB, Between: func() { h.policy(clocks.Policy{Name: "theirs", Targets: promise.Targets}) }}
		mine, err := clocks.New(clocks.Options{Store: again, Book: clocks.NewBook(), Outside: h, Now: h.Now, Log: h.Log}).AddPolicy(t.Context(), promise)
		if err != nil || again.Between != nil || mine.Position != 2 {
			t.Errorf("%v, placed at %d", err, mine.Position)
		}
	})
}
