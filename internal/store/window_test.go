package store_test

import (
	"errors"
	"testing"
	"time"

	"parley/inbox"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestTheWindowIsTheChats: a network knows of no episodes. What the contact wrote in one that is
// closed lets a later one begin without a template.
func TestTheWindowIsTheChats(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		d.limits.Window, d.limits.Templates, d.limits.WriteFirst = 24*time.Hour, true, true
		wrote := d.row(d.anna)
		closed := inbox.Closed
		d.patch(d.anna, inbox.Patch{Status: &closed})
		begin := func(address string) (inbox.Row, error) {
			return d.inbox.Begin(t.Context(), d.anna, inbox.Beginning{AccountID: wrote.AccountID, Address: address, Answer: inbox.Answer{Text: "It is ready"}})
		}
		if _, err := begin("stranger"); !errors.Is(err, inbox.ErrWindowClosed) {
			t.Errorf("to somebody who never wrote: %v", err)
		}
		d.add(23 * time.Hour)
		later, err := begin(wrote.Chat)
		if err != nil || later.ID == wrote.ID || later.Chat != wrote.Chat {
			t.Fatalf("a new episode: %+v %v", later, err)
		}
		_, w, err := d.inbox.Limits(t.Context(), d.anna, later.ID)
		if err != nil || !w.Open || !w.Closes.Equal(wrote.LastInboundAt.Add(24*time.Hour)) {
			t.Errorf("window %+v %v", w, err)
		}
		d.add(2 * time.Hour)
		if _, w, err = d.inbox.Limits(t.Context(), d.anna, later.ID); err != nil || w.Open {
			t.Errorf("a day after the last word: %+v %v", w, err)
		}
		if _, err := d.inbox.Write(t.Context(), d.anna, later.ID, inbox.Answer{Kind: inbox.KindMessage, Text: "Still here?"}); !errors.Is(err, inbox.ErrWindowClosed) {
			t.Errorf("a day after the last word: %v", err)
		}
	})
}
