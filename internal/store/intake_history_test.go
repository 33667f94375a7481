package store_test

import (
	"testing"
	"time"

	"parley/channels"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestClockAheadSpoilsNoThread has a network date its history in the future: what is
// said afterwards keeps the time at which it is said.
func TestClockAheadSpoilsNoThread(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := enter(t, db, nil)
		past := says("a", "1", "from a clock that is ahead")
		past.Historic, past.At = true, d.Now().Add(365*24*time.Hour)
		if o := d.deliver(past)[0]; o.Kind != channels.OutcomeHistoric || o.At.After(d.Now()) {
			t.Errorf("outcome %+v at %s", o, d.Now())
		}
		d.add(time.Minute)
		if o := d.deliver(says("a", "2", "now"))[0]; !o.At.Equal(d.Now()) {
			t.Errorf("what was said at %s got the time %s", d.Now(), o.At)
		}
		if n := number(t, db, `SELECT COUNT(*) FROM conversations WHERE last_at > $1 OR last_inbound_at > $1`, d.Now().UnixMicro()); n != 0 {
			t.Errorf("%d conversations of the future", n)
		}
		hold(t, db)
	})
}
