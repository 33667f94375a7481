package store_test

import (
	"log/slog"
	"sync"
	"testing"
	"time"

	"parley/accounts"
	"parley/channels"
	"parley/channels/email"
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
