package store_test

import (
	"slices"
	"testing"

	"parley/inbox"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestAnswersToAllLeaveOurOtherMailboxesOut has a customer write to two mailboxes of ours at once.
func TestAnswersToAllLeaveOurOtherMailboxesOut(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOffice(t, db)
		second := func(archived bool) []string {
			o.post.exec(`UPDATE accounts SET kind = 'email', config = '{"address":"Billing@shop.example"}', archived = $1 WHERE id = 2`, archived)
			c := inbox.ConversationID(o.deliver(mail("1@x", "ann@x.example", nil, "bob@x.example", "billing@shop.example"))[0].ConversationID)
			return everybody(o.correspondence(c))
		}
		if got := second(false); !slices.Equal(got, []string{"ann@x.example", "bob@x.example"}) {
			t.Errorf("an answer to all goes to %v", got)
		}
		if got := second(true); !slices.Contains(got, "billing@shop.example") {
			t.Errorf("nobody reads it here any more, and %v leaves it out", got)
		}
	})
}
