package accounts_test

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"parley/channels"
	"parley/inbox/actor"
)

func TestAnAccountThatCannotSendShowsIt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m, p := newMemory(), newPuppet()
		h := newHouse(m, p)
		id := h.connect(t, "signed out")
		reports := make(chan channels.Status)
		p.script(id, func(ctx context.Context, in channels.Inbound) error {
			for {
				select {
				case st := <-reports:
					in.Report(ctx, st)
				case <-ctx.Done():
					return ctx.Err()
				}
			}
		})
		h.start(t)
		refused := &channels.Error{Kind: channels.AuthFailed, Code: "revoked", Text: "sign in again"}
		h.sup.Sending(id+1, refused) // nobody's
		step := func(do func(), want channels.StateName, code string) {
			t.Helper()
			do()
			synctest.Wait()
			h.expect(t, m, id, want)
			if a, _, _ := h.sup.Find(id); a.Error.Code != code {
				t.Errorf("%s shows the error %q, want %q", want, a.Error.Code, code)
			}
		}
		report := func(state channels.StateName, code string) func() {
			return func() { reports <- channels.Status{State: state, Code: code} }
		}
		step(report(channels.StateConnected, ""), channels.StateConnected, "")
		step(func() { h.sup.Sending(id, refused) }, channels.StateCannotSend, "revoked")
		step(report(channels.StateConnected, ""), channels.StateCannotSend, "revoked") // receiving says nothing of sending
		step(report(channels.StateReconnecting, "lost"), channels.StateReconnecting, "lost")
		step(report(channels.StateConnected, ""), channels.StateCannotSend, "revoked")
		step(func() { h.sup.Sending(id, nil) }, channels.StateConnected, "")
		step(func() { h.sup.Sending(id, refused) }, channels.StateCannotSend, "revoked")
		step(report(channels.StateNeedsAuth, "password"), channels.StateNeedsAuth, "password")
		step(report(channels.StateConnected, ""), channels.StateConnected, "") // signed in anew
		step(func() { h.sup.Sending(id, refused) }, channels.StateCannotSend, "revoked")
		step(func() {
			if r, err := h.Service.Test(t.Context(), actor.System(), id); err != nil || !r.OK {
				t.Errorf("%+v, %v", r, err)
			}
		}, channels.StateConnected, "")
	})
}

// TestAQuietAccountIsTriedAgain leaves an account alone that could not send, after what
// waited there was withdrawn.
func TestAQuietAccountIsTriedAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m, p := newMemory(), newPuppet()
		refused := &channels.Error{Kind: channels.AuthFailed, Code: "revoked", Text: "sign in again"}
		var well atomic.Bool
		var count atomic.Int32
		p.test = func() error {
			if count.Add(1); well.Load() {
				return nil
			}
			return refused
		}
		h := newHouse(m, p)
		id := h.connect(t, "quiet")
		h.start(t)
		time.Sleep(6 * time.Hour)
		if tries := count.Load(); tries != 0 {
			t.Errorf("tried %d times while nothing was wrong", tries)
		}
		for range 6 { // the outbox tries by itself
			h.sup.Sending(id, refused)
			time.Sleep(time.Hour)
		}
		if tries := count.Load(); tries != 0 {
			t.Errorf("tried %d times beside the outbox", tries)
		}
		h.expect(t, m, id, channels.StateCannotSend)
		time.Sleep(12 * time.Hour)
		h.expect(t, m, id, channels.StateCannotSend)
		if tries := count.Load(); tries == 0 || tries > 8 {
			t.Errorf("tried %d times in half a day", tries)
		}
		well.Store(true)
		time.Sleep(3 * time.Hour)
		h.expect(t, m, id, channels.StateConnected)
	})
}
