package outbox_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"parley/channels"
	"parley/internal/outbox"
)

func TestSendHasADeadline(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ limit, want time.Duration }{"default": {0, 30 * time.Second}, "own": {5 * time.Second, 5 * time.Second}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				src := &memory{}
				a := &script{limits: channels.Limits{SendTimeout: c.limit}}
				a.send = func(ctx context.Context, _ channels.Outgoing) (channels.Sent, error) {
					begun := time.Now()
					<-ctx.Done()
					if took := time.Since(begun); took != c.want {
						t.Errorf("deadline after %v, want %v", took, c.want)
					}
					return channels.Sent{}, ctx.Err()
				}
				d := start(t, src, a)
				src.put(1, 10, "a")
				d.Wake()
				time.Sleep(time.Minute)
				d.Stop()
				state(t, src, 1, "uncertain")
			})
		})
	}
}

// TestHangingSendKeepsNobodyElseWaiting has an adapter that heeds no deadline: the
// message is shown as uncertain soon, others go on, and the late word still counts.
func TestHangingSendKeepsNobodyElseWaiting(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		src := &memory{}
		hanging := &script{send: func(_ context.Context, m channels.Outgoing) (channels.Sent, error) {
			if m.MessageID <= 2 {
				time.Sleep(time.Hour)
			}
			return channels.Sent{RemoteID: "r" + m.Key}, nil
		}}
		other := &script{}
		d := start(t, src, hanging, func(o *outbox.Options) { o.Slots, o.SlotsPerAccount = 2, 3 })
		d.Attach(2, other)
		src.put(1, 10, "a")
		src.put(1, 20, "b")
		src.put(2, 30, "c") // 3: no slot is left
		src.put(1, 10, "a") // 4: behind the first
		d.Wake()
		time.Sleep(33 * time.Second)
		for id, want := range map[int64]string{1: "uncertain", 2: "uncertain", 3: "sent", 4: "sent"} {
			state(t, src, id, want)
		}
		if code := src.get(1).verdict.Code; code != outbox.CodeTimeout {
			t.Errorf("code %q, want %q", code, outbox.CodeTimeout)
		}
		time.Sleep(time.Hour)
		d.Stop()
		state(t, src, 1, "sent")
		state(t, src, 2, "sent")
		if got := src.get(1).verdict.RemoteID; got != "r1" {
			t.Errorf("remote id %q, want r1", got)
		}
	})
}

func TestHangingAdapterGathersNoCrowd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		src := &memory{}
		a := &script{send: func(context.Context, channels.Outgoing) (channels.Sent, error) {
			time.Sleep(time.Hour)
			return channels.Sent{}, nil
		}}
		d := start(t, src, a, func(o *outbox.Options) { o.SlotsPerAccount = 3 })
		for chat := range int64(10) {
			src.put(1, chat, string(rune('a'+chat)))
		}
		d.Wake()
		time.Sleep(50 * time.Minute)
		if n := len(a.attempts()); n != 3 {
			t.Errorf("%d attempts hang, want 3", n)
		}
		time.Sleep(5 * time.Hour)
		d.Stop()
		if n := len(a.attempts()); n != 10 {
			t.Errorf("%d attempts in the end, want 10", n)
		}
	})
}

// TestAbandonedClaims stands for a crash: a dispatcher claims and is never heard of
// again, and another one takes over.
func TestAbandonedClaims(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		safe bool
		want string
		sent int
	}{"uncertain": {false, "uncertain", 0}, "sent again where that is safe": {true, "sent", 1}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				src := &memory{}
				src.put(1, 10, "a")
				lost, err := src.Claim(t.Context(), time.Now(), []outbox.Want{
					{AccountID: 1, Limit: 1, Until: time.Now().Add(40 * time.Second), SafeResend: c.safe},
				})
				if err != nil || len(lost) != 1 {
					t.Fatalf("claimed %v, error %v", lost, err)
				}
				src.put(1, 10, "a")
				a := &script{limits: channels.Limits{SafeResend: c.safe}}
				d := start(t, src, a)
				time.Sleep(39 * time.Second)
				state(t, src, 1, "sending")
				if n := len(a.attempts()); n != 0 {
					t.Errorf("%d attempts while another's claim holds", n)
				}
				time.Sleep(2 * time.Second)
				d.Stop()
				state(t, src, 1, c.want)
				state(t, src, 2, "sent")
				if n := len(a.attempts()); n != 1+c.sent {
					t.Errorf("%d attempts, want %d", n, 1+c.sent)
				}
			})
		})
	}
}

func TestStopDrains(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		src := &memory{}
		takes := map[int64]time.Duration{1: 5 * time.Second, 2: 20 * time.Second, 3: 40 * time.Second}
		a := &script{limits: channels.Limits{SendTimeout: time.Minute}}
		a.send = func(ctx context.Context, m channels.Outgoing) (channels.Sent, error) {
			if m.MessageID == 3 {
				ctx = context.Background() // hangs
			}
			select {
			case <-time.After(takes[m.MessageID]):
				return channels.Sent{}, nil
			case <-ctx.Done():
				return channels.Sent{}, &channels.Error{Kind: channels.Transient, Code: "stopped"}
			}
		}
		d := start(t, src, a)
		for chat := range int64(3) {
			src.put(1, chat, string(rune('a'+chat)))
		}
		src.put(1, 0, "a") // 4: behind the first
		d.Wake()
		synctest.Wait()
		begun := time.Now()
		d.Stop()
		if took := time.Since(begun); took != 11*time.Second {
			t.Errorf("stopped after %v, want the drain and a second", took)
		}
		for id, want := range map[int64]string{1: "sent", 2: "queued", 3: "sending", 4: "queued"} {
			state(t, src, id, want)
		}
		time.Sleep(time.Minute)
		state(t, src, 3, "sending") // nobody settles after Stop; the lease does
		if n := len(a.attempts()); n != 3 {
			t.Errorf("%d attempts, want 3: nothing begins after Stop", n)
		}
	})
}

// TestStaleClaimIsNotSent stands for a program that was suspended between its claim
// and its attempt.
func TestStaleClaimIsNotSent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		src := &slow{memory: &memory{}, claim: time.Minute}
		src.put(1, 10, "a")
		a := &script{}
		o := outbox.Options{Sources: []outbox.Source{src}, Log: discard(), Now: time.Now}
		d := outbox.New(o)
		d.Attach(1, a)
		d.Start()
		time.Sleep(90 * time.Second)
		d.Stop()
		if n := len(a.attempts()); n != 0 {
			t.Errorf("%d attempts under a claim that has run out", n)
		}
		state(t, src.memory, 1, "queued")
	})
}

// slow is a source whose answer to a claim takes its time.
type slow struct {
	*memory
	claim time.Duration
}

func (s *slow) Claim(ctx context.Context, now time.Time, wants []outbox.Want) ([]outbox.Item, error) {
	items, err := s.memory.Claim(ctx, now, wants)
	time.Sleep(s.claim)
	return items, err
}
