package store_test

import (
	"errors"
	"math"
	"testing"
	"time"

	"parley/inbox"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

func TestDraftVersions(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		ctx := t.Context()
		first, err := d.inbox.PutDraft(ctx, d.anna, d.conv, inbox.Draft{Kind: inbox.KindMessage, Text: "one"})
		if err != nil || first.Version == 0 {
			t.Fatalf("first: %+v, %v", first, err)
		}
		if _, err := d.inbox.PutDraft(ctx, d.anna, d.conv, inbox.Draft{Text: "blind"}); !errors.Is(err, inbox.ErrDraftStale) {
			t.Errorf("overwrote without knowing: %v", err)
		}
		second, err := d.inbox.PutDraft(ctx, d.anna, d.conv, inbox.Draft{Kind: inbox.KindMessage, Text: "two", HTML: "<p>2</p>", Head: `{"mode":"reply"}`, Version: first.Version})
		if err != nil || second.Version <= first.Version {
			t.Errorf("second: %+v, %v", second, err)
		}
		if kept, err := d.inbox.GetDraft(ctx, d.anna, d.conv); err != nil || kept.Text != "two" || kept.HTML != "<p>2</p>" || kept.Head != `{"mode":"reply"}` {
			t.Errorf("kept %+v, %v", kept, err)
		}
		if other, err := d.inbox.GetDraft(ctx, d.boris, d.conv); err != nil || other.Version != 0 || other.Text != "" {
			t.Errorf("another agent's draft is seen: %+v, %v", other, err)
		}
		d.write(d.anna, inbox.Answer{Text: "two"})
		if gone, err := d.inbox.GetDraft(ctx, d.anna, d.conv); err != nil || gone.Version != 0 || gone.Text != "" {
			t.Errorf("the draft survived its sending: %+v, %v", gone, err)
		}
	})
}

// TestAnswerNamesItsDraft sends answers that waited for a connection, while their writer went on.
func TestAnswerNamesItsDraft(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		keep := func(text string, follows int64) int64 {
			t.Helper()
			d.add(time.Second)
			kept, err := d.inbox.PutDraft(t.Context(), d.anna, d.conv, inbox.Draft{Kind: inbox.KindMessage, Text: text, Version: follows})
			if err != nil {
				t.Fatalf("keep %q: %v", text, err)
			}
			return kept.Version
		}
		stands := func(want string) {
			t.Helper()
			if got, err := d.inbox.GetDraft(t.Context(), d.anna, d.conv); err != nil || got.Text != want {
				t.Errorf("the draft is %q, want %q (%v)", got.Text, want, err)
			}
		}
		first := keep("one", 0)
		d.write(d.anna, inbox.Answer{Text: "one", DraftVersion: &first})
		stands("")
		second := keep("two", first) // what it follows has left: it is a new one
		d.write(d.anna, inbox.Answer{Text: "one more", DraftVersion: &first})
		stands("two")
		none := int64(0)
		d.write(d.anna, inbox.Answer{Text: "a template", DraftVersion: &none})
		stands("two")
		d.write(d.boris, inbox.Answer{Text: "a colleague's", DraftVersion: &second})
		stands("two")
		third := keep("three", second)
		d.write(d.anna, inbox.Answer{Text: "two", DraftVersion: &second})
		stands("three")
		d.write(d.anna, inbox.Answer{Text: "three", DraftVersion: &third})
		stands("")
	})
}

// TestADraftAfterTheClockWasSetBack is newer than what it follows all the same, and nobody drives versions off.
func TestADraftAfterTheClockWasSetBack(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		keep := func(follows int64) int64 {
			t.Helper()
			kept, err := d.inbox.PutDraft(t.Context(), d.anna, d.conv, inbox.Draft{Kind: inbox.KindMessage, Text: "one", Version: follows})
			if err != nil {
				t.Fatal(err)
			}
			return kept.Version
		}
		first := keep(0)
		d.write(d.anna, inbox.Answer{Text: "one", DraftVersion: &first})
		d.add(-time.Hour)
		second := keep(first)
		if second <= first {
			t.Errorf("version %d follows %d", second, first)
		}
		if err := d.inbox.DeleteDraft(t.Context(), d.anna, d.conv); err != nil {
			t.Fatal(err)
		}
		if third := keep(math.MaxInt64); third > second {
			t.Errorf("version %d, of what nobody gave out", third)
		}
	})
}
