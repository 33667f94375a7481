package store_test

import (
	"errors"
	"testing"

	"parley/channels"
	"parley/inbox/intake"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

func TestDeletedAccountDeliversNothing(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := enter(t, db, nil)
		for _, events := range [][]channels.Event{nil, {says("a", "1", "hello")}} {
			_, err := d.account(77).Deliver(t.Context(), channels.Batch{Events: events, Stream: "s", Cursor: "9"})
			if !errors.Is(err, intake.ErrNoAccount) {
				t.Errorf("%d events of an account that is deleted: %v, want ErrNoAccount", len(events), err)
			}
		}
		for _, table := range []string{"received", "messages", "conversations", "contacts", "cursors"} {
			if n := number(t, db, `SELECT COUNT(*) FROM `+table); n != 0 {
				t.Errorf("%d %s of an account that is deleted", n, table)
			}
		}
	})
}
