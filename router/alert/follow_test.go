package alert_test

import (
	"testing"

	"parley/inbox"
	"parley/internal/auth"
	"parley/router/routertest"
)

// TestFollowersAreTold of what contacts write, once each, and not of what is spam.
func TestFollowersAreTold(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		check := func(when, want string) {
			t.Helper()
			if got := h.told(); got != want {
				t.Errorf("%s: %q, want %q", when, got, want)
			}
		}
		change := func(who inbox.AgentID, c inbox.ConversationID, p inbox.Patch) {
			t.Helper()
			if _, err := h.Inbox.Patch(t.Context(), routertest.Viewer(auth.AgentID(who), "x"), c, p); err != nil {
				t.Fatal(err)
			}
		}
		yes, no := true, false
		c := h.Says("v", "1", "hello")
		change(bob, c, inbox.Patch{Follow: &yes})
		check("began to follow", "")
		h.Says("v", "2", "again")
		check("nobody has it", "followed 2")
		h.give(bob, bob, c)
		h.Says("v", "3", "and again")
		check("whoever follows has it", "message 2")
		h.give(bob, ann, c)
		check("passed on", "assigned 1")
		change(eve, c, inbox.Patch{Follow: &yes}) // and may see it no more
		h.Says("v", "4", "hm")
		check("it is somebody's", "followed 2, message 1")
		h.note(ann, c, "a word among us")
		check("a note", "")
		change(ann, c, inbox.Patch{Spam: &yes})
		h.Says("v", "5", "buy this")
		check("it is spam", "")
		change(ann, c, inbox.Patch{Spam: &no})
		change(bob, c, inbox.Patch{Follow: &no})
		h.Says("v", "6", "sorry")
		check("follows no more", "message 1")
	})
}
