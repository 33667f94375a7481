package notify_test

import (
	"testing"

	"parley/internal/notify"
)

// TestManyOverdueGoByTheWishesForABreach.
func TestManyOverdueGoByTheWishesForABreach(t *testing.T) {
	t.Parallel()
	p := notify.DefaultPrefs()
	for _, want := range [][]notify.Way{{notify.Badge}, nil} {
		p.Ways[notify.Breach] = want
		if p.Wants(notify.Overdue, notify.Badge) != (len(want) == 1) || p.Wants(notify.Overdue, notify.Mail) {
			t.Errorf("wishes %v", want)
		}
	}
}
