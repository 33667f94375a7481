package outbox_test

import (
	"context"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"parley/channels"
	"parley/internal/outbox"
)

func discard() *slog.Logger { return slog.New(slog.DiscardHandler) }

// offsets are the times of attempts since the first, in whole steps.
func offsets(list []attempt, step time.Duration) []int {
	var out []int
	for _, a := range list {
		out = append(out, int(a.at.Sub(list[0].at)/step))
	}
	return out
}

func TestPaceOfAnAccount(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		src := &memory{}
		slow := &script{limits: channels.Limits{PerAccount: channels.Rate{Count: 3, Per: 3 * time.Second}}}
		d := start(t, src, slow)
		other := &script{}
		d.Attach(2, other)
		for chat := range int64(9) {
			src.put(1, chat, string(rune('a'+chat)))
		}
		src.put(2, 100, "z")
		d.Wake()
		synctest.Wait()
		if n := len(other.attempts()); n != 1 {
			t.Errorf("the other account sent %d, want 1 at once", n)
		}
		time.Sleep(10 * time.Second)
		d.Stop()
		got := offsets(slow.attempts(), time.Second)
		want := []int{0, 0, 0, 1, 2, 3, 4, 5, 6}
		if len(got) != len(want) {
			t.Fatalf("sent at seconds %v, want %v", got, want)
		}
		for i := range want {
			if got[i] != want[i] {
				t.Fatalf("sent at seconds %v, want %v", got, want)
			}
		}
	})
}

func TestPaceOfAChat(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		src := &memory{}
		a := &script{limits: channels.Limits{PerChat: channels.Rate{Count: 1, Per: 2 * time.Second}}}
		d := start(t, src, a)
		for range 3 {
			src.put(1, 10, "a")
		}
		src.put(1, 20, "b")
		d.Wake()
		time.Sleep(10 * time.Second)
		d.Stop()
		var chatA []attempt
		for _, s := range a.attempts() {
			if s.chat == "a" {
				chatA = append(chatA, s)
			}
			if s.number != 1 {
				t.Errorf("message %d counts attempt %d, though it was only postponed", s.id, s.number)
			}
		}
		if got := offsets(chatA, time.Second); len(got) != 3 || got[1] != 2 || got[2] != 4 {
			t.Errorf("sent at seconds %v, want 0 2 4", got)
		}
		if offset := a.attempts()[1].at.Sub(a.attempts()[0].at); offset != 0 {
			t.Errorf("the other chat waited %v", offset)
		}
	})
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		scope channels.Scope
		other time.Duration // when a message of another chat goes that came after the refusal
	}{"chat": {channels.ScopeChat, time.Second}, "account": {channels.ScopeAccount, 60 * time.Second}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				src := &memory{}
				a := &script{send: func(_ context.Context, m channels.Outgoing) (channels.Sent, error) {
					if m.MessageID == 1 && m.Attempt == 1 {
						return channels.Sent{}, &channels.Error{Kind: channels.Transient, Code: "rate", RetryAfter: time.Minute, Scope: c.scope}
					}
					return channels.Sent{}, nil
				}}
				d := start(t, src, a)
				begun := time.Now()
				src.put(1, 10, "a")
				d.Wake()
				time.Sleep(time.Second)
				src.put(1, 20, "b")
				src.put(1, 10, "a")
				d.Wake()
				time.Sleep(2 * time.Minute)
				d.Stop()
				for _, s := range a.attempts()[1:] {
					at := s.at.Sub(begun)
					if s.chat == "a" && (at < time.Minute || at > 76*time.Second) {
						t.Errorf("message %d of the refused chat went after %v, want a minute and a little", s.id, at)
					}
					if s.chat == "b" && (at < c.other || at > c.other+c.other/4) {
						t.Errorf("message of the other chat went after %v, want %v", at, c.other)
					}
				}
				for id := int64(1); id <= 3; id++ {
					state(t, src, id, "sent")
				}
			})
		})
	}
}

// TestAccountRestsAfterFailures has a network that is down: the account's messages are
// not all tried in vain.
func TestAccountRestsAfterFailures(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		src := &memory{}
		a := &script{send: always(channels.Error{Kind: channels.Transient, Code: "down", Scope: channels.ScopeAccount})}
		d := start(t, src, a, func(o *outbox.Options) { o.SlotsPerAccount = 1 })
		for chat := range int64(100) {
			src.put(1, chat, string(rune('a'+chat)))
		}
		d.Wake()
		time.Sleep(10 * time.Minute)
		d.Stop()
		if n := len(a.attempts()); n < 10 || n > 20 {
			t.Errorf("%d attempts in ten minutes of outage, want a handful and then one a minute", n)
		}
	})
}

// TestBusyAccountLeavesRoom has a flood on one account that takes long to send.
func TestBusyAccountLeavesRoom(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		src := &memory{}
		flood := &script{send: always(channels.Error{Kind: channels.Permanent})}
		d := start(t, src, flood, func(o *outbox.Options) { o.Slots, o.SlotsPerAccount = 4, 4 })
		quiet := map[channels.AccountID]*script{}
		for id := channels.AccountID(2); id <= 9; id++ {
			quiet[id] = &script{}
			d.Attach(id, quiet[id])
		}
		for chat := range int64(400) {
			src.put(1, chat, string(rune('a'+chat)))
		}
		for id := range quiet {
			src.put(id, 1000+int64(id), "z")
		}
		d.Wake()
		time.Sleep(time.Second)
		d.Stop()
		if n := len(flood.attempts()); n != 400 {
			t.Errorf("%d of the flood sent, want 400", n)
		}
		for id, a := range quiet {
			if n := len(a.attempts()); n != 1 {
				t.Errorf("account %d sent %d, want 1", id, n)
			}
		}
	})
}

func TestDetachedAccountSendsNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		src := &memory{}
		a := &script{limits: channels.Limits{PerAccount: channels.Rate{Count: 1, Per: time.Minute}}}
		d := start(t, src, a)
		src.put(1, 10, "a")
		d.Wake()
		time.Sleep(time.Second)
		d.Detach(1)
		src.put(1, 10, "a")
		d.Wake()
		time.Sleep(time.Hour)
		state(t, src, 2, "queued")
		d.Attach(1, a)
		src.put(1, 20, "b")
		time.Sleep(time.Second)
		if n := len(a.attempts()); n != 2 {
			t.Errorf("%d attempts, want 2: the pace holds across a new attachment", n)
		}
		d.Stop()
	})
}
