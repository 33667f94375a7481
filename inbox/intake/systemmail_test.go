package intake_test

import (
	"testing"

	"parley/channels"
	"parley/inbox/intake"
)

// System mail leaves by a connected mailbox, whose folder of sent mail shows it again: by
// its proof it is ours, and of no conversation. The links in it are for its recipient alone.
func TestSystemMailIsNobodysConversation(t *testing.T) {
	t.Parallel()
	w := newWorld()
	in := intake.New(intake.Options{Store: w, Now: w.clock})
	in.Start()
	t.Cleanup(in.Stop)
	echo := (&letter{id: "proof@shop", from: us, to: []string{"colleague@shop.example"}}).event(nil)
	echo.Message.Ours, echo.Message.Text = 12345, "https://desk.example/reset#s3cret"
	copied := (&letter{id: "proof2@shop", from: us, to: []string{us}}).event(nil)
	copied.Direction, copied.Sender.Address, copied.Message.Ours = channels.Inward, us, 12346
	got, err := in.For(1, nil).Deliver(t.Context(), channels.Batch{Events: []channels.Event{echo, copied}})
	if err != nil || got[0].Kind != channels.OutcomeIgnored || got[1].Kind != channels.OutcomeIgnored {
		t.Errorf("%+v %v", got, err)
	}
	if len(w.conversations)+len(w.messages)+len(w.leads)+len(w.requests) > 0 {
		t.Errorf("it opened something: %v %v", w.conversations, w.messages)
	}
}
