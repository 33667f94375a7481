package store_test

import (
	"log/slog"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestMediaOfAlbums has an album come in two batches, one file of it come and one go, and
// the outcome told twice.
func TestMediaOfAlbums(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d, ctx := enter(t, db, nil), t.Context()
		var id inbox.MessageID
		for _, key := range []string{"k1", "k2", "k2"} {
			out, err := d.For(1, nil).Deliver(ctx, channels.Batch{Events: []channels.Event{{
				Key: channels.EventKey(key), Direction: channels.Inward, Chat: "c", Sender: channels.Sender{Scope: "fake", Address: "a", Verified: true},
				Message: &channels.Message{RemoteID: key, Album: "a1", Media: []channels.Media{{Ref: key, Kind: channels.MediaPhoto}}},
			}}})
			if err != nil || id != 0 && out[0].MessageID != int64(id) {
				t.Fatalf("deliver %s = %+v, %v", key, out, err)
			}
			id = inbox.MessageID(out[0].MessageID)
		}
		account, rows, err := db.WaitingMedia(ctx, id)
		if err != nil || account != 1 || len(rows) != 2 || rows[0].Ref != "k1" || rows[1].Ref != "k2" {
			t.Fatalf("waiting = %d %+v, %v", account, rows, err)
		}
		s := inbox.New(db, func(channels.AccountID) (l channels.Limits, ok bool) { return l, true }, d.Now, slog.New(slog.DiscardHandler))
		late := []inbox.Fetched{{Position: 1, Err: &channels.Error{Kind: channels.Transient}}}
		if again, err := s.Fetched(ctx, id, late); err != nil || !again.Equal(d.Now()) { // the other one was not tried
			t.Errorf("again = %v, %v", again, err)
		}
		settled := []inbox.Fetched{{Position: 0, File: channels.File{Hash: "h", Name: "n"}}, {Position: 1, Err: &channels.Error{Kind: channels.Permanent, Code: "x", Text: "no"}}}
		for range 2 {
			if again, err := s.Fetched(ctx, id, settled); err != nil || again != (time.Time{}) {
				t.Errorf("again = %v, %v", again, err)
			}
		}
		m, _, err := db.Message(ctx, actor.System(), id)
		if err != nil || len(m.Files) != 1 || m.Files[0].Hash != "h" || len(m.Media) != 2 || m.Media[0].FileID != m.Files[0].ID {
			t.Errorf("message = %+v, %v", m, err)
		}
		if gone := m.Missing(); len(gone) != 1 || gone[0].State != inbox.MediaGone || gone[0].Error.EN == "" || gone[0].Error.RU == "" || gone[0].Tries != 2 {
			t.Errorf("missing = %+v", gone)
		}
	})
}
