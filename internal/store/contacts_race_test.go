package store_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestAddressesGoWhileMessagesCome removes addresses, or their contacts, at the moment
// when somebody writes from them: no conversation is left without either.
func TestAddressesGoWhileMessagesCome(t *testing.T) {
	t.Parallel()
	v := actor.Viewer{Scope: actor.All, Cause: actor.Cause{Kind: actor.API, ID: 1}}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		people, in := contact.New(db, time.Now), enter(t, db, nil)
		for what, remove := range map[string]func(id contact.ID) error{
			"delete": func(id contact.ID) error { return people.Delete(t.Context(), v, id) },
			"patch": func(id contact.ID) error {
				_, err := people.Patch(t.Context(), v, id, contact.Patch{Identities: &[]contact.Address{}})
				return err
			},
		} {
			for round := range 40 {
				address := fmt.Sprintf("%s%d@example.com", what, round)
				p, err := people.Create(t.Context(), v, contact.Draft{Name: "Anna", Identities: []contact.Address{{Scope: "email", Address: address}}})
				if err != nil {
					t.Fatal(err)
				}
				ev := says(address, address, "hello")
				ev.Sender.Scope = "email"
				var start, both sync.WaitGroup
				start.Add(1)
				both.Go(func() {
					start.Wait()
					if err := remove(p.ID); err != nil && !errors.Is(err, contact.ErrInUse) && !errors.Is(err, contact.ErrIdentityInUse) {
						t.Errorf("%s: %v", what, err)
					}
				})
				both.Go(func() {
					start.Wait()
					if _, err := in.account(1).Deliver(t.Context(), channels.Batch{Events: []channels.Event{ev}}); err != nil {
						t.Errorf("deliver: %v", err)
					}
				})
				start.Done()
				both.Wait()
			}
		}
		hold(t, db)
		for what, query := range map[string]string{
			"answer to no address":              `SELECT COUNT(*) FROM conversations c LEFT JOIN identities i ON i.id = c.identity_id WHERE i.id IS NULL`,
			"answer to somebody else's address": `SELECT COUNT(*) FROM conversations c JOIN identities i ON i.id = c.identity_id WHERE i.contact_id <> c.contact_id`,
		} {
			if n := number(t, db, query); n != 0 {
				t.Errorf("%d conversations %s", n, what)
			}
		}
	})
}
