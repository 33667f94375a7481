package store_test

import (
	"testing"

	"parley/channels"
	"parley/inbox"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestMailStaysInItsAccount: what people merged is one to them, whatever the networks. A mail goes on in its own account
// all the same, or its answer would leave by another one.
func TestMailStaysInItsAccount(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		d.mailbox()
		first := d.letter("1@x")
		newPost(t, db).exec(`UPDATE accounts SET kind = 'email', config = '{"address":"sales@shop.example"}' WHERE id = 2`)
		out, err := d.account(2).Deliver(t.Context(), channels.Batch{Events: []channels.Event{mail("elsewhere@x", "ann@x.example", nil)}})
		if err != nil {
			t.Fatal(err)
		}
		d.join(inbox.ConversationID(out[0].ConversationID), first)
		again := d.letter("2@x", "1@x")
		if n := number(t, db, `SELECT COUNT(*) FROM conversations x JOIN conversations f ON f.id = $1 WHERE x.id = $2 AND x.account_id = f.account_id AND x.chat = f.chat AND x.merged_into = 0`, int64(first), int64(again)); n != 1 {
			t.Errorf("the next mail is in %d, which is no episode of its thread", again)
		}
		for _, refs := range [][]string{{"1@x"}, {"1@x", "2@x"}} {
			if next := d.letter(refs[len(refs)-1]+"+", refs...); next != again {
				t.Errorf("a mail that answers %v is in %d, want %d", refs, next, again)
			}
		}
		hold(t, db)
	})
}

// TestMailFollowsMergesOfMerges within its account.
func TestMailFollowsMergesOfMerges(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		d.mailbox()
		first, second, third := d.letter("1@x"), d.letter("2@x"), d.letter("3@x")
		d.join(second, first)
		d.join(third, second)
		if next := d.letter("4@x", "1@x"); next != third {
			t.Errorf("the next mail is in %d, want %d", next, third)
		}
		hold(t, db)
	})
}

// letter has Ann write a mail and returns where it is.
func (d *deskTest) letter(id string, refs ...string) inbox.ConversationID {
	d.t.Helper()
	return inbox.ConversationID(d.deliver(mail(id, "ann@x.example", refs))[0].ConversationID)
}

func (d *deskTest) join(kept, gone inbox.ConversationID) {
	d.t.Helper()
	if _, err := d.inbox.Merge(d.t.Context(), d.anna, kept, gone); err != nil {
		d.t.Fatal(err)
	}
}
