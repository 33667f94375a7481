package router_test

import (
	"testing"
	"time"

	"parley/inbox"
	"parley/router"
)

// TestNobodyAnswers lets a clock run out, begin anew and be put away.
func TestNobodyAnswers(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		h.trigger(router.Trigger{
			Event: router.Timer, After: router.After{Minutes: 15, Since: router.LastInbound},
			Actions: []router.Action{{Type: router.Notify, Team: inbox.TeamID(sales), Text: "{{ conversation.number }} waits"}},
		})
		id := h.says("v1", "m1", "hello")
		h.work()
		h.Pass(10 * time.Minute)
		h.says("v1", "m2", "anybody there?") // the clock begins anew
		h.work()
		h.Pass(10 * time.Minute)
		h.work()
		if len(h.Told) != 0 {
			t.Fatal("told before the time")
		}
		h.Pass(6 * time.Minute)
		h.work()
		if len(h.Told) != 1 {
			t.Fatalf("told %d times", len(h.Told))
		}
		h.Pass(24 * time.Hour)
		h.work()
		if len(h.Told) != 1 {
			t.Error("one wait is told of twice")
		}
		h.says("v1", "m3", "hello again")
		h.work()
		if _, err := h.Inbox.Write(t.Context(), person(), id, inbox.Answer{Kind: inbox.KindMessage, Text: "Here I am"}); err != nil {
			t.Fatal(err)
		}
		h.Pass(time.Hour)
		h.work()
		if len(h.Told) != 1 {
			t.Error("told although somebody answered")
		}
	})
}

// TestTheClientIsSilent closes what the client does not come back to.
func TestTheClientIsSilent(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		h.trigger(router.Trigger{
			Event: router.Timer, After: router.After{Minutes: 60, Since: router.LastOutbound},
			Actions: []router.Action{{Type: router.SetStatus, Status: inbox.Closed}},
		})
		id := h.says("v1", "m1", "hello")
		if _, err := h.Inbox.Write(t.Context(), person(), id, inbox.Answer{Kind: inbox.KindMessage, Text: "Which size?"}); err != nil {
			t.Fatal(err)
		}
		h.work()
		h.Pass(61 * time.Minute)
		h.work()
		if row := h.Conversation(id); row.Status != inbox.Closed {
			t.Errorf("status %s", row.Status)
		}
	})
}
