package store_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// proven is a mail that proves to answer one of ours.
func proven(id, from string, answers inbox.MessageID, cc ...string) channels.Event {
	ev := mail(id, from, []string{"1@x", "ours@shop"}, cc...)
	ev.Message.Answers = int64(answers)
	return ev
}

func (o *office) correspondence(c inbox.ConversationID) inbox.Correspondence {
	o.t.Helper()
	from, err := o.inbox.Correspondence(o.t.Context(), agent(), c)
	if err != nil {
		o.t.Fatal(err)
	}
	return from
}

// everybody lists whom an answer to all goes to.
func everybody(c inbox.Correspondence) (out []string) {
	for _, p := range slices.Concat(c.ReplyAll().To, c.ReplyAll().Cc) {
		out = append(out, p.Address)
	}
	return out
}

// TestNewcomerIsOnlyOffered has somebody answer who took no part, but has our mail.
func TestNewcomerIsOnlyOffered(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOffice(t, db)
		c := inbox.ConversationID(o.deliver(mail("1@x", "ann@x.example", nil, "bob@x.example"))[0].ConversationID)
		ours := o.write(c, inbox.Answer{Text: "Hello"})
		o.send("ours@shop")
		if from := o.deliver(proven("2@x", "bob@x.example", ours.ID))[0]; o.message(from.MessageID).Newcomer {
			t.Error("whoever had a copy is no newcomer")
		}
		came := o.deliver(proven("3@x", "mallory@evil.example", ours.ID, "eve@evil.example"))[0]
		if m := o.message(came.MessageID); came.ConversationID != int64(c) || !m.Newcomer {
			t.Fatalf("in conversation %d, not %d; newcomer: %v", came.ConversationID, c, m.Newcomer)
		}
		from := o.correspondence(c)
		if got := everybody(from); !slices.Equal(got, []string{"bob@x.example"}) {
			t.Errorf("an answer to all goes to %q", got)
		}
		for _, p := range from.Participants {
			if p.Address != "ann@x.example" && p.Address != "bob@x.example" {
				t.Errorf("%s takes part", p.Address)
			}
		}
		for name, a := range map[string]inbox.Answer{"to all": {}, "to the newcomer": {ReplyTo: inbox.MessageID(came.MessageID)}} {
			a.Kind, a.Text, a.Automatic = inbox.KindMessage, "We have got it.", true
			if _, err := o.inbox.Write(t.Context(), agent(), c, a); !errors.Is(err, inbox.ErrAutomaticToNewcomer) {
				t.Errorf("an automatic answer %s: %v", name, err)
			}
		}
		// Nobody comes in on the word of a newcomer.
		for id, ev := range map[string]channels.Event{
			"4@x": mail("4@x", "mallory@evil.example", []string{"3@x"}), "5@x": mail("5@x", "eve@evil.example", []string{"3@x"}),
		} {
			if got := o.deliver(ev)[0]; got.ConversationID == int64(c) {
				t.Errorf("%s joined", id)
			}
		}
		if m := o.write(c, inbox.Answer{Text: "On it"}); len(m.To) != 1 || m.To[0].Address != "bob@x.example" {
			t.Errorf("the answer goes to %+v", m.To)
		}
		o.send("ours2@shop")
		o.write(c, inbox.Answer{Text: "Who are you?", ReplyTo: inbox.MessageID(came.MessageID)})
		o.send("ours3@shop")
		last := o.deliver(proven("6@x", "mallory@evil.example", ours.ID))[0]
		if m := o.message(last.MessageID); m.Newcomer || !slices.Equal(everybody(o.correspondence(c)), []string{"mallory@evil.example"}) {
			t.Errorf("once somebody wrote to them: newcomer %v, an answer goes to %q", m.Newcomer, everybody(o.correspondence(c)))
		}
		hold(t, db)
	})
}

// TestNewcomerBeforeAnybody has a newcomer answer what we wrote first, at once and when the
// conversation is long over.
func TestNewcomerBeforeAnybody(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOffice(t, db)
		begun, err := o.inbox.Begin(t.Context(), agent(), inbox.Beginning{
			AccountID: 1, Address: "ann@x.example", Subject: "Offer", Answer: inbox.Answer{Text: "Hello", Cc: []string{"bob@x.example"}},
		})
		if err != nil {
			t.Fatal(err)
		}
		ours := inbox.MessageID(number(t, db, `SELECT MAX(id) FROM messages`))
		o.send("ours@shop")
		o.deliver(proven("2@x", "mallory@evil.example", ours))
		if got := everybody(o.correspondence(begun.ID)); !slices.Equal(got, []string{"ann@x.example", "bob@x.example"}) {
			t.Errorf("an answer to all goes to %q", got)
		}
		o.close(int64(begun.ID))
		o.add(30 * 24 * time.Hour)
		later := o.deliver(proven("3@x", "mallory@evil.example", ours))[0]
		if later.ConversationID == int64(begun.ID) || !o.message(later.MessageID).Newcomer {
			t.Fatalf("a month later: %+v", later)
		}
		if got := everybody(o.correspondence(inbox.ConversationID(later.ConversationID))); !slices.Equal(got, []string{"ann@x.example"}) {
			t.Errorf("then an answer to all goes to %q", got)
		}
		hold(t, db)
	})
}

// TestOtherAddressOfAKnownPerson is no newcomer's.
func TestOtherAddressOfAKnownPerson(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOffice(t, db)
		first := mail("1@x", "ann@x.example", nil)
		first.Sender.Extra = []channels.Address{{Scope: "email", Address: "ann@home.example", Verified: true}}
		c := o.deliver(first)[0].ConversationID
		ours := o.write(inbox.ConversationID(c), inbox.Answer{Text: "Hello"})
		o.send("ours@shop")
		if got := o.deliver(proven("2@x", "ann@home.example", ours.ID))[0]; got.ConversationID != c || o.message(got.MessageID).Newcomer {
			t.Errorf("from home: %+v", got)
		}
	})
}

// TestForwardingIsNoAnswer forwards a mail here and from another program.
func TestForwardingIsNoAnswer(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOffice(t, db)
		got := o.deliver(mail("1@x", "ann@x.example", nil))[0]
		c := inbox.ConversationID(got.ConversationID)
		waits := func(after string, want int64) {
			t.Helper()
			if n := number(t, db, `SELECT COUNT(*) FROM conversations WHERE id = $1 AND unanswered AND assignee_id = 0`, int64(c)); n != want {
				t.Errorf("%s: %d wait, want %d", after, n, want)
			}
		}
		o.write(c, inbox.Answer{Text: "See", To: []string{"lawyer@y.example"}, ForwardOf: inbox.MessageID(got.MessageID)})
		waits("forwarded", 1)
		o.send("ours@shop")
		passed := mail("2@x", "boss@y.example", []string{"1@x"})
		passed.Direction, passed.Subject = channels.Echo, "Fwd: About 1@x"
		passed.Message.To = []channels.Address{{Scope: "email", Address: "boss@y.example"}}
		if out := o.deliver(passed)[0]; out.ConversationID != int64(c) {
			t.Fatalf("forwarded elsewhere: %+v", out)
		}
		waits("forwarded elsewhere", 1)
		answer := mail("3@x", "ann@x.example", []string{"1@x"})
		answer.Direction = channels.Echo
		answer.Message.To = []channels.Address{{Scope: "email", Address: "ann@x.example"}}
		o.deliver(answer)
		waits("answered elsewhere", 0)
		hold(t, db)
	})
}

// TestAnsweredBeforeItCame has the copy of our answer, sent elsewhere, come before the mail.
func TestAnsweredBeforeItCame(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOffice(t, db)
		answer := mail("2@x", "ann@x.example", []string{"1@x"})
		answer.Direction = channels.Echo
		answer.Message.To = []channels.Address{{Scope: "email", Address: "ann@x.example"}}
		o.deliver(answer)
		o.deliver(mail("1@x", "ann@x.example", nil))
		if n := number(t, db, `SELECT COUNT(*) FROM conversations WHERE unanswered`); n != 0 {
			t.Errorf("%d wait for an answer that was given", n)
		}
		o.deliver(mail("3@x", "ann@x.example", []string{"2@x"}))
		if n := number(t, db, `SELECT COUNT(*) FROM conversations WHERE unanswered`); n != 1 {
			t.Errorf("%d wait, want 1", n)
		}
		hold(t, db)
	})
}
