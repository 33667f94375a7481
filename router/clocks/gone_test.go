package clocks_test

import (
	"context"
	"testing"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/router/clocks"
)

// halved has somebody ask twice, splits at the second question, and returns the split and both parts.
func (h *house) halved() (id inbox.SplitID, kept, part inbox.ConversationID) {
	h.T.Helper()
	kept = h.Says("v1", "m1", "hello")
	h.Pass(time.Minute)
	h.Says("v1", "m2", "something else")
	h.work()
	page, err := h.Inbox.Messages(h.T.Context(), actor.System(), kept, inbox.MessageFilter{Last: true})
	if err != nil {
		h.T.Fatal(err)
	}
	id, row, err := h.Inbox.Split(h.T.Context(), person(), kept, inbox.Splitting{Message: page.Items[1].ID})
	if err != nil {
		h.T.Fatal(err)
	}
	return id, kept, row.ID
}

func (h *house) unsplit(id inbox.SplitID) {
	h.T.Helper()
	if _, err := h.Inbox.Unsplit(h.T.Context(), person(), id); err != nil {
		h.T.Fatal(err)
	}
}

// silent checks that nothing of a conversation was told, that no clock of it goes on, and that it is not due.
func (h *house) silent(id inbox.ConversationID) {
	h.T.Helper()
	list, err := h.clocks.Clocks(h.T.Context(), actor.System(), id)
	if err != nil {
		h.T.Fatal(err)
	}
	for _, c := range list {
		if c.EndedAt.IsZero() {
			h.T.Errorf("a clock of what is gone goes on: %+v", c)
		}
	}
	told := len(h.Entries(id, "clock.breached")) + len(h.Entries(id, "clock.warned"))
	for _, n := range h.Told {
		if n.Conversation == id {
			told++
		}
	}
	if row := h.Conversation(id); told != 0 || !row.DueAt.IsZero() {
		h.T.Errorf("what is gone told %d times, and is due %v", told, row.DueAt)
	}
}

func strict(h *house) clocks.Policy {
	h.T.Helper()
	return h.policy(clocks.Policy{Targets: clocks.Targets{FirstResponse: 60, NextResponse: 60, Resolution: 600}, WarnPercent: 50, WarnWhom: []clocks.Whom{clocks.TellAssignee}, BreachWhom: []clocks.Whom{clocks.TellAssignee}})
}

// TestWhatWasMadeOneAgainRingsOnce: the second part's clocks end when a split is undone, whether its own job was done by then or not.
func TestWhatWasMadeOneAgainRingsOnce(t *testing.T) {
	t.Parallel()
	for name, between := range map[string]func(h *house){
		"later":   func(h *house) { h.work(); h.Pass(time.Minute) },
		"at once": func(*house) {},
		"missed":  func(h *house) { h.Pass(2 * time.Hour) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			each(t, func(t *testing.T, h *house) {
				strict(h)
				id, kept, part := h.halved()
				h.patch(part, inbox.Patch{Assignee: ptr(inbox.AgentID(jane))})
				between(h)
				h.unsplit(id)
				h.work()
				h.silent(part)
				h.Pass(24 * time.Hour)
				h.due()
				h.silent(part)
				if n := len(h.Entries(kept, "clock.breached")); n != 2 { // the answer and the resolution
					t.Errorf("what stayed missed %d deadlines", n)
				}
			})
		})
	}
}

// TestNothingRingsForWhatIsOver: facts are looked at again before a clock fires, even if no change was ever told.
func TestNothingRingsForWhatIsOver(t *testing.T) {
	t.Parallel()
	for name, over := range map[string]func(c *inbox.Conversation, other inbox.ConversationID, now time.Time){
		"merged": func(c *inbox.Conversation, other inbox.ConversationID, now time.Time) {
			c.MergedInto, c.Status, c.ClosedAt = other, inbox.Closed, now
			c.Answered()
		},
		"closed": func(c *inbox.Conversation, _ inbox.ConversationID, now time.Time) {
			c.Status, c.ClosedAt = inbox.Closed, now
			c.Answered()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			each(t, func(t *testing.T, h *house) {
				p := strict(h)
				gone, other := h.Says("v1", "m1", "hello"), h.Says("v2", "m2", "hello")
				h.work()
				if err := h.clocks.DeletePolicy(t.Context(), p.ID); err != nil { // without policies nobody listens
					t.Fatal(err)
				}
				h.Pass(time.Minute)
				h.Write(func(ctx context.Context) error {
					c, _, err := h.DB.LockConversation(ctx, actor.System(), gone)
					if err != nil {
						return err
					}
					over(c, other, h.Now())
					ch := &inbox.Changes{}
					ch.Conversation(c, actor.Cause{Kind: actor.Import}, h.Now())
					return h.DB.Save(ctx, ch)
				})
				h.Pass(24 * time.Hour)
				h.due()
				h.silent(gone)
				if c := h.clock(gone, clocks.FirstResponse); c.State != clocks.Met || c.End != clocks.Closed || c.Spent != time.Minute {
					t.Errorf("its clock: %+v", c)
				}
				if n := len(h.Entries(other, "clock.breached")); n != 2 {
					t.Errorf("another one missed %d deadlines", n)
				}
			})
		})
	}
}
