package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/internal/fault"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

func TestAnArchivedAccountSendsNothing(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		later := d.write(d.anna, inbox.Answer{Text: "Tomorrow", SendAt: d.Now().Add(time.Hour)})
		d.rest = inbox.AccountArchived
		write := func(kind inbox.MessageKind) error {
			_, err := d.inbox.Write(t.Context(), d.anna, d.conv, inbox.Answer{Kind: kind, Text: "Here it is"})
			return err
		}
		if err := write(inbox.KindMessage); fault.CodeOf(err) != inbox.CodeArchived {
			t.Errorf("an answer: %v", err)
		}
		if err := write(inbox.KindNote); err != nil {
			t.Errorf("a note: %v", err)
		}
		begin := inbox.Beginning{AccountID: channels.AccountID(d.row(d.anna).AccountID), Address: "v2", Answer: inbox.Answer{Text: "Hello"}}
		if _, err := d.inbox.Begin(t.Context(), d.anna, begin); fault.CodeOf(err) != inbox.CodeArchived {
			t.Errorf("a beginning: %v", err)
		}
		d.add(24 * time.Hour)
		err := db.Write(t.Context(), func(ctx context.Context) error { return d.inbox.Release(ctx, fmt.Sprintf("%d false", later.ID)) })
		if err != nil {
			t.Fatal(err)
		}
		if m, err := d.inbox.Message(t.Context(), d.anna, later.ID); err != nil || m.State != inbox.Failed || m.ErrorCode != inbox.CodeArchived || m.ErrorText == "" || m.Seq == 0 {
			t.Errorf("released: %+v %v", m, err)
		}
		if !d.row(d.anna).Unanswered {
			t.Error("what was not sent has answered")
		}
		if _, err := d.inbox.Resend(t.Context(), d.anna, later.ID); fault.CodeOf(err) != inbox.CodeArchived {
			t.Errorf("resent: %v", err)
		}
		// A pause ends: what is written meanwhile waits.
		d.rest = inbox.AccountPaused
		if _, err := d.inbox.Resend(t.Context(), d.anna, later.ID); err != nil {
			t.Errorf("resent while paused: %v", err)
		}
		if err := write(inbox.KindMessage); err != nil {
			t.Errorf("while paused: %v", err)
		}
	})
}
