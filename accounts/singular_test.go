package accounts_test

import (
	"errors"
	"log/slog"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"parley/accounts"
	"parley/channels"
	"parley/channels/email"
	"parley/channels/sms"
	"parley/channels/telegram"
	"parley/channels/vk"
	"parley/channels/whatsapp"
	"parley/internal/fault"
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

// TestANetworksAccountIsConnectedOnce connects a bot, a number, a community and a sender, and tries each again under
// another name and with other secrets.
func TestANetworksAccountIsConnectedOnce(t *testing.T) {
	t.Parallel()
	s := accounts.New(accounts.Options{
		Store: newMemory(), Drivers: accounts.NewDrivers(&telegram.Driver{}, &whatsapp.Driver{}, &vk.Driver{}, &sms.Driver{}), Box: secret.New(secret.Key{1}),
		Env: channels.Env{Log: slog.New(slog.DiscardHandler), Now: time.Now, HTTP: http.DefaultClient},
	})
	number := map[string]any{"token": "EAAfirst", "phone_number_id": "15551", "business_id": "77", "app_secret": "0123456789abcdef0123456789abcdef", "verify_token": "a-word-of-ours"}
	twilio := map[string]any{"provider": "twilio", "account_sid": "AC" + strings.Repeat("0", 32), "auth_token": strings.Repeat("1", 32), "source": "+15550000000"}
	for name, c := range map[string]struct {
		kind          channels.Kind
		first         map[string]any
		again, others map[string]any // what is different
		refused       string
	}{
		"bot": {channels.KindTelegram, map[string]any{"token": "123456:AAEfirsttoken"}, map[string]any{"token": "123456:AAEsecondtoken"},
			map[string]any{"token": "123457:AAEfirsttoken"}, "config.token:already_connected"},
		"number":    {channels.KindWhatsApp, number, map[string]any{"token": "EAAsecond"}, map[string]any{"phone_number_id": "15552"}, "config.phone_number_id:already_connected"},
		"community": {channels.KindVK, map[string]any{"token": "vk1.a.first", "group_id": 123}, map[string]any{"token": "vk1.a.second"}, map[string]any{"group_id": 124}, "config.group_id:already_connected"},
		"sender":    {channels.KindSMS, twilio, map[string]any{"auth_token": strings.Repeat("2", 32)}, map[string]any{"source": "+15550000001"}, "config.source:already_connected"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			connect := func(name string, change map[string]any) (channels.AccountID, error) {
				config := maps.Clone(c.first)
				maps.Copy(config, change)
				a, err := s.Create(t.Context(), admin(), accounts.Draft{Kind: c.kind, Name: name, Config: config})
				return a.ID, err
			}
			first, err := connect("First", nil)
			if err != nil {
				t.Fatal(err)
			}
			_, err = connect("Second", c.again)
			if f, ok := fault.As(err); wrongFields(err) != c.refused || !ok || !strings.Contains(f.Fields[0].Text.RU, "«First»") || !strings.Contains(f.Fields[0].Text.EN, "“First”") {
				t.Errorf("again: %v", err)
			}
			other, err := connect("Other", c.others)
			if err != nil {
				t.Errorf("another: %v", err)
			}
			name := "Renamed"
			if _, err := s.Patch(t.Context(), admin(), first, accounts.Patch{Name: &name, Config: c.again}); err != nil {
				t.Errorf("a new secret of the same: %v", err)
			}
			if _, err := s.Patch(t.Context(), admin(), other, accounts.Patch{Config: c.first}); wrongFields(err) != c.refused {
				t.Errorf("changed into the first: %v", err)
			}
		})
	}
}
