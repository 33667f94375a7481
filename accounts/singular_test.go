package accounts_test

import (
	"errors"
	"log/slog"
	"maps"
	"testing"
	"time"

	"parley/accounts"
	"parley/channels"
	"parley/channels/email"
	"parley/internal/secret"
)

// TestAMailboxIsConnectedOnce connects a mailbox, and tries it again in other words.
func TestAMailboxIsConnectedOnce(t *testing.T) {
	t.Parallel()
	s := accounts.New(accounts.Options{
		Store: newMemory(), Drivers: accounts.NewDrivers(&email.Driver{}), Box: secret.New(secret.Key{1}),
		Env: channels.Env{Log: slog.New(slog.DiscardHandler), Now: time.Now},
	})
	connect := func(change map[string]any) (channels.AccountID, error) {
		config := map[string]any{"address": "office@example.com", "imap_host": "imap.example.com", "smtp_host": "smtp.example.com", "password": "a-password"}
		maps.Copy(config, change)
		a, err := s.Create(t.Context(), admin(), accounts.Draft{Kind: channels.KindEmail, Name: "Office", Config: config})
		return a.ID, err
	}
	first, err := connect(nil)
	if err != nil {
		t.Fatal(err)
	}
	const refused = "config.address:already_connected"
	for name, c := range map[string]struct {
		change map[string]any
		want   string
	}{
		"the same":          {nil, refused},
		"in other words":    {map[string]any{"address": "Office@Example.com", "imap_host": "IMAP.example.com.", "imap_port": 143, "imap_security": "starttls"}, refused},
		"by its user":       {map[string]any{"address": "alias@example.com", "username": "office@example.com"}, refused},
		"its inbox by name": {map[string]any{"mailbox": "inbox"}, refused},
	} {
		if _, err := connect(c.change); wrongFields(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, change := range map[string]map[string]any{
		"somebody else's": {"address": "sales@example.com"}, "another server": {"imap_host": "imap.example.net"}, "another folder": {"mailbox": "Support"},
	} {
		if _, err := connect(change); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := s.Patch(t.Context(), admin(), first, accounts.Patch{Config: map[string]any{"imap_host": "imap.example.net"}}); wrongFields(err) != refused {
		t.Errorf("changed into another: %v", err)
	}
	if _, err := s.Patch(t.Context(), admin(), first, accounts.Patch{Config: map[string]any{"poll_seconds": 90}}); err != nil {
		t.Errorf("changed otherwise: %v", err)
	}
	archive := func(id channels.AccountID, archived bool) error {
		_, err := s.Patch(t.Context(), admin(), id, accounts.Patch{Archived: &archived})
		return err
	}
	if err := archive(first, true); err != nil {
		t.Fatal(err)
	}
	second, err := connect(nil)
	if err != nil {
		t.Fatalf("beside the archived one: %v", err)
	}
	if err := archive(first, false); wrongFields(err) != refused {
		t.Errorf("brought back beside its successor: %v", err)
	}
	if err := errors.Join(archive(second, true), archive(first, false)); err != nil {
		t.Errorf("brought back after its successor: %v", err)
	}
}
