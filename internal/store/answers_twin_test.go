package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"parley/inbox"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestHTMLBecomesTextWhereThereIsNone answers and edits in HTML by a network that knows text alone.
func TestHTMLBecomesTextWhereThereIsNone(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		a := openAmender(t, db)
		m := a.write(a.anna, inbox.Answer{HTML: "<p>Two <b>teas</b>:</p><ul><li>one</li><li>two</li></ul>"})
		if want := "Two teas:\n\n- one\n- two"; m.Text != want || m.HTML != "" {
			t.Errorf("answered %q with the HTML %q, want %q", m.Text, m.HTML, want)
		}
		if both := a.write(a.anna, inbox.Answer{Text: "As typed", HTML: "<b>Otherwise</b>"}); both.Text != "As typed" || both.HTML != "" {
			t.Errorf("with a text beside it: %q, %q", both.Text, both.HTML)
		}
		asked := a.must(a.inbox.Edit(t.Context(), a.anna, a.sent, inbox.Words{HTML: "<i>On</i> its way"}))
		if got := asked.Amendments[0]; got.Text != "On its way" || got.HTML != "" {
			t.Errorf("the edit is %q, %q", got.Text, got.HTML)
		}
	})
}

// TestAHeldAnswerCloses has an answer that waits for the contact close the conversation when it leaves, and not before.
func TestAHeldAnswerCloses(t *testing.T) {
	t.Parallel()
	for _, closing := range []bool{true, false} {
		storetest.Each(t, func(t *testing.T, db *store.DB) {
			d := openDesk(t, db)
			d.limits.Window, d.limits.Templates = 24*time.Hour, true
			d.add(25 * time.Hour)
			m := d.write(d.anna, inbox.Answer{Text: "It is ready.", Hold: true, Close: closing})
			if m.State != inbox.Held || m.Closes != closing || d.row(d.anna).Status != inbox.Open {
				t.Fatalf("held: %s, closes %v, the conversation is %s", m.State, m.Closes, d.row(d.anna).Status)
			}
			d.deliver(says("v1", "wrote", "Hello?"))
			if err := db.Write(t.Context(), func(ctx context.Context) error { return d.inbox.Release(ctx, fmt.Sprintf("%d false", m.ID)) }); err != nil {
				t.Fatal(err)
			}
			row := d.row(d.anna)
			if want := map[bool]inbox.Status{true: inbox.Closed, false: inbox.Open}[closing]; row.Status != want || row.Unanswered {
				t.Errorf("closing %v: the conversation is %s, unanswered %v", closing, row.Status, row.Unanswered)
			}
			if n := number(t, db, `SELECT COUNT(*) FROM messages WHERE id = $1 AND state = 'queued'`, int64(m.ID)); n != 1 {
				t.Error("the answer did not leave")
			}
		})
	}
}
