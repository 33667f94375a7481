package router_test

import (
	"slices"
	"testing"
	"time"

	"parley/inbox"
	"parley/router"
	"parley/router/routertest"
)

// TestSpamSetsOffNothing: neither putting aside, nor what comes afterwards, nor a clock that was
// running, nor a run that had been waiting.
func TestSpamSetsOffNothing(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		id := h.says("v1", "m1", "hello")
		h.work()
		for _, kind := range []router.Kind{router.MessageReceived, router.MessageSent, router.ConversationClosed} {
			h.trigger(router.Trigger{Event: kind, Automatic: true, Actions: []router.Action{{Type: router.Note, Text: "seen"}}})
		}
		h.trigger(router.Trigger{Event: router.Timer, After: router.After{Minutes: 10, Since: router.LastInbound}, Actions: []router.Action{{Type: router.Note, Text: "late"}}})
		h.trigger(router.Trigger{Event: router.MessageReceived, Actions: []router.Action{{Type: router.Wait, Minutes: 5}, {Type: router.Note, Text: "waited"}}})
		h.says("v1", "m2", "buy this")
		h.work()
		before := h.texts(id)
		spam := true
		if _, err := h.Inbox.Patch(t.Context(), routertest.Viewer(1, "Ann"), id, inbox.Patch{Spam: &spam}); err != nil {
			t.Fatal(err)
		}
		h.says("v1", "m3", "buy that")
		h.work()
		h.Pass(time.Hour)
		h.work()
		if got, want := h.texts(id), append(before, "buy that"); !slices.Equal(got, want) {
			t.Errorf("it holds %q, want %q", got, want)
		}
	})
}
