package store_test

import (
	"testing"

	"parley/channels"
	"parley/inbox"
	"parley/internal/outbox"
)

// TestOutboxKeepsForWhomAMailWasNotAccepted sends a mail past a refused recipient. What others report
// of it afterwards takes that word away from nobody.
func TestOutboxKeepsForWhomAMailWasNotAccepted(t *testing.T) {
	t.Parallel()
	eachPost(t, func(t *testing.T, p *post) {
		talk := p.conversation(1, "a")
		in := door(t, p)
		id := p.queue(talk, "one")
		const refused = "sent, but not accepted for x@example.com: 550 no"
		p.settle(start, p.claimOne(start, id), outbox.Verdict{Outcome: outbox.Sent, RemoteID: "r1", Code: "partly_refused", Text: refused})
		p.state(id, inbox.Sent)
		deliver(t, in, receipt("k1", "r1", channels.Delivered))
		p.state(id, inbox.Delivered)
		if m := p.message(id); m.ErrorText != refused {
			t.Errorf("once delivered: %q", m.ErrorText)
		}
		bounce := receipt("k2", "r1", channels.DeliveryFailed)
		bounce.Receipt.Recipient, bounce.Receipt.Text, bounce.Receipt.Code = "y@example.com", "mailbox full", "5.2.2"
		deliver(t, in, bounce)
		if m := p.message(id); m.State != inbox.Failed || m.ErrorCode != "5.2.2" || m.ErrorText != "y@example.com: mailbox full\n"+refused {
			t.Errorf("%s %s: %q", m.State, m.ErrorCode, m.ErrorText)
		}
	})
}
