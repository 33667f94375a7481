package store_test

import (
	"slices"
	"strings"
	"testing"

	"parley/channels"
	"parley/inbox"
	"parley/internal/outbox"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestBounceOfAnUncertainMail has a mail come back of which nobody knew whether it had left,
// so that its id was never stored: the proof names it all the same.
func TestBounceOfAnUncertainMail(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOffice(t, db)
		begun := inbox.Beginning{AccountID: 1, Address: "ann@x.example", Subject: "Offer", Answer: inbox.Answer{Text: "Hello"}}
		if _, err := o.inbox.Begin(t.Context(), agent(), begun); err != nil {
			t.Fatal(err)
		}
		item := o.post.claim(o.Now())[0]
		o.post.settle(o.Now(), item, outbox.Verdict{Outcome: outbox.Uncertain, Code: "cut"})
		bounce := mail("b@x", "mailer-daemon@x.example", nil)
		bounce.Nature, bounce.Message.Answers = channels.NatureBounce, item.ID
		bounce.Message.Reports = []channels.Receipt{{
			MessageID: item.ID, RemoteID: "ours@shop", State: channels.DeliveryFailed, Code: "5.1.1", Text: "no such user", Recipient: "ann@x.example",
		}}
		o.deliver(bounce)
		if m := o.message(item.ID); m.State != inbox.Failed || m.ErrorCode != "5.1.1" {
			t.Errorf("it came back and is %s (%s)", m.State, m.ErrorText)
		}
	})
}

// TestForwardedIsWhatWasMeant forwards one message in answer to another.
func TestForwardedIsWhatWasMeant(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOffice(t, db)
		meant := o.deliver(mail("1@x", "ann@x.example", nil))[0]
		other := o.deliver(mail("2@x", "ann@x.example", []string{"1@x"}))[0]
		m := o.write(inbox.ConversationID(other.ConversationID), inbox.Answer{
			Text: "See", To: []string{"eve@y.example"}, ForwardOf: inbox.MessageID(meant.MessageID), ReplyTo: inbox.MessageID(other.MessageID),
		})
		if !strings.Contains(m.Text, "text of 1@x") || strings.Contains(m.Text, "text of 2@x") {
			t.Errorf("forwarded %q", m.Text)
		}
	})
}

// TestOurAddressWithAMark answers a mail that came to one of our addresses with something
// behind a plus, which is where answers go when the account marks them.
func TestOurAddressWithAMark(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOffice(t, db)
		ev := mail("1@x", "ann@x.example", nil, "us+other@shop.example", "bob@x.example")
		ev.Message.To = []channels.Address{{Scope: "email", Address: "Sales+mark@shop.example"}}
		c := inbox.ConversationID(o.deliver(ev)[0].ConversationID)
		from, err := o.inbox.Correspondence(t.Context(), agent(), c)
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, p := range slices.Concat(from.ReplyAll().To, from.ReplyAll().Cc) {
			all = append(all, p.Address)
		}
		if !slices.Equal(all, []string{"ann@x.example", "bob@x.example"}) {
			t.Errorf("an answer to all goes to %q", all)
		}
		if m := o.write(c, inbox.Answer{Text: "Hello"}); m.From.Address != "sales@shop.example" {
			t.Errorf("it is written from %s", m.From.Address)
		}
	})
}
