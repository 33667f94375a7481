package store_test

import (
	"fmt"
	"log/slog"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/fault"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// upload adds the row of an upload.
func upload(t *testing.T, db *store.DB, id int64, owner inbox.FileOwner) {
	t.Helper()
	if err := db.AddFile(t.Context(), inbox.File{ID: inbox.FileID(id), Hash: "h", Name: "a.txt", Size: 1, CreatedAt: start}, owner); err != nil {
		t.Fatal(err)
	}
}

// TestUploadIsTakenOnce has many answers take the same files, in any order.
func TestUploadIsTakenOnce(t *testing.T) {
	t.Parallel()
	eachPost(t, func(t *testing.T, p *post) {
		v := actor.Viewer{Scope: actor.All, AgentID: 7, Cause: actor.Cause{Kind: actor.Agent, ID: 7}}
		limits := func(channels.AccountID) (channels.Limits, bool) {
			return channels.Limits{Text: channels.TextLimit{Max: 100, Unit: channels.UnitRunes}, Files: channels.FileLimit{MaxCount: 5, MaxBytes: 100}}, true
		}
		s := inbox.New(p.db, limits, time.Now, slog.New(slog.DiscardHandler))
		upload(t, p.db, 51, inbox.FileOwner{Kind: "agent", ID: 7})
		upload(t, p.db, 52, inbox.FileOwner{Kind: "agent", ID: 7})
		talks := make(chan inbox.ConversationID, 12)
		for i := range cap(talks) {
			talks <- p.talk(fmt.Sprint("chat ", i)).ID
		}
		worked, refused := atOnce(cap(talks), func() error {
			talk := <-talks
			files := []inbox.FileID{51, 52}
			if talk%2 == 0 {
				files = []inbox.FileID{52, 51}
			}
			_, err := s.Write(t.Context(), v, talk, inbox.Answer{Kind: inbox.KindMessage, Text: "see", Files: files})
			return err
		})
		if worked != 1 {
			t.Errorf("%d answers took one file", worked)
		}
		for _, err := range refused {
			if f, ok := fault.As(err); !ok || len(f.Fields) != 1 || f.Fields[0].Path != "attachments" || f.Fields[0].Code != "unknown" {
				t.Errorf("refused with %v", err)
			}
		}
		if n := number(t, p.db, `SELECT COUNT(*) FROM message_files`); n != 2 {
			t.Errorf("%d attachments, want 2", n)
		}
	})
}

// TestUploadGoneIsQuarantined delivers messages whose uploads cannot be taken: only they
// are at fault.
func TestUploadGoneIsQuarantined(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := enter(t, db, nil)
		upload(t, db, 51, inbox.FileOwner{Kind: "visitor", ID: 1, Ref: "a"})
		with := func(key string, ids ...int64) channels.Event {
			ev := says("a", key, "see")
			for _, id := range ids {
				ev.Message.Files = append(ev.Message.Files, channels.File{ID: id, Hash: "h", Name: "a.txt", Size: 1})
			}
			return ev
		}
		out := d.deliver(says("a", "1", "hello"), with("2", 99), with("3", 51), with("4", 51), with("5", 0))
		want := []channels.OutcomeKind{channels.OutcomeMessage, channels.OutcomeQuarantined, channels.OutcomeReply, channels.OutcomeQuarantined, channels.OutcomeReply}
		for i, o := range out {
			if o.Kind != want[i] {
				t.Errorf("event %d is %s, want %s", i+1, o.Kind, want[i])
			}
		}
		if n := number(t, db, `SELECT COUNT(*) FROM message_files`); n != 2 {
			t.Errorf("%d attachments, want 2", n)
		}
		hold(t, db)
	})
}
