package store_test

import (
	"context"
	"log/slog"
	"reflect"
	"sync"
	"testing"
	"time"

	"parley/accounts"
	"parley/channels"
	"parley/channels/webchat"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/fault"
	"parley/internal/secret"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// desk is the service of accounts over a real database.
func desk(db *store.DB) *accounts.Service {
	return accounts.New(accounts.Options{
		Store: db, Drivers: accounts.NewDrivers(webchat.NewDriver(nil)), Box: secret.New(secret.Key{1}),
		Env: channels.Env{Log: slog.New(slog.DiscardHandler), Now: time.Now},
	})
}

func everyone() actor.Viewer { return actor.Viewer{AgentID: 1, Scope: actor.All} }

func TestAccountsAreKept(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s, ctx := desk(db), t.Context()
		made, err := s.Create(ctx, everyone(), accounts.Draft{Kind: channels.KindWebchat, Name: "Shop", Config: map[string]any{
			"greeting": "Привет", "languages": []any{"en"}, "identity_secret": "secret-of-the-site",
		}})
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.Get(ctx, everyone(), made.ID)
		if err != nil || !reflect.DeepEqual(got, made) {
			t.Fatalf("kept as %+v, %v; want %+v", got, err, made)
		}
		name := "Store"
		changed, err := s.Patch(ctx, everyone(), made.ID, accounts.Patch{Name: &name, Config: map[string]any{"greeting": nil}})
		if err != nil || changed.Name != name || changed.Config["greeting"] != nil || changed.Version != 2 || len(changed.Secrets) != 1 {
			t.Errorf("patched to %+v, %v", changed, err)
		}
		other, err := s.Create(ctx, everyone(), accounts.Draft{Kind: channels.KindWebchat, Name: "Second"})
		if err != nil {
			t.Fatal(err)
		}
		list, err := s.List(ctx, everyone())
		if err != nil || len(list) != 2 || !reflect.DeepEqual(list[0], changed) || list[1].ID != other.ID {
			t.Errorf("listed as %+v, %v", list, err)
		}
		bound := actor.Viewer{AgentID: 2, Scope: actor.Own, Accounts: []int64{int64(other.ID)}}
		if list, err := s.List(ctx, bound); err != nil || len(list) != 1 || list[0].ID != other.ID {
			t.Errorf("a bound viewer sees %+v, %v", list, err)
		}
		if list, err := s.List(ctx, actor.Viewer{}); err != nil || len(list) != 0 {
			t.Errorf("nobody sees %+v, %v", list, err)
		}
		versions, err := db.AccountVersions(ctx)
		if err != nil || versions[made.ID] != 2 || versions[other.ID] != 1 {
			t.Errorf("versions = %v, %v", versions, err)
		}
	})
}

func TestAccountState(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s, ctx := desk(db), t.Context()
		a, err := s.Create(ctx, everyone(), accounts.Draft{Kind: channels.KindWebchat, Name: "Shop"})
		if err != nil {
			t.Fatal(err)
		}
		set := func(version int64, state channels.StateName, p accounts.Problem) (changed bool) {
			t.Helper()
			err := db.Write(ctx, func(ctx context.Context) (err error) {
				changed, err = db.SetAccountHealth(ctx, a.ID, version, accounts.Health{State: state, Error: p}, time.Now())
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return changed
		}
		denied := accounts.Problem{Code: "denied", Text: "wrong password"}
		for i, c := range []struct {
			version int64
			state   channels.StateName
			problem accounts.Problem
			want    bool
		}{
			{1, channels.StateNeedsAuth, denied, true},
			{1, channels.StateNeedsAuth, denied, false},
			{1, channels.StateNeedsAuth, accounts.Problem{Code: "denied"}, true},
			{2, channels.StateConnected, accounts.Problem{}, false},
			{1, channels.StateConnected, accounts.Problem{}, true},
		} {
			if got := set(c.version, c.state, c.problem); got != c.want {
				t.Errorf("step %d changed something: %v", i, got)
			}
		}
		if got, err := s.Get(ctx, everyone(), a.ID); err != nil || got.State != channels.StateConnected || got.Version != 1 {
			t.Errorf("kept as %+v, %v", got, err)
		}
	})
}

func TestAccountsWithConversationsStay(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s, ctx := desk(db), t.Context()
		a, err := s.Create(ctx, everyone(), accounts.Draft{Kind: channels.KindWebchat, Name: "Shop"})
		if err != nil {
			t.Fatal(err)
		}
		now := time.Now()
		save(t, db, &inbox.Changes{
			Conversations: []*inbox.Conversation{{ID: 5, Number: 1, AccountID: a.ID, Chat: "c", Status: inbox.Open, Priority: inbox.Normal, CreatedAt: now, UpdatedAt: now}},
		})
		if err := s.Delete(ctx, everyone(), a.ID, false); fault.CodeOf(err) != accounts.ErrInUse.Code {
			t.Errorf("deleted with %v", err)
		}
		if err := s.Delete(ctx, everyone(), a.ID, true); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Get(ctx, everyone(), a.ID); err != nil || !got.Archived || got.State != channels.StateStopped {
			t.Errorf("archived as %+v, %v", got, err)
		}
		if list, err := s.List(ctx, everyone()); err != nil || len(list) != 0 {
			t.Errorf("an archived account is listed: %+v, %v", list, err)
		}
	})
}

func TestDeletedAccountLeavesNothing(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s, ctx := desk(db), t.Context()
		a, err := s.Create(ctx, everyone(), accounts.Draft{Kind: channels.KindWebchat, Name: "Shop"})
		if err != nil {
			t.Fatal(err)
		}
		save(t, db, &inbox.Changes{
			Received: received(a.ID, 10, 3),
			Cursors:  []inbox.Cursor{{AccountID: a.ID, Stream: "updates", Value: "7"}},
		})
		if err := s.Delete(ctx, everyone(), a.ID, false); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Get(ctx, everyone(), a.ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("found after the deletion: %v", err)
		}
		if items, _, err := db.Received(ctx, everyone(), a.ID, "", 10); err != nil || len(items) != 0 {
			t.Errorf("%d events are left, %v", len(items), err)
		}
		if cursor, err := db.Cursor(ctx, a.ID, "updates"); err != nil || cursor != "" {
			t.Errorf("the cursor %q is left, %v", cursor, err)
		}
	})
}

// save commits changes.
func save(t *testing.T, db *store.DB, ch *inbox.Changes) {
	t.Helper()
	if err := db.Write(t.Context(), func(ctx context.Context) error { return db.Save(ctx, ch) }); err != nil {
		t.Fatal(err)
	}
}

func TestAccountChangesAreTold(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s, ctx := desk(db), t.Context()
		who := everyone()
		who.Cause = actor.Cause{Kind: actor.Agent, ID: 1}
		a, err := s.Create(ctx, who, accounts.Draft{Kind: channels.KindWebchat, Name: "Shop"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Pause(ctx, who, a.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Pause(ctx, who, a.ID); err != nil { // changes nothing, tells nothing
			t.Fatal(err)
		}
		if err := s.Delete(ctx, who, a.ID, false); err != nil {
			t.Fatal(err)
		}
		told, err := db.FeedAfter(ctx, 0, 100)
		if err != nil || len(told) != 3 {
			t.Fatalf("told %+v, %v; want three rows", told, err)
		}
		for _, f := range told {
			if f.Type != "account.updated" || f.ObjectID != int64(a.ID) || f.Cause.Kind != actor.Agent || f.Cause.ID != 1 {
				t.Errorf("told %+v", f)
			}
		}
	})
}

func TestConcurrentPatchesAllCount(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s, ctx := desk(db), t.Context()
		a, err := s.Create(ctx, everyone(), accounts.Draft{Kind: channels.KindWebchat, Name: "Shop"})
		if err != nil {
			t.Fatal(err)
		}
		patches := []map[string]any{
			{"title": "T"}, {"greeting": "G"}, {"color": "#112233"}, {"position": "left"},
			{"languages": []any{"en"}}, {"sites": []any{"shop.ru"}}, {"pre_chat": []any{"name"}}, {"identity_secret": "secret-of-the-site"},
		}
		var wg sync.WaitGroup
		for _, config := range patches {
			wg.Go(func() {
				if _, err := s.Patch(ctx, everyone(), a.ID, accounts.Patch{Config: config}); err != nil {
					t.Errorf("patch %v: %v", config, err)
				}
			})
		}
		wg.Wait()
		got, err := s.Get(ctx, everyone(), a.ID)
		if err != nil || got.Version != int64(1+len(patches)) || len(got.Config) != len(patches)-1 || len(got.Secrets) != 1 {
			t.Errorf("after %d patches: %+v, %v", len(patches), got, err)
		}
	})
}
