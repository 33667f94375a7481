package store_test

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"parley/accounts"
	"parley/channels"
	"parley/channels/email"
	"parley/inbox/actor"
	"parley/internal/secret"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestAMailboxIsConnectedOnceAtATime has several people connect one mailbox at the same moment.
func TestAMailboxIsConnectedOnceAtATime(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s := accounts.New(accounts.Options{
			Store: db, Drivers: accounts.NewDrivers(&email.Driver{}), Box: secret.New(secret.Key{1}),
			Env: channels.Env{Log: slog.New(slog.DiscardHandler), Now: time.Now},
		})
		for _, host := range []string{"imap.one.example", "imap.two.example", "imap.three.example"} {
			var wg sync.WaitGroup
			for range 4 {
				wg.Go(func() {
					// That all but one are refused shows in the list.
					_, _ = s.Create(t.Context(), everyone(), accounts.Draft{Kind: channels.KindEmail, Name: host, Config: map[string]any{
						"address": "office@example.com", "imap_host": host, "smtp_host": "smtp.example.com", "password": "a-password",
					}})
				})
			}
			wg.Wait()
		}
		list, err := s.List(t.Context(), everyone())
		if err != nil || len(list) != 3 {
			t.Errorf("%d accounts of 3 mailboxes, %v", len(list), err)
		}
	})
}

// TestTheDatabaseKnowsAnAccountOnce writes past the service: the constraint alone refuses the second.
func TestTheDatabaseKnowsAnAccountOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		save := func(id channels.AccountID, key string, archived bool) error {
			row := accounts.Row{Account: accounts.Account{ID: id, Kind: channels.KindTelegram, Name: "Bot", Archived: archived, Version: 1}, RemoteKey: key}
			return db.Write(t.Context(), func(ctx context.Context) error { return db.InsertAccount(ctx, row, actor.Cause{}) })
		}
		for _, one := range []struct {
			id       channels.AccountID
			key      string
			archived bool
			refused  bool
		}{{1, "k", true, false}, {2, "k", false, false}, {3, "k", false, true}, {4, "other", false, false}, {5, "", false, false}, {6, "", false, false}} {
			if err := save(one.id, one.key, one.archived); (err != nil) != one.refused {
				t.Errorf("account %d: %v", one.id, err)
			}
		}
	})
}
