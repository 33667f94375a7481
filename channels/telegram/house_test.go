package telegram_test

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/telegram"
	"parley/channels/telegram/telegramtest"
)

const token = "7000000001:AAE-secret_of_the_bot-0123456789abcd"

const hookURL = "https://parley.example/hooks/1/path"

// schemaFile is where the published schema lies beside the repository.
var schemaFile = filepath.Join("..", "..", "..", "shared", "schemas", "telegram", "api.json")

var readSchema = sync.OnceValues(func() (*telegramtest.Schema, error) { return telegramtest.ReadSchema(schemaFile) })

// world is a bot on a network of its own, with an account of ours for it. Every call and update is held
// against the published schema where that is at hand.
type world struct {
	*telegramtest.Bot
	api     *telegramtest.Server
	server  *httptest.Server
	client  *http.Client
	offline atomic.Bool
	rubbish atomic.Bool // the network speaks nonsense, which no schema allows
	files   *channeltest.Files
	account channels.Account
}

func newWorld(t testing.TB, mode string) *world {
	t.Helper()
	api := telegramtest.New()
	w := &world{api: api, Bot: api.AddBot(token, "parley_bot"), files: &channeltest.Files{}}
	w.server = httptest.NewServer(api)
	t.Cleanup(func() {
		w.server.CloseClientConnections()
		w.server.Close()
	})
	transport := http.DefaultTransport.(*http.Transport).Clone()
	dial := transport.DialContext
	transport.DialContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
		if w.offline.Load() {
			return nil, &net.OpError{Op: "dial", Net: network, Err: errors.New("connection refused")}
		}
		return dial(ctx, network, addr)
	}
	t.Cleanup(transport.CloseIdleConnections)
	w.client = &http.Client{Transport: transport}
	w.account = channels.Account{ID: 1, Kind: channels.KindTelegram, Config: map[string]string{"token": token, "base_url": w.server.URL, "mode": mode}}
	w.check(t, api)
	return w
}

// check holds both sides of every exchange against the schema.
func (w *world) check(t testing.TB, api *telegramtest.Server) {
	schema, err := readSchema()
	if errors.Is(err, os.ErrNotExist) {
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	over := false
	t.Cleanup(func() { mu.Lock(); over = true; mu.Unlock() })
	report := func(err error) {
		mu.Lock()
		defer mu.Unlock()
		if err != nil && !over && !w.rubbish.Load() {
			t.Error(err)
		}
	}
	api.Observe(func(x telegramtest.Exchange) {
		report(schema.Call(x.Method, x.Params))
		if x.Status == http.StatusOK && len(x.Answer) > 0 && x.Answer[0] == '{' {
			report(schema.Answer(x.Method, x.Answer))
		}
	})
	w.OnUpdate(func(u []byte) { report(schema.Update(u)) })
}

// disconnect makes the network unreachable.
func (w *world) disconnect() {
	w.offline.Store(true)
	w.client.Transport.(*http.Transport).CloseIdleConnections()
}

func driver() *telegram.Driver {
	return &telegram.Driver{
		HookURL: func(channels.AccountID) string { return hookURL },
		Tempo:   telegram.Tempo{Poll: 5 * time.Second, Watch: 30 * time.Millisecond},
	}
}

func (w *world) open(t testing.TB) *telegram.Account {
	t.Helper()
	a, err := driver().Open(w.account, channels.Env{
		Log: slog.New(slog.DiscardHandler), Now: time.Now, HTTP: w.client, Files: w.files, Key: make([]byte, 32),
	})
	if err != nil {
		t.Fatal(err)
	}
	return a.(*telegram.Account)
}

// run runs an account until the test ends.
func (w *world) run(t testing.TB, a *telegram.Account, in channels.Inbound) {
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	t.Cleanup(func() { cancel(); wg.Wait() })
	wg.Go(func() {
		for ctx.Err() == nil {
			if err := a.Run(ctx, in); err != nil && channels.AsError(err).Kind != channels.Transient {
				return
			}
		}
	})
	if w.account.Config["mode"] == telegram.ModeWebhook {
		wg.Go(func() { w.Push(ctx, postTo(a, in)) })
	}
}

// postTo hands pushes to an adapter as the house does, with its secret.
func postTo(a channels.Webhook, in channels.Inbound) telegramtest.Post {
	return func(ctx context.Context, hook telegramtest.Webhook, update []byte) (int, []byte) {
		r, err := a.Receive(ctx, channels.Request{
			Method: http.MethodPost, Path: "/hooks/1/path", Body: update,
			Header: map[string]string{"x-telegram-bot-api-secret-token": hook.Secret},
		}, in)
		if err != nil {
			return 0, nil
		}
		return r.Status, r.Body
	}
}

// kept waits until n events were committed.
func kept(t testing.TB, rec *channeltest.Recorder, n int) []channels.Event {
	t.Helper()
	deadline := time.NewTimer(10 * time.Second)
	defer deadline.Stop()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for {
		if events := rec.Events(); len(events) >= n {
			return events
		}
		select {
		case <-tick.C:
		case <-deadline.C:
			t.Fatalf("%d events were committed, want %d", len(rec.Events()), n)
		}
	}
}

// asked waits until the account has told the network which updates it wants.
func (w *world) asked(t testing.TB) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if !w.Wait(ctx, w.Listening) {
		t.Fatal("the account does not listen")
	}
}

// caughtUp waits until the account has confirmed everything and polls anew.
func (w *world) caughtUp(t testing.TB) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if !w.Wait(ctx, w.CaughtUp) {
		t.Fatal("the account does not confirm what it keeps")
	}
}
