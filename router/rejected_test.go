package router_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/intake"
	"parley/router"
)

// TestRejectedMessagesOpenNothing has a rule reject a visitor, who gets its text once a day
// and sets off no trigger.
func TestRejectedMessagesOpenNothing(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		_, err := h.Rules.Add(t.Context(), intake.Rule{
			AccountID: account, Name: "Offers", Enabled: true, Conditions: when(t, `{"field":"message.text","op":"contains","value":"offer"}`),
			Then: intake.Then{Reject: "No offers, please."},
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, kind := range []router.Kind{router.MessageReceived, router.ConversationCreated, router.MessageSent, router.ConversationClosed} {
			h.trigger(router.Trigger{Event: kind, Automatic: true, Actions: []router.Action{{Type: router.Note, Text: "seen"}}})
		}
		reject := map[string]func(context.Context, string) error{inbox.JobReject: h.Inbox.Reject}
		id := h.says("v1", "m1", "an offer for you")
		h.others(reject)
		h.Pass(time.Hour)
		if again := h.says("v1", "m2", "the offer once more"); again != id {
			t.Errorf("it stands in conversation %d, not %d", again, id)
		}
		h.others(reject)
		h.work()
		if got, want := h.texts(id), []string{"an offer for you", "No offers, please.", "the offer once more"}; !slices.Equal(got, want) {
			t.Errorf("it holds %q, want %q", got, want)
		}
		row := h.Conversation(id)
		if row.Status != inbox.Closed || row.Unanswered || row.LeadID != 0 || row.RequestID != 0 {
			t.Errorf("something opened: %s, waits %v, lead %d, request %d", row.Status, row.Unanswered, row.LeadID, row.RequestID)
		}
		told := h.Entries(id, "intake_rule")
		if len(told) != 3 || told[2].Data["unsent"] == nil {
			t.Errorf("the timeline tells %d times; want twice of the rejection and once that no answer went", len(told))
		}
		h.Pass(24 * time.Hour)
		h.says("v1", "m3", "offer")
		h.others(reject)
		if got := h.texts(id); got[len(got)-1] != "No offers, please." {
			t.Errorf("a day later it ends with %q", got[len(got)-1])
		}
		fresh := h.says("v1", "m4", "where is my order?")
		if h.Conversation(fresh).Status != inbox.Open || !h.Conversation(fresh).Unanswered {
			t.Error("what is not rejected opens nothing")
		}
		status, waits := inbox.Pending, false
		if _, err := h.Inbox.Patch(t.Context(), actor.Viewer{Scope: actor.All, Cause: actor.Cause{Kind: actor.API, ID: 1}}, fresh, inbox.Patch{Status: &status, Unanswered: &waits}); err != nil {
			t.Fatal(err)
		}
		if on := h.says("v1", "m5", "I mean the offer of yesterday"); on != fresh {
			t.Errorf("the dialog goes on in %d, not %d", on, fresh)
		}
		if row, told := h.Conversation(fresh), h.Entries(fresh, "intake_rule"); row.Status != inbox.Open || !row.Unanswered || len(told) > 0 && fresh != id {
			t.Errorf("what continues a dialog is swallowed: %s, waits %v, %d entries", row.Status, row.Unanswered, len(told))
		}
		h.others(reject)
		if got := h.texts(fresh); got[len(got)-1] != "I mean the offer of yesterday" {
			t.Errorf("a dialog under way was rejected: %q", got)
		}
	})
}
