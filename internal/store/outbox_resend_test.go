package store_test

import (
	"log/slog"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/outbox"
)

// TestOutboxResentInFlight has a person resend a message whose attempt has failed by a
// receipt, but not reported back yet: whatever it reports, the message goes again, once.
func TestOutboxResentInFlight(t *testing.T) {
	t.Parallel()
	each(t, map[string]func(p *post, i outbox.Item){
		"sent": func(p *post, i outbox.Item) { p.settle(start, i, outbox.Verdict{Outcome: outbox.Sent, RemoteID: "r1"}) },
		"failed": func(p *post, i outbox.Item) {
			p.settle(start, i, outbox.Verdict{Outcome: outbox.Failed, Code: "blocked"})
		},
		"uncertain": func(p *post, i outbox.Item) { p.settle(start, i, outbox.Verdict{Outcome: outbox.Uncertain}) },
		"retry": func(p *post, i outbox.Item) {
			p.settle(start, i, outbox.Verdict{Outcome: outbox.Retry, NotBefore: start.Add(time.Hour)})
		},
		"never": func(p *post, _ outbox.Item) { p.expire(start.Add(2 * time.Minute)) },
	}, func(t *testing.T, p *post, name string, report func(p *post, i outbox.Item)) {
		id := p.queue(p.talk("a"), "hello")
		first := p.claimOne(start, id)
		in := door(t, p)
		failure := channels.Event{Key: channels.EventKey("k-" + name), Receipt: &channels.Receipt{MessageID: id, State: channels.DeliveryFailed}}
		if o := deliver(t, in, failure)[0]; o.Kind != channels.OutcomeReceipt {
			t.Fatalf("the failure is %s", o.Kind)
		}
		p.state(id, inbox.Failed)
		s := inbox.New(p.db, func(channels.AccountID) (channels.Limits, bool) { return channels.Limits{}, true }, func() time.Time { return start }, slog.New(slog.DiscardHandler))
		if _, err := s.Resend(t.Context(), actor.System(), inbox.MessageID(id)); err != nil {
			t.Fatalf("resend: %v", err)
		}
		p.none(start, "while the first attempt is under way")
		report(p, first)
		p.state(id, inbox.Queued)
		later := start.Add(3 * time.Minute)
		again := p.claimOne(later, id)
		if again.Out.Attempt != 2 {
			t.Errorf("attempt %d, want the second", again.Out.Attempt)
		}
		p.settle(later, first, outbox.Verdict{Outcome: outbox.Failed})
		p.state(id, inbox.Sending)
		p.settle(later, again, outbox.Verdict{Outcome: outbox.Sent, RemoteID: "r2"})
		p.state(id, inbox.Sent)
		p.none(later.Add(time.Hour), "after it was sent")
	})
}
