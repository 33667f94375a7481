package store_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"parley/inbox"
	"parley/internal/auth"
	"parley/internal/notify"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

func write(t *testing.T, db *store.DB, fn func(ctx context.Context) error) {
	t.Helper()
	if err := db.Write(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func newAgent(t *testing.T, db *store.DB, id auth.AgentID) {
	t.Helper()
	write(t, db, func(ctx context.Context) error {
		return db.InsertAgent(ctx, auth.Agent{ID: id, Email: fmt.Sprint(id, "@example.com"), Name: "Jane", Role: auth.RoleAgent, Presence: auth.Online, CreatedAt: noon})
	})
}

func TestNobodyIsToldTwice(t *testing.T) {
	t.Parallel()
	storetest.EachPlace(t, func(t *testing.T, o store.Options) {
		db := storetest.At(t, o)
		nodes := []*store.DB{db, db}
		if o.URL != "" {
			nodes[1] = storetest.At(t, o)
		}
		var work sync.WaitGroup
		var mu sync.Mutex
		fresh := 0
		for i := range 20 {
			work.Go(func() {
				told := notify.Told{ID: int64(100 + i), Alert: notify.Alert{Agent: 1, Key: "message:7", Kind: notify.Message, Conversation: 5, Number: 12, Message: 7, By: 3, At: noon}, Badge: true}
				got := false
				err := nodes[i%2].Write(t.Context(), func(ctx context.Context) (err error) {
					got, err = nodes[i%2].AddTold(ctx, &told)
					return err
				})
				if err != nil {
					t.Error(err)
				}
				if mu.Lock(); got {
					fresh++
				}
				mu.Unlock()
			})
		}
		work.Wait()
		rows, err := db.FeedAfter(t.Context(), 0, 100)
		if err != nil {
			t.Fatal(err)
		}
		if fresh != 1 || len(rows) != 1 || rows[0].Type != "notification.created" {
			t.Fatalf("told %d times, %d lines in the feed", fresh, len(rows))
		}
		list, err := db.FeedTold(t.Context(), []int64{rows[0].ObjectID, 999})
		if err != nil || len(list) != 1 || list[0].Alert != (notify.Alert{Agent: 1, Key: "message:7", Kind: notify.Message, Conversation: 5, Number: 12, Message: 7, By: 3, At: noon}) || !list[0].Badge || list[0].Sound {
			t.Errorf("%+v, %v", list, err)
		}
		write(t, db, func(ctx context.Context) error {
			other := list[0]
			other.ID, other.Agent, other.Badge = 300, 2, false
			fresh, err := db.AddTold(ctx, &other)
			if !fresh {
				t.Error("somebody else was told, and so they were not")
			}
			return err
		})
		if rows, err := db.FeedAfter(t.Context(), rows[0].ID, 100); err != nil || len(rows) != 0 {
			t.Errorf("pages hear of what they shall not show: %v, %v", rows, err)
		}
	})
}

func TestWhoIsAway(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		newAgent(t, db, 1)
		now := noon
		away := func(when string, want bool) {
			t.Helper()
			h, found, err := db.Hearer(t.Context(), 1, now)
			if err != nil || !found || h.Away != want || h.Email != "1@example.com" {
				t.Fatalf("%s: %+v, %v, %v", when, h, found, err)
			}
		}
		here := func(open bool) (came bool) {
			write(t, db, func(ctx context.Context) (err error) {
				came, err = db.NoteHere(ctx, 1, open, now)
				return err
			})
			return came
		}
		away("never seen", true)
		here(true)
		away("a page is open", false)
		now = now.Add(2 * time.Minute)
		away("nobody noted them since: their node is gone", true)
		write(t, db, func(ctx context.Context) error { _, err := db.BeatHere(ctx, []inbox.AgentID{1, 9}, now); return err })
		away("noted again", false)
		mailed := func(want bool) {
			t.Helper()
			write(t, db, func(ctx context.Context) error {
				first, err := db.NoteMailed(ctx, 1, 5, now)
				if first != want {
					t.Errorf("first mail: %v, want %v", first, want)
				}
				return err
			})
		}
		here(false)
		away("the page was closed", true)
		mailed(true)
		mailed(false)
		now = now.Add(time.Hour)
		if list, err := db.AutoAway(t.Context(), now.Add(-time.Minute)); err != nil || len(list) != 1 {
			t.Fatalf("%v, %v", list, err)
		}
		if !here(true) {
			t.Error("whoever was set to away did not come back")
		}
		away("back", false)
		mailed(true)
		// They touch nothing, though the page stays open, and come back to it.
		idle := func(idle bool) {
			t.Helper()
			write(t, db, func(ctx context.Context) error {
				changed, err := db.Idle(ctx, 1, idle)
				if !changed {
					t.Errorf("idle %v changed nothing", idle)
				}
				return err
			})
		}
		apart := func(want bool) {
			t.Helper()
			if h, _, err := db.Hearer(t.Context(), 1, now); err != nil || h.Apart != want {
				t.Errorf("away of their presence: %+v, %v", h, err)
			}
		}
		apart(false)
		idle(true)
		away("idle", true)
		apart(true)
		idle(false)
		away("no longer idle", false)
		mailed(true)
		// Their node was away for a while, and notes them again.
		now = now.Add(time.Hour)
		if list, err := db.AutoAway(t.Context(), now.Add(-time.Minute)); err != nil || len(list) != 1 {
			t.Fatalf("%v, %v", list, err)
		}
		away("not noted", true)
		apart(false)
		write(t, db, func(ctx context.Context) error {
			came, err := db.BeatHere(ctx, []inbox.AgentID{1}, now)
			if len(came) != 1 {
				t.Errorf("%d came back", len(came))
			}
			return err
		})
		mailed(true)
		// The node dies: nobody tells that the page was closed.
		now = now.Add(time.Hour)
		if list, err := db.AutoAway(t.Context(), now.Add(-time.Minute)); err != nil || len(list) != 1 {
			t.Errorf("whose node died is online for ever: %v, %v", list, err)
		}
		if _, found, err := db.Hearer(t.Context(), 2, now); err != nil || found {
			t.Errorf("found nobody: %v, %v", found, err)
		}
	})
}

func TestPrefsAreKept(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		newAgent(t, db, 1)
		for _, quote := range []bool{true, false} {
			p := notify.DefaultPrefs()
			p.Quote, p.Quiet.Zone, p.Ways[notify.Message] = quote, "Europe/Moscow", []notify.Way{notify.Sound}
			if err := db.SetPrefs(t.Context(), 1, p); err != nil {
				t.Fatal(err)
			}
			h, _, err := db.Hearer(t.Context(), 1, noon)
			if err != nil || h.Prefs.Quote != quote || h.Prefs.Quiet.Zone != "Europe/Moscow" || h.Prefs.Wants(notify.Message, notify.Push) || !h.Prefs.Wants(notify.Breach, notify.Push) {
				t.Errorf("%+v, %v", h.Prefs, err)
			}
		}
	})
}

func TestSubscriptionsEndWithTheirSessions(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		newAgent(t, db, 1)
		newAgent(t, db, 2)
		write(t, db, func(ctx context.Context) error {
			for i := range int64(3) {
				s := auth.Session{ID: auth.SessionID(10 + i), AgentID: auth.AgentID(1 + i/2), Hash: auth.TokenHash{byte(i)}, CreatedAt: noon, LastSeenAt: noon, ExpiresAt: noon.Add(time.Hour)}
				if err := db.InsertSession(ctx, s); err != nil {
					return err
				}
			}
			return nil
		})
		put := func(id, agent, session int64, hash string) {
			t.Helper()
			s := notify.Subscription{ID: id, Agent: agent, Session: session, Hash: hash, Sealed: "sealed", Browser: "Firefox", CreatedAt: noon.Add(time.Duration(id) * time.Second)}
			if err := db.PutSubscription(t.Context(), s, 3); err != nil {
				t.Fatal(err)
			}
		}
		of := func(agent int64, at time.Time) (ids []int64) {
			t.Helper()
			list, err := db.SubscriptionsOf(t.Context(), agent, at)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range list {
				ids = append(ids, s.ID)
			}
			return ids
		}
		check := func(when string, got []int64, want string) {
			t.Helper()
			if fmt.Sprint(got) != want {
				t.Errorf("%s: %v, want %s", when, got, want)
			}
		}
		put(1, 1, 10, "a")
		put(2, 1, 11, "b")
		put(3, 1, 10, "c")
		put(4, 1, 10, "d")
		check("the oldest of too many goes", of(1, noon), "[2 3 4]")
		put(5, 2, 12, "d")
		check("a browser is whose who signed in last", of(1, noon), "[2 3]")
		check("and shows theirs", of(2, noon), "[5]")
		write(t, db, func(ctx context.Context) error { return db.DeleteSession(ctx, 1, 11) })
		check("a session was ended", of(1, noon), "[3]")
		check("sessions run out", of(1, noon.Add(2*time.Hour)), "[]")
		if found, err := db.DropSubscription(t.Context(), 2, 3); err != nil || found {
			t.Errorf("somebody else's was dropped: %v, %v", found, err)
		}
		if found, err := db.DropSubscription(t.Context(), 0, 3); err != nil || !found {
			t.Errorf("it was not dropped: %v, %v", found, err)
		}
		if _, found, err := db.Subscription(t.Context(), 3, noon); err != nil || found {
			t.Errorf("it is still there: %v, %v", found, err)
		}
		swept, err := db.Housekeep(t.Context(), noon.Add(time.Minute))
		if err != nil || swept.Rows["subscriptions"] != 1 { // that of the ended session
			t.Errorf("swept %v, %v", swept.Rows, err)
		}
	})
}
