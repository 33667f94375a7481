package alert_test

import (
	"testing"

	"parley/inbox"
	"parley/internal/auth"
	"parley/router/routertest"
)

// TestNamesInAnEditedNote: who is named later hears of it once, and who is named no more does not
// find the note among their mentions.
func TestNamesInAnEditedNote(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		c := h.Says("v", "1", "hello")
		m, err := h.Inbox.Write(t.Context(), routertest.Viewer(auth.AgentID(ann), "x"), c, inbox.Answer{Kind: inbox.KindNote, Text: "look at this"})
		if err != nil {
			t.Fatal(err)
		}
		h.told()
		for _, step := range []struct {
			text, told string
			bobs       int
		}{
			{"look at this @bob", "mention 2", 1},
			{"@Bob, look at this", "", 1},
			{"look at this", "", 0},
			{"look at this @bob @ann", "", 1}, // told of already, and nobody is told of their own
		} {
			if _, err := h.Inbox.Edit(t.Context(), routertest.Viewer(auth.AgentID(ann), "x"), m.ID, inbox.Words{Text: step.text}); err != nil {
				t.Fatal(err)
			}
			if got := h.told(); got != step.told {
				t.Errorf("%q: told %q, want %q", step.text, got, step.told)
			}
			if n := h.mentioned(bob); n != step.bobs {
				t.Errorf("%q: bob finds %d, want %d", step.text, n, step.bobs)
			}
			if n := h.mentioned(ann); n != 0 {
				t.Errorf("%q: ann finds %d of her own", step.text, n)
			}
		}
	})
}
