package store_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/search"
	"parley/internal/store"
	"parley/internal/store/storetest"
	"parley/router"
)

// noted is a desk with a note of Anna's that was edited once and holds a file, and the search over it.
type noted struct {
	*amender
	find *finder
	note inbox.MessageID
	file inbox.FileID
}

// words are what the note says and said, and what its file is called.
var words = []string{"burgundy", "crimson", "ledger"}

func eachNoted(t *testing.T, run func(t *testing.T, n *noted)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		n := &noted{amender: openAmender(t, db), find: newFinder(t, db), file: 7001}
		n.limits.Files.MaxCount = 1
		if err := db.AddFile(t.Context(), inbox.File{ID: n.file, Hash: "h1", Name: "ledger.pdf", Size: 1, CreatedAt: n.Now()}, inbox.FileOwner{Kind: "agent", ID: 1}); err != nil {
			t.Fatal(err)
		}
		n.note = n.write(n.anna, inbox.Answer{Kind: inbox.KindNote, Text: "The burgundy one", Files: []inbox.FileID{n.file}}).ID
		n.must(n.inbox.Edit(t.Context(), n.anna, n.note, inbox.Words{Text: "The crimson one"}))
		n.find.index()
		run(t, n)
	})
}

// told is all that is told of the conversation: its row, its thread, its timeline, the message itself, events, triggers.
func (n *noted) told() string {
	n.t.Helper()
	ctx := n.t.Context()
	page, err := n.inbox.Messages(ctx, n.anna, n.conv, inbox.MessageFilter{Limit: 50})
	line, err2 := n.inbox.Timeline(ctx, n.anna, n.conv, "", 50)
	fed, err3 := n.db.FeedMessages(ctx, []inbox.MessageID{n.note, n.sent})
	facts, err4 := n.db.Snapshots(ctx, []router.Subject{{Conversation: n.conv, Message: n.note}, {Message: n.sent}}, false)
	for _, err := range []error{err, err2, err3, err4} {
		if err != nil {
			n.t.Fatal(err)
		}
	}
	var said []inbox.Message
	for _, f := range facts {
		said = append(said, *f.Message)
	}
	one := n.must(n.inbox.Message(ctx, n.anna, n.note))
	text, err := json.Marshal([]any{n.row(n.anna), page, line, fed, said, one})
	if err != nil {
		n.t.Fatal(err)
	}
	return string(text)
}

// found are the messages that say something, or have a file of that name.
func (n *noted) found(query string) (out []int64) {
	n.find.index()
	r := n.find.find(n.anna, search.Filter{Query: query})
	for _, h := range r.Messages.Items {
		out = append(out, int64(h.ID))
	}
	for _, h := range r.Files.Items {
		out = append(out, int64(h.MessageID))
	}
	return out
}

func (n *noted) downloads(v actor.Viewer) bool {
	n.t.Helper()
	_, found, err := n.db.File(n.t.Context(), v, n.file)
	if err != nil {
		n.t.Fatal(err)
	}
	return found
}

// TestDeletedNote: nothing tells what a deleted note said, and a minute later not even its author can have it back.
func TestDeletedNote(t *testing.T) {
	t.Parallel()
	eachNoted(t, func(t *testing.T, n *noted) {
		for _, word := range words {
			if !strings.Contains(n.told(), word) {
				t.Fatalf("%q is not there to begin with: %s", word, n.told())
			}
		}
		if m := n.must(n.inbox.Delete(t.Context(), n.anna, n.note)); m.DeletedAt.IsZero() || m.Text != "" || len(m.Files) != 0 {
			t.Errorf("the answer: %+v", m)
		}
		if told := n.told(); !strings.Contains(told, `"note":true`) {
			t.Errorf("the timeline does not call it a note: %s", told)
		}
		for _, word := range words {
			if told := n.told(); strings.Contains(told, word) {
				t.Errorf("%q is still told: %s", word, told)
			}
			if got := n.found(word); got != nil {
				t.Errorf("%q finds %v", word, got)
			}
		}
		if n.downloads(n.anna) {
			t.Error("its file is still there to download")
		}
		n.refused("a second time", "message_deleted", func() error { _, err := n.inbox.Delete(t.Context(), n.anna, n.note); return err }())

		n.add(time.Minute + time.Second)
		_, err := n.inbox.Restore(t.Context(), n.anna, n.note)
		n.refused("too late", "restore_too_late", err)
		if swept, err := n.db.Housekeep(t.Context(), n.Now()); err != nil || swept.Rows["deleted notes"] != 0 {
			t.Errorf("swept too early: %v, %v", swept, err)
		}
		n.add(10 * time.Minute)
		if swept, err := n.db.Housekeep(t.Context(), n.Now()); err != nil || swept.Rows["deleted notes"] != 1 {
			t.Errorf("swept %v, %v", swept, err)
		}
		for query, left := range map[string]int64{
			`SELECT COUNT(*) FROM messages WHERE deleted_at > 0`:                               1,
			`SELECT COUNT(*) FROM messages WHERE deleted_at > 0 AND (text <> '' OR files > 0)`: 0,
			`SELECT COUNT(*) FROM timeline WHERE data LIKE '%burgundy%'`:                       0,
			`SELECT COUNT(*) FROM timeline WHERE type = 'edited'`:                              1,
			`SELECT COUNT(*) FROM message_files`:                                               0,
			`SELECT COUNT(*) FROM files WHERE NOT used`:                                        1,
			`SELECT COUNT(*) FROM messages WHERE text = 'It is on its wy.' AND state = 'sent'`: 1,
		} {
			if got := number(t, n.db, query); got != left {
				t.Errorf("%s: %d, want %d", query, got, left)
			}
		}
		n.add(25 * time.Hour)
		if swept, err := n.db.Housekeep(t.Context(), n.Now()); err != nil || swept.Rows["deleted notes"] != 0 || !slices.Equal(swept.Hashes, []string{"h1"}) {
			t.Errorf("a day later: %+v, %v", swept, err)
		}
	})
}

// TestNoteIsBackWhole: who deleted a note has it back with everything, and so has everybody.
func TestNoteIsBackWhole(t *testing.T) {
	t.Parallel()
	eachNoted(t, func(t *testing.T, n *noted) {
		before := n.must(n.inbox.Message(t.Context(), n.anna, n.note))
		n.must(n.inbox.Delete(t.Context(), n.anna, n.note))
		n.find.index()
		all := n.boris
		all.Scope = actor.All
		_, err := n.inbox.Restore(t.Context(), all, n.note)
		n.refused("a colleague", "not_yours", err)
		_, err = n.inbox.Restore(t.Context(), actor.Viewer{AgentID: 9, Scope: actor.Own}, n.note)
		n.refused("a stranger", "message_not_found", err)

		n.add(time.Minute)
		head, err := n.db.FeedHead(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		after := n.must(n.inbox.Restore(t.Context(), n.anna, n.note))
		if !after.DeletedAt.IsZero() || after.Text != before.Text || !after.EditedAt.Equal(before.EditedAt) || after.Seq != before.Seq || !slices.Equal(after.Files, before.Files) {
			t.Errorf("back is %+v, was %+v", after, before)
		}
		if fed, err := n.db.FeedAfter(t.Context(), head, 9); err != nil || len(fed) == 0 || fed[0].Type != "message.updated" || fed[0].ObjectID != int64(n.note) {
			t.Errorf("told of it: %+v, %v", fed, err)
		}
		for _, word := range words {
			if told := n.told(); !strings.Contains(told, word) {
				t.Errorf("%q is not told again: %s", word, told)
			}
		}
		for _, word := range []string{"crimson", "ledger"} {
			if got := n.found(word); !slices.Equal(got, []int64{int64(n.note)}) {
				t.Errorf("%q finds %v", word, got)
			}
		}
		if !n.downloads(n.anna) {
			t.Error("its file is not back")
		}
		if m := n.must(n.inbox.Restore(t.Context(), n.anna, n.note)); m.Text != before.Text {
			t.Errorf("once more: %+v", m)
		}
		n.add(time.Hour)
		if swept, err := n.db.Housekeep(t.Context(), n.Now()); err != nil || swept.Rows["deleted notes"] != 0 {
			t.Errorf("swept although it is back: %v, %v", swept, err)
		}
		_, err = n.inbox.Restore(t.Context(), n.anna, n.sent)
		n.refused("a message", "restore_unsupported", err)
	})
}

// TestNothingTellsWhatIsDeleted: what a contact no longer sees is told to nobody else either.
func TestNothingTellsWhatIsDeleted(t *testing.T) {
	t.Parallel()
	eachNoted(t, func(t *testing.T, n *noted) {
		n.must(n.inbox.Delete(t.Context(), n.anna, n.sent))
		if !strings.Contains(n.told(), "its wy") {
			t.Error("gone before the network took it")
		}
		n.done(n.under("delete"))
		if told := n.told(); strings.Contains(told, "its wy") {
			t.Errorf("still told: %s", told)
		}
		if got := n.found("way"); got != nil {
			t.Errorf("still found: %v", got)
		}
	})
}
