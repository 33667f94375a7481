package telegram_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/telegram"
	"parley/channels/telegram/telegramtest"
)

func TestIdsThatBeginAnew(t *testing.T) {
	t.Parallel()
	w := newWorld(t, telegram.ModePoll)
	rec := channeltest.NewRecorder(channeltest.NewJournal())
	anna := w.Person(42, "Anna", "")
	w.run(t, w.open(t), rec)
	w.asked(t)
	w.Say(anna, 42, object{"text": "before"})
	kept(t, rec, 1)
	w.caughtUp(t) // the idle week begins when all is confirmed
	w.Renumber(17)
	w.Say(anna, 42, object{"text": "after an idle week"})
	equal(t, "text", kept(t, rec, 2)[1].Message.Text, "after an idle week")
}

func TestCursorAcrossRestarts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		cursor string
		want   string // the offset of the first poll
	}{
		{"fresh", fmt.Sprintf("500@%d@7000000001", time.Now().Add(-time.Hour).Unix()), "500"},
		{"older than what is kept", fmt.Sprintf("500@%d@7000000001", time.Now().Add(-25*time.Hour).Unix()), ""},
		{"another bot's, whose token was replaced", fmt.Sprintf("500@%d@7000000002", time.Now().Add(-time.Hour).Unix()), ""},
		{"of an earlier version", fmt.Sprintf("500@%d", time.Now().Add(-time.Hour).Unix()), ""},
		{"none", "", ""},
		{"broken", "500", ""},
	} {
		w := newWorld(t, telegram.ModePoll)
		rec := channeltest.NewRecorder(channeltest.NewJournal())
		if c.cursor != "" {
			if _, err := rec.Deliver(context.Background(), channels.Batch{Stream: "updates", Cursor: c.cursor}); err != nil {
				t.Fatal(err)
			}
		}
		seen := make(chan string, 100)
		w.api.Observe(func(x telegramtest.Exchange) {
			if x.Method == "getUpdates" {
				select {
				case seen <- x.Params.Text["offset"]:
				default:
				}
			}
		})
		w.run(t, w.open(t), rec)
		if got := <-seen; got != c.want {
			t.Errorf("%s: the first poll has the offset %q, want %q", c.name, got, c.want)
		}
	}
}

func TestSomebodyElsePolls(t *testing.T) {
	t.Parallel()
	w := newWorld(t, telegram.ModePoll)
	a, rec := w.open(t), channeltest.NewRecorder(channeltest.NewJournal())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(context.Background(), rec) }()
	w.connected(t, rec)
	other := w.open(t) // with the same token, elsewhere
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go other.Run(ctx, channeltest.NewRecorder(channeltest.NewJournal())) //nolint:errcheck // it only gets in the way
	e := channels.AsError(<-ended)
	if e == nil || e.Kind != channels.Transient || e.Code != telegram.CodeConflict || !strings.Contains(e.Text, "another program") {
		t.Errorf("Run returned %v", e)
	}
}

// connected waits until the account says so.
func (w *world) connected(t *testing.T, rec *channeltest.Recorder) {
	t.Helper()
	w.asked(t)
	w.reported(t, rec, channels.StateConnected)
}

// reported waits until the account's latest report is of a state.
func (w *world) reported(t *testing.T, rec *channeltest.Recorder, want channels.StateName) {
	t.Helper()
	deadline, tick := time.NewTimer(10*time.Second), time.NewTicker(time.Millisecond)
	defer deadline.Stop()
	defer tick.Stop()
	for {
		if all := rec.Statuses(); len(all) > 0 && all[len(all)-1].State == want {
			return
		}
		select {
		case <-tick.C:
		case <-deadline.C:
			t.Fatalf("the account does not report %s", want)
		}
	}
}

func TestPollTakesAWebhookAway(t *testing.T) {
	t.Parallel()
	w := newWorld(t, telegram.ModeWebhook)
	hooked, rec := w.open(t), channeltest.NewRecorder(channeltest.NewJournal())
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- hooked.Run(ctx, rec) }()
	w.connected(t, rec)
	cancel()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	equal(t, "webhook", w.Hook().URL, hookURL)
	w.account.Config["mode"] = telegram.ModePoll
	anna := w.Person(42, "Anna", "")
	w.Say(anna, 42, object{"text": "hello"})
	w.run(t, w.open(t), rec)
	kept(t, rec, 1)
	equal(t, "webhook", w.Hook().URL, "")
}

func TestManyDeletionsOfOnePage(t *testing.T) {
	t.Parallel()
	w := newWorld(t, telegram.ModePoll)
	rec := channeltest.NewRecorder(channeltest.NewJournal())
	w.Person(42, "Anna", "")
	ids := make([]int, 100)
	for u := range 11 {
		for i := range ids {
			ids[i] = 1 + u*len(ids) + i
		}
		w.Update("deleted_business_messages", object{"business_connection_id": "c", "chat": object{"id": 42, "type": "private", "first_name": "Anna"}, "message_ids": ids})
	}
	w.run(t, w.open(t), rec)
	if n := len(kept(t, rec, 1100)); n != 1100 {
		t.Errorf("%d events, want 1100", n)
	}
}

func TestPressIsAnswered(t *testing.T) {
	t.Parallel()
	for _, mode := range []string{telegram.ModePoll, telegram.ModeWebhook} {
		w := newWorld(t, mode)
		rec := channeltest.NewRecorder(channeltest.NewJournal())
		anna := w.Person(42, "Anna", "")
		a := w.open(t)
		if _, err := a.Send(context.Background(), channels.Outgoing{Chat: "42", Text: "Sure?", Buttons: [][]channels.Button{{{Text: "Of course", Data: "yes-1"}}}}); err != nil {
			t.Fatal(err)
		}
		w.run(t, a, rec)
		w.asked(t)
		w.Press(anna, 42, 1, "yes-1")
		m := kept(t, rec, 1)[0].Message
		equal(t, "text", m.Text, "Of course")
		equal(t, "press", *m.Press, channels.Press{RemoteID: "42:1", Data: "yes-1"})
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		if !w.Wait(ctx, func() bool {
			return slices.ContainsFunc(w.Calls(), func(c telegramtest.Call) bool { return c.Method == "answerCallbackQuery" })
		}) {
			t.Errorf("%s: the press was not answered", mode)
		}
		cancel()
	}
}
