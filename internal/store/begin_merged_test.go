package store_test

import (
	"context"
	"log/slog"
	"testing"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/contact"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// preceded is a store where something happens just before a transaction begins.
type preceded struct {
	*store.DB
	by func()
}

func (p preceded) Write(ctx context.Context, fn func(ctx context.Context) error) error {
	p.by()
	return p.DB.Write(ctx, fn)
}

// TestBeginWithOneWhoIsMerged: between the choice of a contact and the first message to them
// they may become part of another one.
func TestBeginWithOneWhoIsMerged(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		d.limits.WriteFirst = true
		newPost(t, db).exec(`UPDATE accounts SET kind = 'sms' WHERE id = 1`)
		row := d.row(d.anna)
		d.patch(d.anna, inbox.Patch{Status: new(inbox.Closed)})
		ada, people := d.anna, contact.New(db, d.Now)
		kept, err := people.Create(t.Context(), ada, contact.Draft{Name: "Vera"})
		if err != nil {
			t.Fatal(err)
		}
		limits := func(channels.AccountID) (channels.Limits, bool) { return d.limits, true }
		service := inbox.New(preceded{db, func() {
			if _, err := people.Merge(t.Context(), ada, kept.ID, row.ContactID); err != nil {
				t.Error(err)
			}
		}}, limits, d.Now, slog.New(slog.DiscardHandler))
		begun, err := service.Begin(t.Context(), ada, inbox.Beginning{AccountID: row.AccountID, ContactID: row.ContactID, Answer: inbox.Answer{Text: "It is ready"}})
		if err != nil || begun.ContactID != kept.ID || begun.IdentityID != row.IdentityID {
			t.Errorf("begun with %d at %d, %v; want %d at %d", begun.ContactID, begun.IdentityID, err, kept.ID, row.IdentityID)
		}
		hold(t, db)
	})
}
