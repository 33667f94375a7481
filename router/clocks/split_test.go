package clocks_test

import (
	"testing"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/router/clocks"
)

// splitAt splits a conversation at its second message.
func (h *house) splitAt(kept inbox.ConversationID) (id inbox.SplitID, part inbox.ConversationID) {
	h.T.Helper()
	page, err := h.Inbox.Messages(h.T.Context(), actor.System(), kept, inbox.MessageFilter{Last: true})
	if err != nil {
		h.T.Fatal(err)
	}
	id, row, err := h.Inbox.Split(h.T.Context(), person(), kept, inbox.Splitting{Message: page.Items[1].ID})
	if err != nil {
		h.T.Fatal(err)
	}
	return id, row.ID
}

// TestASplitChatKeepsItsPromises: what goes on in the second part is due when it was, though nobody waits for an answer
// there; undone, it is due then in the first part.
func TestASplitChatKeepsItsPromises(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		strict(h)
		kept := h.Says("v1", "m1", "hello")
		begun := h.Now()
		h.Pass(time.Minute)
		h.Says("v1", "m2", "something else")
		h.patch(kept, inbox.Patch{Unanswered: ptr(false)}) // somebody looks into it
		h.work()
		h.Pass(time.Hour)
		id, part := h.splitAt(kept)
		h.work()
		due := begun.Add(600 * time.Minute)
		if row := h.Conversation(kept); !row.DueAt.IsZero() || row.Status != inbox.Closed {
			t.Errorf("the first part is %s and due %s", row.Status, row.DueAt)
		}
		if c := h.clock(part, clocks.Resolution); !c.EndedAt.IsZero() || !c.DueAt.Equal(due) || !h.Conversation(part).DueAt.Equal(due) {
			t.Errorf("the second part is due %s, want %s", h.Conversation(part).DueAt, due)
		}
		h.unsplit(id)
		h.work()
		if c := h.clock(kept, clocks.Resolution); !c.EndedAt.IsZero() || !h.Conversation(kept).DueAt.Equal(due) {
			t.Errorf("one again it is due %s, want %s", h.Conversation(kept).DueAt, due)
		}
		h.silent(part)
		h.Pass(24 * time.Hour)
		h.due()
		h.silent(part)
		if n := len(h.Entries(kept, "clock.breached")); n != 1 {
			t.Errorf("it was missed %d times", n)
		}
	})
}

// TestWhatWasMissedIsNotMissedAgainBySplitting has the contact wait since before the border.
func TestWhatWasMissedIsNotMissedAgainBySplitting(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		strict(h)
		kept := h.Says("v1", "m1", "hello")
		begun := h.Now()
		h.answers(kept, inbox.Answer{Kind: inbox.KindNote, Text: "who knows this?"})
		h.work()
		h.Pass(2 * time.Hour)
		h.due()
		_, part := h.splitAt(kept)
		h.work()
		h.Pass(time.Minute)
		h.due()
		if a, b := len(h.Entries(kept, "clock.breached")), len(h.Entries(part, "clock.breached")); a != 1 || b != 0 {
			t.Errorf("the first part missed %d, the second %d", a, b)
		}
		if c := h.clock(part, clocks.FirstResponse); c.State != clocks.Breached || !c.StartedAt.Equal(begun) || !c.EndedAt.IsZero() {
			t.Errorf("the second part's clock: %+v", c)
		}
		if c := h.clock(part, clocks.Resolution); !c.DueAt.Equal(begun.Add(600 * time.Minute)) {
			t.Errorf("it is due to be done %s", c.DueAt)
		}
	})
}
