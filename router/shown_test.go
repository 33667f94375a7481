package router_test

import (
	"testing"
	"time"

	"parley/router"
)

// TestRunsAreSeenAtOnce looks for what open pages hear of a run that changes nothing of
// its conversation: when it acts, and when it goes on after a wait.
func TestRunsAreSeenAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		h.trigger(router.Trigger{Event: router.MessageReceived, Actions: []router.Action{
			{Type: router.Notify, Agent: 1, Text: "first"}, {Type: router.Wait, Minutes: 5}, {Type: router.Notify, Agent: 1, Text: "second"},
		}})
		id := h.says("v1", "m1", "hello")
		for told := 1; told <= 2; told++ {
			head, err := h.DB.FeedHead(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			h.work()
			if len(h.Told) != told {
				t.Fatalf("told %d times, want %d", len(h.Told), told)
			}
			heard, err := h.DB.FeedAfter(t.Context(), head, 100)
			if err != nil {
				t.Fatal(err)
			}
			if len(heard) != 1 || heard[0].Type != "conversation.updated" || heard[0].ConversationID != id {
				t.Errorf("run %d: pages hear %+v", told, heard)
			}
			h.Pass(6 * time.Minute)
		}
	})
}
