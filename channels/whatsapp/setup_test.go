package whatsapp_test

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/whatsapp"
	"parley/channels/whatsapp/whatsapptest"
)

// meta is what the tests' account is called at Meta.
var meta = whatsapptest.Account{
	Token: "EAAGtest0token0secret", NumberID: "106540352242922", Number: "15550783881", BusinessID: "102290129340398",
	Secret: "app-secret-7c1e", Verify: "verify-me-please",
}

const phone = "16505551234"

// world is a server with an account on it.
type world struct {
	*whatsapptest.Server
	http  *http.Client
	url   string
	dead  atomic.Bool // nothing can be reached any more
	files *channeltest.Files
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{Server: whatsapptest.New(meta), files: &channeltest.Files{}}
	server := httptest.NewServer(w.Server)
	w.url = server.URL
	w.Listening(server.URL)
	dialer := &net.Dialer{Timeout: 5 * time.Second}
	w.http = &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
		if w.dead.Load() {
			return nil, &net.OpError{Op: "dial", Net: network, Err: syscall.ECONNREFUSED}
		}
		return dialer.DialContext(ctx, network, addr)
	}}}
	t.Cleanup(func() {
		w.Stop()
		w.http.CloseIdleConnections()
		server.Close()
	})
	return w
}

func (w *world) account() channels.Account {
	return channels.Account{ID: 7, Kind: channels.KindWhatsApp, Config: map[string]string{
		"provider": "cloud", "token": meta.Token, "phone_number_id": meta.NumberID, "business_id": meta.BusinessID,
		"app_secret": meta.Secret, "verify_token": meta.Verify, "base_url": w.url,
	}}
}

func (w *world) env() channels.Env {
	return channels.Env{
		Log: slog.New(slog.DiscardHandler), Now: time.Now, HTTP: w.http, Files: w.files, Dial: (&net.Dialer{}).DialContext,
		Key: []byte("0123456789abcdef0123456789abcdef"), Keep: func(context.Context, string, string) error { return nil },
	}
}

func (w *world) open(t testing.TB) *whatsapp.Account {
	t.Helper()
	return w.openAs(t, w.account())
}

func (w *world) openAs(t testing.TB, account channels.Account) *whatsapp.Account {
	t.Helper()
	driver := whatsapp.Driver{}
	a, err := driver.Open(account, w.env())
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	return a.(*whatsapp.Account)
}

// inbox is a Recorder with the pushing that a network does.
type inbox struct {
	*channeltest.Recorder
	account *whatsapp.Account
}

func newInbox(a *whatsapp.Account) *inbox {
	return &inbox{Recorder: channeltest.NewRecorder(channeltest.NewJournal()), account: a}
}

// push hands in a signed body and returns the answer's status.
func (i *inbox) push(t testing.TB, body []byte) int {
	t.Helper()
	r, err := i.account.Receive(t.Context(), channels.Request{
		Method: http.MethodPost, Body: body, Header: map[string]string{"x-hub-signature-256": whatsapptest.Sign(meta.Secret, body)},
	}, i.Recorder)
	if err != nil {
		t.Fatalf("receive: %v", err)
	}
	return r.Status
}

func failureOf(t testing.TB, err error) *channels.Error {
	t.Helper()
	var e *channels.Error
	if !errors.As(err, &e) {
		t.Fatalf("the error is %T (%v), want *channels.Error", err, err)
	}
	return e
}
