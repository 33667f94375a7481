package store_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// walksBothWays holds a list to what it is page by page: it has as many rows as are counted, a page that
// skips some begins behind them, and backwards one meets the same rows as forwards.
func walksBothWays(t *testing.T, db *store.DB, v actor.Viewer, name string, f inbox.Filter) {
	t.Helper()
	read := func(at inbox.Filter) (ids []int64, next, prev string) {
		page, err := db.Conversations(t.Context(), v, at)
		if err != nil {
			t.Fatalf("%s as %+v: %v", name, v, err)
		}
		return idsOf(page.Items, func(r inbox.Row) int64 { return int64(r.ID) }), page.Next, page.Prev
	}
	f.Cursor, f.Limit = "", 1000
	all, _, _ := read(f)
	if n, err := db.ConversationCount(t.Context(), v, f); err != nil || n != len(all) {
		t.Errorf("%s as %+v: %d are counted of %d (%v)", name, v, n, len(all), err)
	}
	f.Limit = 5
	for skip := 1; skip <= len(all)+1; skip += 3 {
		at := f
		at.Skip = skip
		from, to := min(skip, len(all)), min(skip+5, len(all))
		ids, next, prev := read(at)
		if !slices.Equal(ids, all[from:to]) || (next == "") != (to == len(all)) || (prev == "") != (from == to) {
			t.Errorf("%s as %+v behind %d: %v, next %q, prev %q; want %v", name, v, skip, ids, next, prev, all[from:to])
		}
		// From there to the beginning, and one step on again.
		for end := from; prev != ""; end -= 5 {
			back := f
			back.Before = prev
			ids, next, prev = read(back)
			begin := max(0, end-5)
			if !slices.Equal(ids, all[begin:end]) || next == "" || (prev == "") != (begin == 0) {
				t.Fatalf("%s as %+v before %d: %v, next %q, prev %q; want %v", name, v, end, ids, next, prev, all[begin:end])
			}
			on := f
			on.Cursor = next
			if ids, _, _ := read(on); !slices.Equal(ids, all[end:min(end+5, len(all))]) {
				t.Fatalf("%s as %+v on from %d: %v, want %v", name, v, end, ids, all[end:min(end+5, len(all))])
			}
		}
	}
}

// TestAJumpReadsWhatItSkips of every door, however much lies behind it.
func TestAJumpReadsWhatItSkips(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.Postgres)
	const each = 1000
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	ch := &inbox.Changes{}
	for n := range int64(2 * each) {
		id := 5000 + n
		at = at.Add(time.Second)
		ch.Conversations = append(ch.Conversations, &inbox.Conversation{
			ID: inbox.ConversationID(id), Number: id, AccountID: 20, Chat: fmt.Sprint("chat ", n), TeamID: inbox.TeamID(n % 2), Priority: inbox.Normal,
			Status: inbox.Closed, ClosedAt: at, LastAt: at, CreatedAt: at, UpdatedAt: at,
		})
	}
	err := db.Bulk(t.Context(), func(ctx context.Context) error {
		if err := db.Save(ctx, ch); err != nil {
			return err
		}
		return db.Exec(ctx, "ANALYZE conversations")
	})
	if err != nil {
		t.Fatal(err)
	}
	v := actor.Viewer{AgentID: 7, Scope: actor.Team, Teams: []int64{1}}
	most, plan, err := db.ReadForWindow(t.Context(), v, inbox.Filter{Statuses: []inbox.Status{inbox.Closed}, Skip: 40, Limit: 10})
	if err != nil || most == 0 || most > 51 {
		t.Errorf("a door of %d was read %v times to skip 40 (%v):\n%s", each, most, err, plan)
	}
}
