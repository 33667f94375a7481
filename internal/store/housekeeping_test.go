package store_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/internal/auth"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

func TestHousekeeping(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
		const day = 24 * time.Hour
		// Of everything there is one that is a little too old and one that is not quite.
		ages := func(limit time.Duration) []time.Time {
			return []time.Time{now.Add(-limit - time.Second), now.Add(-limit + time.Second)}
		}
		id := int64(5000)
		next := func() int64 { id++; return id }
		err := db.Write(t.Context(), func(ctx context.Context) error {
			ch := &inbox.Changes{}
			for _, at := range ages(14 * day) {
				for _, outcome := range []channels.OutcomeKind{channels.OutcomeMessage, channels.OutcomeQuarantined} {
					n := next()
					ch.Received = append(ch.Received, inbox.ReceivedEvent{ID: n, AccountID: 1, Key: channels.EventKey(fmt.Sprint(n)), At: at, Outcome: outcome, Raw: "raw"})
				}
				ch.Parked = append(ch.Parked, inbox.Parked{ID: next(), AccountID: 1, RemoteID: "r", At: at})
			}
			for _, at := range ages(3 * day) {
				ch.Feed = append(ch.Feed, inbox.Notice{At: at, Type: "t"})
			}
			for i, at := range ages(0) {
				if err := db.InsertSession(ctx, auth.Session{ID: auth.SessionID(next()), AgentID: 1, Hash: auth.HashToken(fmt.Sprint(i)), ExpiresAt: at}); err != nil {
					return err
				}
			}
			for i, at := range ages(30 * day) {
				h := auth.HashToken(fmt.Sprint(i))
				if err := errors.Join(
					db.InsertInvitation(ctx, auth.Invitation{ID: auth.InvitationID(next()), Hash: h, ExpiresAt: at}),
					db.InsertReset(ctx, auth.Reset{Hash: h, AgentID: auth.AgentID(i), ExpiresAt: at})); err != nil {
					return err
				}
			}
			return db.Save(ctx, ch)
		})
		if err != nil {
			t.Fatal(err)
		}
		for i, at := range ages(day) {
			if _, _, _, err := db.Idempotency(func() time.Time { return at }).Begin(t.Context(), "ann", fmt.Sprint(i), "r"); err != nil {
				t.Fatal(err)
			}
		}
		want := map[string]int64{"raw": 1, "parked": 1, "feed": 1, "sessions": 1, "invitations": 1, "resets": 1, "answers": 1}
		swept, err := db.Housekeep(t.Context(), now)
		if err != nil || !reflect.DeepEqual(swept.Rows, want) {
			t.Errorf("swept %v, %v; want %v", swept.Rows, err, want)
		}
		for query, left := range map[string]int64{
			`SELECT COUNT(*) FROM received`:                  4,
			`SELECT COUNT(*) FROM received WHERE raw <> ''`:  3,
			`SELECT COUNT(*) FROM parked`:                    1,
			`SELECT COUNT(*) FROM feed`:                      1,
			`SELECT COUNT(*) FROM sessions`:                  1,
			`SELECT COUNT(*) FROM invitations`:               1,
			`SELECT COUNT(*) FROM password_resets`:           1,
			`SELECT COUNT(*) FROM idempotency`:               1,
			`SELECT COUNT(*) FROM received WHERE error = ''`: 4,
		} {
			if got := number(t, db, query); got != left {
				t.Errorf("%s: %d, want %d", query, got, left)
			}
		}
		if swept, err := db.Housekeep(t.Context(), now); err != nil || len(swept.Rows) != 0 {
			t.Errorf("nothing is left to sweep: %v, %v", swept, err)
		}
		if _, err := db.Housekeep(t.Context(), now.Add(365*day)); err != nil {
			t.Fatal(err)
		}
		if got := number(t, db, `SELECT COUNT(*) FROM feed`); got != 1 {
			t.Errorf("%d rows of the feed; the last one must stay, so that the head never goes back", got)
		}
	})
}

func TestHousekeepingOfManyRows(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
		const rows = 3000
		err := db.Write(t.Context(), func(ctx context.Context) error {
			ch := &inbox.Changes{}
			for n := range rows {
				ch.Received = append(ch.Received, inbox.ReceivedEvent{ID: int64(5000 + n), AccountID: 1, Key: channels.EventKey(fmt.Sprint(n)), At: now, Raw: strings.Repeat("x", 500)})
				ch.Feed = append(ch.Feed, inbox.Notice{At: now, Type: "t"})
			}
			return db.Save(ctx, ch)
		})
		if err != nil {
			t.Fatal(err)
		}
		swept, err := db.Housekeep(t.Context(), now.Add(100*24*time.Hour))
		if err != nil || swept.Rows["raw"] != rows || swept.Rows["feed"] != rows-1 {
			t.Errorf("swept %v, %v", swept.Rows, err)
		}
	})
}

func TestUnusedUploads(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
		upload := func(id int64, hash string, age time.Duration) {
			t.Helper()
			err := db.AddFile(t.Context(), inbox.File{ID: inbox.FileID(id), Hash: hash, CreatedAt: now.Add(-age)}, inbox.FileOwner{Kind: "agent", ID: 7})
			if err != nil {
				t.Fatal(err)
			}
		}
		const old, young = 25 * time.Hour, 23 * time.Hour
		upload(1001, "gone", old)
		upload(1002, "gone", old)
		upload(1003, "shared", old)
		upload(1004, "shared", young)
		upload(1005, "sent", old)
		upload(1006, "draft", old)
		err := db.Write(t.Context(), func(ctx context.Context) error {
			m := inbox.Message{ID: 1, ConversationID: 1, Seq: 1, Files: []inbox.File{{ID: 1005}}}
			if err := db.Save(ctx, &inbox.Changes{NewMessages: []*inbox.Message{&m}}); err != nil {
				return err
			}
			_, _, err := db.PutDraft(ctx, 7, 1, inbox.Draft{Files: []inbox.FileID{1006}, UpdatedAt: now})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		swept, err := db.Housekeep(t.Context(), now)
		if err != nil || swept.Rows["uploads"] != 3 || !slices.Equal(swept.Hashes, []string{"gone"}) {
			t.Errorf("swept %+v, %v", swept, err)
		}
		for hash, free := range map[string]bool{"gone": true, "shared": false, "sent": false} {
			removed := false
			dropped, err := db.DropBlob(t.Context(), hash, func(context.Context) error { removed = true; return nil })
			if err != nil || dropped != free || removed != free {
				t.Errorf("blob %s: dropped %v, removed %v, %v", hash, dropped, removed, err)
			}
		}
		if dropped, err := db.DropBlob(t.Context(), "gone", func(context.Context) error { return errors.New("disk") }); err == nil || dropped {
			t.Errorf("a blob that could not be removed: %v, %v", dropped, err)
		}
	})
}
