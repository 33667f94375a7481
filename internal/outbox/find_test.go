package outbox_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"parley/channels"
)

// finder is an adapter whose network can be asked what arrived.
type finder struct {
	*script
	find  func(ctx context.Context) (channels.Sent, bool, error)
	asked int
}

func (f *finder) FindSent(ctx context.Context, _ channels.Outgoing) (channels.Sent, bool, error) {
	f.asked++
	return f.find(ctx)
}

// TestTheNetworkIsAskedWhatArrived has attempts fail, and the network know better.
func TestTheNetworkIsAskedWhatArrived(t *testing.T) {
	t.Parallel()
	yes := func(context.Context) (channels.Sent, bool, error) {
		return channels.Sent{RemoteID: "theirs"}, true, nil
	}
	lost := channels.Error{Kind: channels.Uncertain, Code: "no_answer"}
	for name, c := range map[string]struct {
		err   channels.Error
		find  func(context.Context) (channels.Sent, bool, error)
		want  string
		asked int
	}{
		"it has it":     {lost, yes, "sent", 1},
		"it has it not": {lost, func(context.Context) (channels.Sent, bool, error) { return channels.Sent{}, false, nil }, "uncertain", 1},
		"it is out":     {lost, func(context.Context) (channels.Sent, bool, error) { return channels.Sent{}, true, errors.New("away") }, "uncertain", 1},
		"it hangs": {lost, func(ctx context.Context) (channels.Sent, bool, error) {
			<-ctx.Done()
			return channels.Sent{}, false, ctx.Err()
		}, "uncertain", 1},
		"it panics":       {lost, func(context.Context) (channels.Sent, bool, error) { panic("odd") }, "uncertain", 1},
		"it has refused":  {channels.Error{Kind: channels.Permanent, Code: "no"}, yes, "failed", 0},
		"nothing to find": {channels.Error{Kind: channels.AuthFailed, Scope: channels.ScopeAccount, Code: "token"}, yes, "queued", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				src := &memory{}
				a := &finder{script: &script{send: always(c.err)}, find: c.find}
				d := start(t, src, a)
				src.put(1, 10, "a")
				d.Wake()
				time.Sleep(20 * time.Second)
				d.Stop()
				state(t, src, 1, c.want)
				if a.asked != c.asked {
					t.Errorf("asked %d times, want %d", a.asked, c.asked)
				}
			})
		})
	}
}

// TestTheNetworkIsAskedAfterTheAttemptsTime has the answer get lost until the attempt's own time is over.
func TestTheNetworkIsAskedAfterTheAttemptsTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		src := &memory{}
		a := &finder{script: &script{limits: channels.Limits{SendTimeout: 5 * time.Second}}}
		a.send = func(ctx context.Context, _ channels.Outgoing) (channels.Sent, error) {
			<-ctx.Done()
			return channels.Sent{}, ctx.Err()
		}
		a.find = func(ctx context.Context) (channels.Sent, bool, error) {
			return channels.Sent{RemoteID: "theirs"}, ctx.Err() == nil, nil
		}
		d := start(t, src, a)
		src.put(1, 10, "a")
		d.Wake()
		time.Sleep(10 * time.Second)
		d.Stop()
		state(t, src, 1, "sent")
	})
}
