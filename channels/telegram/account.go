package telegram

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"sync"
	"time"

	"github.com/go-telegram/bot"

	"parley/channels"
)

// Account is one bot. It is safe for concurrent use.
type Account struct {
	id     channels.AccountID
	set    settings
	env    channels.Env
	hook   func(channels.AccountID) string
	tempo  Tempo
	wire   *wire
	bot    *bot.Bot
	secret string // what pushes prove themselves with

	mu    sync.Mutex
	moved map[int64]int64 // groups that became supergroups, by their old ids
}

var (
	_ channels.Adapter    = (*Account)(nil)
	_ channels.Webhook    = (*Account)(nil)
	_ channels.Tester     = (*Account)(nil)
	_ channels.Typer      = (*Account)(nil)
	_ channels.Editor     = (*Account)(nil)
	_ channels.Deleter    = (*Account)(nil)
	_ channels.Reactor    = (*Account)(nil)
	_ channels.ReadMarker = (*Account)(nil)
	_ channels.Fetcher    = (*Account)(nil)
)

func newAccount(id channels.AccountID, s settings, d *Driver, env channels.Env) (*Account, error) {
	a := &Account{id: id, set: s, env: env, hook: d.HookURL, tempo: d.Tempo, wire: newWire(env.HTTP, s.token), secret: pushSecret(env.Key), moved: map[int64]int64{}}
	if a.tempo.Poll < time.Second {
		a.tempo.Poll = 20 * time.Second
	}
	if a.tempo.Watch <= 0 {
		a.tempo.Watch = time.Minute
	}
	var err error
	a.bot, err = bot.New(s.token, bot.WithSkipGetMe(), bot.WithServerURL(s.base), bot.WithHTTPClient(0, a.wire),
		bot.WithErrorsHandler(func(error) {})) // it is told of bodies that do not close; nobody can do anything
	if err != nil {
		return nil, &channels.ConfigError{Field: "token", RU: "Токен не подходит.", EN: "The token cannot be used."}
	}
	return a, nil
}

// pushSecret derives the secret of pushes from the account's key: every node knows it, nobody stores it.
func pushSecret(key []byte) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("telegram webhook"))
	return hex.EncodeToString(mac.Sum(nil))
}

// Run implements channels.Adapter.
func (a *Account) Run(ctx context.Context, in channels.Inbound) error {
	in.Report(ctx, channels.Status{State: channels.StateConnecting})
	run := a.poll
	if a.set.mode == ModeWebhook {
		run = a.attend
	}
	err := run(ctx, in)
	if ctx.Err() != nil || err == nil {
		return nil
	}
	return forAdmin(nothingSent(err))
}

// Test implements channels.Tester.
func (a *Account) Test(ctx context.Context) error {
	if err := a.call(ctx, func(ctx context.Context) error {
		_, err := a.bot.GetMe(ctx)
		return err
	}); err != nil {
		return forAdmin(nothingSent(err))
	}
	if a.set.mode == ModeWebhook && a.hookURL() == "" {
		return forAdmin(noHook())
	}
	return nil
}

// hookURL is where the network is to push, "" when it would not. Telegram itself wants https; a Bot API server
// of one's own is content with less.
func (a *Account) hookURL() string {
	if a.hook == nil {
		return ""
	}
	address := a.hook(a.id)
	if a.set.base == defaultBase && !strings.HasPrefix(address, "https://") {
		return ""
	}
	return address
}

func noHook() *channels.Error { return failure(channels.Permanent, CodeNoAddress) }

// now is where a message to a place goes: groups move when they become supergroups.
func (a *Account) now(p place) place {
	a.mu.Lock()
	defer a.mu.Unlock()
	if to, ok := a.moved[p.chat]; ok {
		p.chat = to
	}
	return p
}

// maxMoved bounds how many moves are remembered; each is learnt again when it is needed.
const maxMoved = 1000

func (a *Account) remember(from, to int64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.moved) >= maxMoved {
		clear(a.moved)
	}
	a.moved[from] = to
}
