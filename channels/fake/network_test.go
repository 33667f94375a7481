package fake_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/fake"
)

// line is a network with an account that is running.
type line struct {
	*fake.Network
	adapter channels.Adapter
	journal *channeltest.Journal
	rec     *channeltest.Recorder
}

// connect runs an account until the test's context ends. It must be called in a bubble.
func connect(t *testing.T, p fake.Profile) line {
	t.Helper()
	n := fake.NewNetwork(p, token, time.Now)
	j := channeltest.NewJournal()
	s := setup(n, fake.ModePoll, j)
	a, err := s.Driver.Open(s.Account, channels.Env{})
	if err != nil {
		t.Fatal(err)
	}
	l := line{Network: n, adapter: a, journal: j, rec: channeltest.NewRecorder(j)}
	done := make(chan error, 1)
	ctx, cancel := context.WithCancel(t.Context())
	go func() { done <- a.Run(ctx, l.rec) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Run: %v", err)
		}
	})
	return l
}

func TestReceiptOvertakesAnswer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := connect(t, fake.Messenger())
		l.Script(fake.MethodSend, fake.ReceiptFirst)
		sent, err := l.adapter.Send(t.Context(), channels.Outgoing{Key: "1", Chat: "contact", Text: "hello"})
		if err != nil {
			t.Fatal(err)
		}
		events := l.rec.Events() // the receipt is here already
		if len(events) != 1 || events[0].Receipt == nil || events[0].Receipt.RemoteID != sent.RemoteID || events[0].Receipt.State != channels.Delivered {
			t.Errorf("events = %+v", events)
		}
	})
}

func TestWindowCloses(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := fake.Messenger()
		p.Window = 24 * time.Hour
		l := connect(t, p)
		send := func(key string) error {
			_, err := l.adapter.Send(t.Context(), channels.Outgoing{Key: key, Chat: "contact", Text: "hello"})
			return err
		}
		if e := channels.AsError(send("1")); e == nil || e.Code != "window_closed" || e.Kind != channels.Permanent {
			t.Errorf("before the contact wrote: %v", e)
		}
		l.Write("contact", "Contact", "hi")
		if err := send("2"); err != nil {
			t.Errorf("inside the window: %v", err)
		}
		time.Sleep(24*time.Hour + time.Second)
		if e := channels.AsError(send("3")); e == nil || e.Code != "window_closed" {
			t.Errorf("after the window: %v", e)
		}
	})
}

func TestLostReplyIsShownOnce(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		profile fake.Profile
		shown   int
	}{"recognised": {fake.Messenger(), 1}, "not recognised": {fake.Plain(), 2}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				l := connect(t, c.profile)
				m := channels.Outgoing{Key: "1", Chat: "contact", Text: "hello"}
				l.Script(fake.MethodSend, fake.LoseReply)
				if _, err := l.adapter.Send(t.Context(), m); channels.AsError(err) == nil {
					t.Fatal("the lost reply went unnoticed")
				}
				if _, err := l.adapter.Send(t.Context(), m); err != nil {
					t.Fatal(err)
				}
				if n := len(l.Shown()); n != c.shown {
					t.Errorf("the contact sees %d messages, want %d", n, c.shown)
				}
			})
		})
	}
}

func TestBrokenAnswerIsUncertain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := connect(t, fake.Messenger())
		l.Script(fake.MethodSend, fake.Broken)
		_, err := l.adapter.Send(t.Context(), channels.Outgoing{Key: "1", Chat: "contact", Text: "hello"})
		if e := channels.AsError(err); e == nil || e.Kind != channels.Uncertain {
			t.Errorf("a 500 became %v", err)
		}
	})
}

func TestContactsDoEverything(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := connect(t, fake.Messenger())
		id := l.Write("contact", "Contact", "first")
		l.Rewrite("contact", id, "second")
		l.React("contact", id, "👍")
		l.Receipt("contact", "m99", "read")
		l.Withdraw("contact", id)
		synctest.Wait()
		got := l.rec.Events()
		if len(got) != 5 || got[0].Message == nil || got[1].Edit == nil || got[2].Reaction == nil || got[3].Receipt == nil || got[4].Delete == nil {
			t.Fatalf("events = %+v", got)
		}
		if got[1].Edit.Text != "second" || got[1].Edit.RemoteID != id || got[3].Receipt.State != channels.Read {
			t.Errorf("events = %+v", got)
		}
		if l.Pending() != 0 {
			t.Errorf("%d updates are unacknowledged", l.Pending())
		}
	})
}

func TestRichAccountChangesMessages(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := connect(t, fake.Messenger())
		ctx := t.Context()
		sent, err := l.adapter.Send(ctx, channels.Outgoing{Key: "1", Chat: "contact", Text: "helo"})
		if err != nil {
			t.Fatal(err)
		}
		for _, err := range []error{
			l.adapter.(channels.Editor).Edit(ctx, sent.RemoteID, channels.Outgoing{Chat: "contact", Text: "hello"}),
			l.adapter.(channels.Reactor).React(ctx, "contact", sent.RemoteID, "❤"),
			l.adapter.(channels.Deleter).Delete(ctx, "contact", sent.RemoteID),
			l.adapter.(channels.Typer).Typing(ctx, "contact", "Anna"),
			l.adapter.(channels.Tester).Test(ctx),
		} {
			if err != nil {
				t.Error(err)
			}
		}
		want := fake.Message{ID: sent.RemoteID, Chat: "contact", Text: "hello", Edited: true, Deleted: true, Reaction: "❤"}
		if got := l.Shown(); len(got) != 1 || got[0].Text != want.Text || !got[0].Edited || !got[0].Deleted || got[0].Reaction != want.Reaction {
			t.Errorf("shown = %+v, want %+v", got, want)
		}
		if typing := l.Typing(); len(typing) != 1 || typing[0] != "Anna" {
			t.Errorf("typing = %q", typing)
		}
		err = l.adapter.(channels.Deleter).Delete(ctx, "contact", "m404")
		if e := channels.AsError(err); e == nil || e.Kind != channels.Permanent {
			t.Errorf("deleting what is not there: %v", err)
		}
	})
}

func TestPushNeedsItsSignature(t *testing.T) {
	t.Parallel()
	n := fake.NewNetwork(fake.Messenger(), token, time.Now)
	j := channeltest.NewJournal()
	s := setup(n, fake.ModePush, j)
	a, err := s.Driver.Open(s.Account, channels.Env{})
	if err != nil {
		t.Fatal(err)
	}
	rec := channeltest.NewRecorder(j)
	for _, header := range []map[string]string{nil, {"x-fake-signature": ""}, {"x-fake-signature": "00"}} {
		r, err := a.(channels.Webhook).Receive(t.Context(), channels.Request{Method: "POST", Body: []byte("{}"), Header: header}, rec)
		if err != nil || r.Status != 401 {
			t.Errorf("header %v: status %d, error %v", header, r.Status, err)
		}
	}
	if len(rec.Events()) != 0 {
		t.Error("an unsigned push was kept")
	}
}
