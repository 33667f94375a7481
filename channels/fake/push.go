package fake

import (
	"context"
	"net/http"
	"time"

	"parley/channels"
)

// pushPause is how long the network waits before it pushes what was not taken again.
const pushPause = 200 * time.Millisecond

// Push offers updates to an account that has them pushed, until ctx ends. What is not
// answered with 200 is offered again.
func (n *Network) Push(ctx context.Context, hook channels.Webhook, secret string, in channels.Inbound) {
	for ctx.Err() == nil {
		n.mu.Lock()
		updates, changed := n.waiting(len(n.queue)), n.changed
		n.mu.Unlock()
		pause := time.Duration(-1)
		for _, q := range updates {
			if !n.pushOne(ctx, hook, secret, in, q) {
				pause = pushPause
				break
			}
		}
		if len(updates) > 0 && pause < 0 {
			continue
		}
		if !wait(ctx, changed, pause) {
			return
		}
	}
}

// pushOne offers one update and drops it from the queue when it was taken.
func (n *Network) pushOne(ctx context.Context, hook channels.Webhook, secret string, in channels.Inbound, q queued) bool {
	r, err := hook.Receive(ctx, channels.Request{
		Method: http.MethodPost, Body: q.Body, Header: map[string]string{signatureHeader: sign(secret, q.Body)},
	}, in)
	if err != nil || r.Status != http.StatusOK {
		return false
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.acknowledge(func(have queued) bool { return have.Place == q.Place })
	return true
}

// wait returns true when changed closed or, unless it is negative, the pause is over.
func wait(ctx context.Context, changed <-chan struct{}, pause time.Duration) bool {
	if pause < 0 {
		select {
		case <-changed:
			return true
		case <-ctx.Done():
			return false
		}
	}
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
