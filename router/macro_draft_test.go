package router_test

import (
	"testing"

	"parley/inbox"
	"parley/router"
)

// TestAMacroLeavesTheDraftAlone has somebody use a macro beside what they are writing.
func TestAMacroLeavesTheDraftAlone(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		m, err := h.router.AddMacro(t.Context(), person(), router.Macro{Name: "Tell", Scope: router.All, Actions: []router.Action{
			{Type: router.Note, Text: "see above"}, {Type: router.Reply, Text: "one moment"},
		}})
		if err != nil {
			t.Fatal(err)
		}
		id := h.says("v1", "m1", "hello")
		if _, err := h.Inbox.PutDraft(t.Context(), person(), id, inbox.Draft{Kind: inbox.KindMessage, Text: "half an answer"}); err != nil {
			t.Fatal(err)
		}
		if _, err := h.router.Apply(t.Context(), person(), m.ID, id); err != nil {
			t.Fatal(err)
		}
		if got := h.texts(id); len(got) != 3 {
			t.Errorf("the macro wrote %q", got)
		}
		if d, err := h.Inbox.GetDraft(t.Context(), person(), id); err != nil || d.Text != "half an answer" {
			t.Errorf("the draft is %q, %v", d.Text, err)
		}
	})
}
