package store_test

import (
	"errors"
	"testing"

	"parley/inbox/contact"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestTheIDOfOneWhoWent finds the contact that stayed: it may change that one, never remove it.
func TestTheIDOfOneWhoWent(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r := meet(t, db, 1, 2)
		r.merge()
		if err := r.people.Delete(t.Context(), r.ada, r.b); !errors.Is(err, contact.ErrNoContact) {
			t.Errorf("removed by the id of who went: %v", err)
		}
		p, err := r.people.Get(t.Context(), r.ada, r.a)
		if err != nil || len(p.Identities) != 2 {
			t.Fatalf("who stayed is %+v, %v", p, err)
		}
		wanted := []contact.Address{{Scope: "email", Address: "anna@example.com"}}
		for _, i := range p.Identities {
			wanted = append(wanted, contact.Address{Scope: i.Scope, Address: i.Address})
		}
		if _, err := r.people.Patch(t.Context(), r.ada, r.b, contact.Patch{Identities: &wanted}); err != nil {
			t.Fatal(err)
		}
		if n := number(t, db, `SELECT contact_id FROM identities WHERE address = 'anna@example.com'`); n != int64(r.a) {
			t.Errorf("the new address is of contact %d, want %d", n, r.a)
		}
	})
}
