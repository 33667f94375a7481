package store_test

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/intake"
	"parley/internal/outbox"
)

// door delivers events of a post's account to its database.
func door(t *testing.T, p *post) channels.Inbound {
	t.Helper()
	connect(t, p.db, p.account)
	s := intake.New(intake.Options{Store: p.db, Log: slog.New(slog.DiscardHandler), Now: time.Now, Workers: 2})
	s.Start()
	t.Cleanup(s.Stop)
	return s.For(p.account, func(context.Context, channels.Status) {})
}

func receipt(key, remote string, state channels.DeliveryState) channels.Event {
	return channels.Event{Key: channels.EventKey(key), Direction: channels.Inward, Receipt: &channels.Receipt{RemoteID: remote, State: state}}
}

func deliver(t *testing.T, in channels.Inbound, events ...channels.Event) []channels.Outcome {
	t.Helper()
	outcomes, err := in.Deliver(t.Context(), channels.Batch{Events: events})
	if err != nil {
		t.Errorf("deliver: %v", err)
	}
	return outcomes
}

func TestOutboxParkedReceipts(t *testing.T) {
	t.Parallel()
	eachPost(t, func(t *testing.T, p *post) {
		talk := p.conversation(1, "a")
		in := door(t, p)
		first := p.queue(talk, "one")
		p.settle(start, p.claimOne(start, first), outbox.Verdict{Outcome: outbox.Sent, RemoteID: "r1"})
		second := p.queue(talk, "two")
		i := p.claimOne(start, second)
		upTo := receipt("k1", "r2", channels.Read)
		upTo.Receipt.UpTo = true
		outcomes := deliver(t, in, receipt("k0", "r2", channels.Delivered), upTo, receipt("k2", "other", channels.Read))
		for _, o := range outcomes {
			if o.Kind != channels.OutcomeParked {
				t.Fatalf("receipt before its message is %s, want parked", o.Kind)
			}
		}
		p.state(second, inbox.Sending)
		p.settle(start, i, outbox.Verdict{Outcome: outbox.Sent, RemoteID: "r2"})
		p.state(second, inbox.Read)
		p.state(first, inbox.Read)
		if got := p.message(second).RemoteID; got != "r2" {
			t.Errorf("remote id %q, want r2", got)
		}
	})
}

// TestOutboxReceiptMeetsVerdict lets receipts and verdicts race: whichever commits
// first, the message is delivered in the end.
func TestOutboxReceiptMeetsVerdict(t *testing.T) {
	t.Parallel()
	eachPost(t, func(t *testing.T, p *post) {
		in := door(t, p)
		const n = 60
		var sent []int64
		for i := range n {
			sent = append(sent, p.queue(p.conversation(1, fmt.Sprint("chat ", i)), "hello"))
		}
		items := p.claim(start, outbox.Want{AccountID: 1, Limit: n})
		var both sync.WaitGroup
		for _, i := range items {
			remote := "r" + i.Out.Key
			both.Go(func() { deliver(t, in, receipt("k"+remote, remote, channels.Delivered)) })
			both.Go(func() {
				v := outbox.Verdict{Outcome: outbox.Sent, RemoteID: remote}
				if err := p.src.Settle(t.Context(), start, []outbox.Settlement{{Item: i, Verdict: v}}); err != nil {
					t.Errorf("settle: %v", err)
				}
			})
		}
		both.Wait()
		for _, id := range sent {
			p.state(id, inbox.Delivered)
		}
	})
}

// TestOutboxRivals has two nodes claim the same accounts at once.
func TestOutboxRivals(t *testing.T) {
	t.Parallel()
	eachPost(t, func(t *testing.T, p *post) {
		const chats, each = 12, 4
		for i := range chats {
			talk := p.conversation(1, fmt.Sprint("chat ", i))
			for range each {
				p.queue(talk, "hello")
			}
		}
		var mu sync.Mutex
		order := map[int64][]int64{}
		var rivals sync.WaitGroup
		for range 4 {
			rivals.Go(func() {
				src := p.db.Outbox()
				for idle := 0; idle < 50; {
					items, err := src.Claim(t.Context(), start, []outbox.Want{{AccountID: 1, Limit: 5, Until: start.Add(time.Minute)}})
					if err != nil {
						t.Errorf("claim: %v", err)
						return
					}
					if len(items) == 0 {
						idle++
						continue
					}
					for _, i := range items {
						mu.Lock()
						order[i.ConversationID] = append(order[i.ConversationID], i.ID)
						mu.Unlock()
						s := outbox.Settlement{Item: i, Verdict: outbox.Verdict{Outcome: outbox.Sent, RemoteID: "r" + i.Out.Key}}
						if err := src.Settle(t.Context(), start, []outbox.Settlement{s}); err != nil {
							t.Errorf("settle: %v", err)
						}
					}
				}
			})
		}
		rivals.Wait()
		if len(order) != chats {
			t.Fatalf("%d conversations sent, want %d", len(order), chats)
		}
		for c, list := range order {
			if len(list) != each {
				t.Errorf("conversation %d: sent %v, want %d messages once each", c, list, each)
			}
			for i := 1; i < len(list); i++ {
				if list[i] <= list[i-1] {
					t.Errorf("conversation %d: sent in the order %v", c, list)
				}
			}
		}
	})
}
