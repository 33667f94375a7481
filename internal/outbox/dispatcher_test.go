package outbox_test

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"parley/channels"
	"parley/internal/outbox"
)

// start begins a dispatcher over src in the bubble of a synctest, with one account.
func start(t *testing.T, src *memory, a channels.Adapter, edit ...func(*outbox.Options)) *outbox.Dispatcher {
	t.Helper()
	o := outbox.Options{Sources: []outbox.Source{src}, Log: slog.New(slog.DiscardHandler), Now: time.Now}
	for _, e := range edit {
		e(&o)
	}
	d := outbox.New(o)
	d.Attach(1, a)
	d.Start()
	return d
}

func state(t *testing.T, src *memory, id int64, want string) {
	t.Helper()
	if got := src.get(id).state; got != want {
		t.Errorf("item %d is %s, want %s", id, got, want)
	}
}

func TestSendsInOrderOneAtATime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		src := &memory{}
		flying, most := map[string]int{}, 0
		var mu sync.Mutex
		a := &script{send: func(_ context.Context, m channels.Outgoing) (channels.Sent, error) {
			mu.Lock()
			flying[m.Chat]++
			most = max(most, flying[m.Chat])
			mu.Unlock()
			time.Sleep(time.Second)
			mu.Lock()
			flying[m.Chat]--
			mu.Unlock()
			return channels.Sent{RemoteID: "r" + m.Key}, nil
		}}
		d := start(t, src, a)
		begun := time.Now()
		for range 5 {
			src.put(1, 10, "a")
			src.put(1, 20, "b")
		}
		d.Wake()
		time.Sleep(6 * time.Second)
		d.Stop()
		if most != 1 {
			t.Errorf("%d messages of one chat in flight at once", most)
		}
		last := map[string]int64{}
		for _, s := range a.attempts() {
			if s.id <= last[s.chat] {
				t.Errorf("message %d went after %d", s.id, last[s.chat])
			}
			last[s.chat] = s.id
		}
		if took := a.attempts()[9].at.Sub(begun); took != 4*time.Second {
			t.Errorf("the last message began after %v, want 4s: the chats wait for each other", took)
		}
		for id := int64(1); id <= 10; id++ {
			state(t, src, id, "sent")
		}
	})
}

func TestTransientFailureIsTriedAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		src := &memory{}
		a := &script{send: first(channels.Error{Kind: channels.Transient, Code: "busy"})}
		d := start(t, src, a)
		src.put(1, 10, "a")
		src.put(1, 10, "a")
		d.Wake()
		time.Sleep(20 * time.Second)
		d.Stop()
		var order []int64
		for _, s := range a.attempts() {
			order = append(order, s.id)
		}
		if len(order) != 4 || order[0] != 1 || order[1] != 1 || order[2] != 2 || order[3] != 2 {
			t.Errorf("attempts %v, want 1 1 2 2", order)
		}
		if wait := a.attempts()[1].at.Sub(a.attempts()[0].at); wait < 2*time.Second || wait > 3*time.Second {
			t.Errorf("tried again after %v, want two seconds and a little", wait)
		}
		state(t, src, 2, "sent")
	})
}

func TestGivesUpAfterADay(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		kind channels.ErrorKind
		safe bool
		want string
	}{
		"transient":               {channels.Transient, false, "failed"},
		"uncertain, de-duplicate": {channels.Uncertain, true, "uncertain"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				src := &memory{}
				a := &script{limits: channels.Limits{SafeResend: c.safe}, send: always(channels.Error{Kind: c.kind, Code: "busy"})}
				d := start(t, src, a)
				src.put(1, 10, "a")
				d.Wake()
				time.Sleep(22 * time.Hour)
				state(t, src, 1, "queued")
				time.Sleep(3 * time.Hour)
				d.Stop()
				state(t, src, 1, c.want)
				if got := src.get(1).verdict.Code; got != "busy" {
					t.Errorf("code %q, want busy", got)
				}
				if n := len(a.attempts()); n < 20 || n > 45 {
					t.Errorf("%d attempts in a day, want some thirty", n)
				}
			})
		})
	}
}

func TestPermanentAndUncertainEndTheMessage(t *testing.T) {
	t.Parallel()
	for kind, want := range map[channels.ErrorKind]string{channels.Permanent: "failed", channels.Uncertain: "uncertain"} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				src := &memory{}
				a := &script{send: func(_ context.Context, m channels.Outgoing) (channels.Sent, error) {
					if m.MessageID == 1 {
						return channels.Sent{}, &channels.Error{Kind: kind, Code: "code\x00", Text: "text"}
					}
					return channels.Sent{}, nil
				}}
				d := start(t, src, a)
				src.put(1, 10, "a")
				src.put(1, 10, "a")
				d.Wake()
				time.Sleep(time.Hour)
				d.Stop()
				state(t, src, 1, want)
				state(t, src, 2, "sent")
				if v := src.get(1).verdict; v.Code != "code" || v.Text != "text" {
					t.Errorf("verdict %+v, want code and text without NUL", v)
				}
				if n := len(a.attempts()); n != 2 {
					t.Errorf("%d attempts, want 2", n)
				}
			})
		})
	}
}

func TestPanicIsUncertain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		src := &memory{}
		d := start(t, src, &script{send: func(context.Context, channels.Outgoing) (channels.Sent, error) { panic("bug") }})
		src.put(1, 10, "a")
		d.Wake()
		time.Sleep(time.Second)
		d.Stop()
		state(t, src, 1, "uncertain")
	})
}

// TestAnAccountThatCannotSendRestsAndRecovers has networks that refuse the sign-in, or cannot be
// reached, for a day and then work again.
func TestAnAccountThatCannotSendRestsAndRecovers(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		e       channels.Error
		most    int           // attempts in a day
		shownBy time.Duration // when the account is known to be unable
		soon    time.Duration // how soon it sends once it can
	}{
		"sign-in refused": {channels.Error{Kind: channels.AuthFailed, Code: "token"}, 30, 0, 75 * time.Minute},
		"unreachable":     {channels.Error{Kind: channels.Transient, Code: "refused", Scope: channels.ScopeAccount}, 1500, 30 * time.Second, 3 * time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				begun := time.Now()
				src, works := &memory{}, false
				a := &script{}
				a.send = func(context.Context, channels.Outgoing) (channels.Sent, error) {
					if works {
						return channels.Sent{}, nil
					}
					return channels.Sent{}, &c.e
				}
				var told []string
				d := start(t, src, a, func(o *outbox.Options) {
					o.Sending = func(id channels.AccountID, e *channels.Error) {
						word := "works"
						if e != nil {
							word = e.Code
						}
						if n := len(told); n > 0 && told[n-1] == word {
							return
						}
						if told = append(told, word); id != 1 || len(told) == 1 && time.Since(begun) > c.shownBy {
							t.Errorf("account %d told after %s", id, time.Since(begun))
						}
					}
				})
				other := &script{}
				d.Attach(2, other)
				src.put(1, 10, "a")
				src.put(1, 20, "b")
				d.Wake()
				time.Sleep(20 * time.Hour)
				src.put(2, 30, "c")
				d.Wake()
				time.Sleep(time.Second)
				state(t, src, 1, "queued")
				state(t, src, 3, "sent")
				if n := len(a.attempts()); n > c.most {
					t.Errorf("%d attempts", n)
				}
				works = true
				time.Sleep(c.soon)
				d.Stop()
				state(t, src, 1, "sent")
				state(t, src, 2, "sent")
				if got := strings.Join(told, " "); got != c.e.Code+" works" {
					t.Errorf("told %q", got)
				}
			})
		})
	}
}

// TestASignInEndsTheRest attaches an account anew, as after a new sign-in.
func TestASignInEndsTheRest(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		src := &memory{}
		d := start(t, src, &script{send: always(channels.Error{Kind: channels.AuthFailed, Code: "token"})})
		src.put(1, 10, "a")
		d.Wake()
		time.Sleep(time.Minute)
		d.Attach(1, &script{})
		time.Sleep(time.Second)
		d.Stop()
		state(t, src, 1, "sent")
	})
}

func TestSourceInTroubleIsAskedAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		src := &memory{}
		a := &script{send: func(context.Context, channels.Outgoing) (channels.Sent, error) {
			src.fail(5) // the verdict cannot be stored at first
			return channels.Sent{RemoteID: "r"}, nil
		}}
		src.fail(3)
		src.put(1, 10, "a")
		d := start(t, src, a)
		time.Sleep(time.Minute)
		d.Stop()
		state(t, src, 1, "sent")
		if n := len(a.attempts()); n != 1 {
			t.Errorf("%d attempts, want 1", n)
		}
	})
}

func TestNothingToDoIsNothingDone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		src := &memory{}
		d := start(t, src, &script{})
		src.put(1, 10, "a")
		d.Wake()
		time.Sleep(time.Second)
		before := src.asked()
		time.Sleep(24 * time.Hour)
		d.Stop()
		if n := src.asked() - before; n != 0 {
			t.Errorf("%d claims in an idle day", n)
		}
	})
}

func TestPollFindsWhatOthersQueued(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		src := &memory{}
		a := &script{}
		d := start(t, src, a, func(o *outbox.Options) { o.Poll = time.Second })
		time.Sleep(time.Minute)
		src.put(1, 10, "a")
		time.Sleep(time.Second)
		synctest.Wait()
		d.Stop()
		state(t, src, 1, "sent")
	})
}
