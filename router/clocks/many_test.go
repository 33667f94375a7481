package clocks_test

import (
	"context"
	"os"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/store"
	"parley/internal/store/storetest"
	"parley/router/clocks"
)

// TestManyAtOnce has many clocks run and some of them come due in the same second, on a
// real clock: each fires once, and soon. PARLEY_CLOCKS=100000 is the size of the promise.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	many, due := 2_000, 200
	if n, err := strconv.Atoi(os.Getenv("PARLEY_CLOCKS")); err == nil && n > 0 {
		many, due = n, n/100
	}
	for _, engine := range storetest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			db := storetest.Open(t, engine)
			h := build(t, db)
			h.Pass(time.Since(h.Now()))
			h.policy(clocks.Policy{Targets: clocks.Targets{Resolution: 600}})
			fill(t, h, many)
			late := fall(t, h, due)
			slices.Sort(late)
			p99 := late[len(late)*99/100]
			t.Logf("%d running, %d due in one second: lateness p50 %s, p99 %s, most %s", many, due, late[len(late)/2], p99, late[len(late)-1])
			if p99 > 2*time.Second {
				t.Errorf("p99 lateness is %s", p99)
			}
		})
	}
}

// fill begins conversations and their clocks.
func fill(t *testing.T, h *house, many int) {
	for n := 0; n < many; {
		var list []channels.Event
		for ; len(list) < channels.MaxBatch && n < many; n++ {
			name := "v" + strconv.Itoa(n)
			list = append(list, channels.Event{
				Key: channels.EventKey(name), Direction: channels.Inward, Chat: name, Sender: channels.Sender{Scope: "visitor", Address: name}, Message: &channels.Message{Text: "hello"},
			})
		}
		h.Deliver(list...)
	}
	h.work()
}

// fall lets some clocks come due within a second while two wakers look, and returns how
// late each was.
func fall(t *testing.T, h *house, due int) (late []time.Duration) {
	list, err := h.DB.OpenClocks(t.Context(), firstConversations(t, h, due))
	if err != nil || len(list) != due {
		t.Fatalf("%d clocks, %v", len(list), err)
	}
	live := clocks.New(clocks.Options{Store: h.DB, Book: clocks.NewBook(), Outside: h, Now: time.Now})
	soon := time.Now().Add(500 * time.Millisecond)
	var kept []clocks.Kept
	dueAt := map[int64]time.Time{}
	for i, c := range list { // as if they had begun ten hours before
		at := soon.Add(time.Duration(i) * time.Second / time.Duration(due)).UTC().Truncate(time.Microsecond)
		c.StartedAt, c.RunsSince, c.DueAt = at.Add(-c.Target), at.Add(-c.Target), at
		kept = append(kept, clocks.Kept{Clock: c, Next: at})
		dueAt[int64(c.ID)] = at
	}
	h.Write(func(ctx context.Context) error { return h.DB.PutClocks(ctx, kept) })
	var wakers sync.WaitGroup
	ctx, done := context.WithTimeout(t.Context(), 30*time.Second)
	defer done()
	for range 2 { // two nodes
		w := clocks.NewWaker(live)
		w.Start()
		wakers.Go(func() { <-ctx.Done(); w.Stop() })
	}
	fired := waitFired(ctx, t, h.DB, dueAt)
	done()
	wakers.Wait()
	for _, n := range fired {
		if len(n) != 1 {
			t.Fatalf("a clock fired %d times", len(n))
		}
		late = append(late, n[0])
	}
	return late
}

// waitFired follows the feed until so many clocks have breached, and returns for each
// how long after its deadline pages could hear of it.
func waitFired(ctx context.Context, t *testing.T, db *store.DB, dueAt map[int64]time.Time) map[int64][]time.Duration {
	fired := map[int64][]time.Duration{}
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	after, err := db.FeedHead(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for settled := 0; settled < 25; {
		select {
		case <-ctx.Done():
			t.Fatalf("%d of %d fired", len(fired), len(dueAt))
		case <-tick.C:
		}
		rows, err := db.FeedAfter(ctx, after, 1000)
		if err != nil {
			t.Fatal(err)
		}
		now := time.Now()
		for _, r := range rows {
			after = r.ID
			if r.Type == "clock.breached" {
				fired[r.ObjectID] = append(fired[r.ObjectID], now.Sub(dueAt[r.ObjectID]))
			}
		}
		if len(fired) == len(dueAt) {
			settled++ // a second firing would follow soon
		}
	}
	return fired
}

func firstConversations(t *testing.T, h *house, n int) (ids []inbox.ConversationID) {
	for cursor := ""; len(ids) < n; {
		page, err := h.Inbox.List(t.Context(), actor.System(), inbox.Filter{Limit: 100, Cursor: cursor})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range page.Items {
			ids = append(ids, r.ID)
		}
		cursor = page.Next
	}
	return ids[:n]
}
