package store_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"testing"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
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

// TestForwardedToIsNotAnswered has whoever a mail was forwarded to stay out of what the
// customer gets next.
func TestForwardedToIsNotAnswered(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOffice(t, db)
		asked := o.deliver(mail("1@x", "ann@x.example", nil, "bob@x.example"))[0]
		begun, err := o.inbox.Begin(t.Context(), agent(), inbox.Beginning{
			AccountID: 1, Address: "carl@z.example", Subject: "Offer", Answer: inbox.Answer{Text: "Hello", Cc: []string{"dora@z.example"}},
		})
		if err != nil {
			t.Fatal(err)
		}
		for c, x := range map[inbox.ConversationID]struct {
			forwarded inbox.MessageID
			to, cc    string
		}{
			inbox.ConversationID(asked.ConversationID): {inbox.MessageID(asked.MessageID), "ann@x.example", "bob@x.example"},
			begun.ID: {inbox.MessageID(number(t, db, `SELECT MAX(id) FROM messages`)), "carl@z.example", "dora@z.example"},
		} {
			o.write(c, inbox.Answer{Text: "Who is this?", To: []string{"lawyer@y.example"}, Cc: []string{"boss@y.example"}, ForwardOf: x.forwarded})
			from, err := o.inbox.Correspondence(t.Context(), agent(), c)
			if err != nil {
				t.Fatal(err)
			}
			all := from.ReplyAll()
			if len(all.To) != 1 || all.To[0].Address != x.to || len(all.Cc) != 1 || all.Cc[0].Address != x.cc {
				t.Errorf("to all: %+v, want %s and %s", all, x.to, x.cc)
			}
			if !slices.ContainsFunc(from.Participants, func(p inbox.Party) bool { return p.Address == "lawyer@y.example" }) {
				t.Errorf("who got it is not shown: %+v", from.Participants)
			}
			if m := o.write(c, inbox.Answer{Text: "We are on it"}); len(m.To) != 1 || m.To[0].Address != x.to || m.Parent != x.forwarded {
				t.Errorf("an answer goes to %+v below %d, want %s below %d", m.To, m.Parent, x.to, x.forwarded)
			}
		}
	})
}

// TestMailUnderOurID has people send mails that carry the id of ours: their words come in
// beside it, and what is then said of the id is about our mail alone.
func TestMailUnderOurID(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOffice(t, db)
		c := o.deliver(mail("1@x", "ann@x.example", nil))[0].ConversationID
		ours := o.write(inbox.ConversationID(c), inbox.Answer{Text: "Hello"})
		item := o.post.claim(o.Now())[0]
		o.post.settle(o.Now(), item, outbox.Verdict{Outcome: outbox.Uncertain, Code: "cut"})
		for _, from := range []string{"eve@y.example", "ann@x.example"} {
			ev := mail("ours@shop", from, nil)
			ev.Key, ev.Message.Ours = channels.EventKey("by "+from), int64(ours.ID)
			got := o.deliver(ev)[0]
			if got.Kind == channels.OutcomeEcho || got.MessageID == 0 || got.MessageID == int64(ours.ID) || got.ConversationID != c {
				t.Errorf("from %s: %+v; ours is %d in %d", from, got, ours.ID, c)
			}
		}
		o.post.state(int64(ours.ID), inbox.Uncertain)
		echo := mail("ours@shop", "ann@x.example", nil)
		echo.Key, echo.Direction, echo.Message.Ours = "echo", channels.Echo, int64(ours.ID)
		if got := o.deliver(echo)[0]; got.Kind != channels.OutcomeEcho || got.MessageID != int64(ours.ID) {
			t.Errorf("the echo: %+v", got)
		}
		o.post.state(int64(ours.ID), inbox.Sent)
		again := mail("ours@shop", "us@shop.example", nil) // as it comes when we are a recipient
		again.Key, again.Message.Ours = "again", int64(ours.ID)
		if got := o.deliver(again)[0]; got.Kind != channels.OutcomeEcho {
			t.Errorf("our own, come in: %+v", got)
		}
		bounce := mail("b@x", "mailer-daemon@x.example", nil)
		bounce.Nature = channels.NatureBounce
		bounce.Message.Reports = []channels.Receipt{{RemoteID: "ours@shop", State: channels.DeliveryFailed, Code: "5.1.1", Recipient: "ann@x.example"}}
		o.deliver(bounce)
		o.post.state(int64(ours.ID), inbox.Failed)
		hold(t, db)
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

// TestWhatHasArrivedStays has a batch, decided before a verdict, note our mail as missing after
// the verdict has noted it as there.
func TestWhatHasArrivedStays(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOffice(t, db)
		c := inbox.ConversationID(o.deliver(mail("1@x", "ann@x.example", nil))[0].ConversationID)
		o.write(c, inbox.Answer{Text: "Hello"})
		o.send("ours@shop")
		late := &inbox.Mention{AccountID: 1, RemoteID: "ours@shop", ConversationID: c, Direct: true, By: inbox.Party{Scope: "email", Address: "ann@x.example"}}
		err := db.Write(t.Context(), func(ctx context.Context) error {
			return db.Save(ctx, &inbox.Changes{Mentions: []*inbox.Mention{late}})
		})
		if n := number(t, db, `SELECT COUNT(*) FROM threads WHERE remote_id = 'ours@shop' AND arrived`); err != nil || n != 1 {
			t.Errorf("it is missing again, error %v", err)
		}
	})
}

// meddler is a database in which something happens just before a step.
type meddler struct {
	*store.DB
	beforeWrite, beforeLock func()
}

func (m *meddler) Write(ctx context.Context, fn func(context.Context) error) error {
	once(&m.beforeWrite)
	return m.DB.Write(ctx, fn)
}

func (m *meddler) LockConversation(ctx context.Context, v actor.Viewer, id inbox.ConversationID) (*inbox.Conversation, bool, error) {
	once(&m.beforeLock)
	return m.DB.LockConversation(ctx, v, id)
}

func once(fn *func()) {
	if run := *fn; run != nil {
		*fn = nil
		run()
	}
}

// TestWritingIntoWhatIsBeingJoined has a conversation become part of another one between the
// look at it and its lock: nothing may be written into what is empty and closed.
func TestWritingIntoWhatIsBeingJoined(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOffice(t, db)
		m := &meddler{DB: db}
		limits := channels.Limits{Text: channels.TextLimit{Max: 1000, Unit: channels.UnitBytes}, Subject: true}
		service := inbox.New(m, func(channels.AccountID) (channels.Limits, bool) { return limits, true }, o.Now, slog.New(slog.DiscardHandler))
		first := o.deliver(mail("4@x", "ann@x.example", []string{"3@x"}))[0]
		second := o.deliver(mail("2@x", "ann@x.example", []string{"1@x"}))[0]
		join := func() { o.deliver(mail("3@x", "ann@x.example", []string{"2@x"})) }
		answer := inbox.Answer{Kind: inbox.KindMessage, Text: "Hello"}
		if db.Engine() == store.Postgres { // elsewhere nothing can come between
			answer.Undo = inbox.MaxUndo
			waiting, err := service.Write(t.Context(), agent(), inbox.ConversationID(second.ConversationID), answer)
			if err != nil {
				t.Fatal(err)
			}
			o.add(inbox.MaxUndo)
			m.beforeLock = join
			err = db.Write(t.Context(), func(ctx context.Context) error {
				return service.Release(ctx, strconv.FormatInt(int64(waiting.ID), 10)+" false")
			})
			if got := o.message(int64(waiting.ID)); err != nil || got.ConversationID != inbox.ConversationID(first.ConversationID) || got.Seq != 4 {
				t.Errorf("released into %d as %d, error %v", got.ConversationID, got.Seq, err)
			}
			hold(t, db)
			return
		}
		m.beforeWrite = join
		if _, err := service.Write(t.Context(), agent(), inbox.ConversationID(second.ConversationID), answer); !errors.Is(err, inbox.ErrMerged) {
			t.Errorf("written into a joined conversation: %v", err)
		}
		hold(t, db)
	})
}

// TestTwinKeepsTheSignature has the line above a signature reach those who read text as every
// program knows it.
func TestTwinKeepsTheSignature(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOffice(t, db)
		c := inbox.ConversationID(o.deliver(mail("1@x", "ann@x.example", nil))[0].ConversationID)
		o.write(c, inbox.Answer{HTML: "<div>Bye</div><div><br></div><div>-- </div><div>Anna</div>"})
		if out := o.send("ours@shop"); out.Text != "Bye\n\n-- \nAnna" {
			t.Errorf("sent %q", out.Text)
		}
	})
}
