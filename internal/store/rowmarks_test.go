package store_test

import (
	"testing"

	"parley/channels"
	"parley/inbox"
	"parley/internal/outbox"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// seen is a conversation as the list, a reading of it alone and the feed show it.
func (o *office) seen(c inbox.ConversationID) inbox.Row {
	o.t.Helper()
	page, err := o.inbox.List(o.t.Context(), agent(), inbox.Filter{})
	if err != nil || len(page.Items) != 1 {
		o.t.Fatalf("list: %d, %v", len(page.Items), err)
	}
	one, err := o.inbox.Get(o.t.Context(), agent(), c)
	if err != nil {
		o.t.Fatal(err)
	}
	fed, err := o.db.FeedConversations(o.t.Context(), []inbox.ConversationID{c})
	if err != nil || len(fed) != 1 {
		o.t.Fatalf("feed: %d, %v", len(fed), err)
	}
	for _, other := range []inbox.Row{one, fed[0]} {
		if other.Trouble() != page.Items[0].Trouble() || other.LastAuthor != page.Items[0].LastAuthor {
			o.t.Errorf("listed as %q by %q, read as %q by %q", page.Items[0].Trouble(), page.Items[0].LastAuthor, other.Trouble(), other.LastAuthor)
		}
	}
	return one
}

// renewed tells whether open pages were told of a conversation since.
func (o *office) renewed(c inbox.ConversationID, since int64) bool {
	o.t.Helper()
	list, err := o.db.FeedAfter(o.t.Context(), since, 100)
	if err != nil {
		o.t.Fatal(err)
	}
	for _, n := range list {
		if n.Type == "conversation.updated" && n.ObjectID == int64(c) {
			return true
		}
	}
	return false
}

func (o *office) fed() int64 {
	o.t.Helper()
	head, err := o.db.FeedHead(o.t.Context())
	if err != nil {
		o.t.Fatal(err)
	}
	return head
}

// TestRowsShowWhatDidNotArrive follows an answer whose fate lists have to show.
func TestRowsShowWhatDidNotArrive(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOffice(t, db)
		c := inbox.ConversationID(o.deliver(mail("1@x", "ann@x.example", nil))[0].ConversationID)
		m := o.write(c, inbox.Answer{Text: "Hello"})
		if got := o.seen(c); got.Trouble() != "" || got.AnswerID != m.ID {
			t.Fatalf("on its way: %q of %d", got.Trouble(), got.AnswerID)
		}
		settle := func(v outbox.Verdict, want inbox.State) {
			t.Helper()
			item := o.post.claim(o.Now())[0]
			before := o.fed()
			o.post.settle(o.Now(), item, v)
			if got := o.seen(c).Trouble(); got != want {
				t.Errorf("after %v it is %q, want %q", v.Outcome, got, want)
			}
			if want != "" && !o.renewed(c, before) {
				t.Errorf("open pages do not hear that it is %q", want)
			}
		}
		settle(outbox.Verdict{Outcome: outbox.Failed, Code: "no"}, inbox.Failed)
		before := o.fed()
		if _, err := o.inbox.Resend(t.Context(), agent(), m.ID); err != nil {
			t.Fatal(err)
		}
		if o.seen(c).Trouble() != "" || !o.renewed(c, before) {
			t.Error("what is sent again still counts as failed")
		}
		settle(outbox.Verdict{Outcome: outbox.Uncertain, Code: "cut"}, inbox.Uncertain)
		again := o.write(c, inbox.Answer{Text: "Once more"})
		if got := o.seen(c).Trouble(); got != "" {
			t.Errorf("a later answer is %q", got)
		}
		settle(outbox.Verdict{Outcome: outbox.Sent, RemoteID: "ours@shop"}, "")
		bounce := mail("b@x", "mailer-daemon@x.example", nil)
		bounce.Nature, bounce.Sender.Name = channels.NatureBounce, "Mail Delivery System"
		bounce.Message.References = []string{"ours@shop"}
		bounce.Message.Reports = []channels.Receipt{{RemoteID: "ours@shop", State: channels.DeliveryFailed, Code: "5.1.1", Recipient: "ann@x.example"}}
		before = o.fed()
		o.deliver(bounce)
		if got := o.seen(c); got.Trouble() != inbox.Failed || got.LastAuthor != "Mail Delivery System" || !o.renewed(c, before) {
			t.Errorf("it came back: %q, by %q", got.Trouble(), got.LastAuthor)
		}
		// The contact's own words are nobody else's; a colleague of theirs is.
		o.deliver(mail("2@x", "ann@x.example", []string{"1@x"}))
		if got := o.seen(c).LastAuthor; got != "" {
			t.Errorf("the contact wrote, and %q is named", got)
		}
		o.deliver(proven("3@x", "bob@x.example", again.ID))
		if got := o.seen(c).LastAuthor; got != "N. bob@x.example" {
			t.Errorf("somebody else wrote, and %q is named", got)
		}
	})
}
