package vk

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"

	"parley/channels"
)

// Account is one community.
type Account struct {
	env      channels.Env
	settings settings
	api      *api
	seal     seal
	names    *directory
}

var (
	_ channels.Adapter    = (*Account)(nil)
	_ channels.Webhook    = (*Account)(nil)
	_ channels.Fetcher    = (*Account)(nil)
	_ channels.Typer      = (*Account)(nil)
	_ channels.Editor     = (*Account)(nil)
	_ channels.Deleter    = (*Account)(nil)
	_ channels.Reactor    = (*Account)(nil)
	_ channels.ReadMarker = (*Account)(nil)
	_ channels.SendFinder = (*Account)(nil)
	_ channels.Tester     = (*Account)(nil)
)

func newAccount(s settings, env channels.Env) *Account {
	env.HTTP = channels.Unhurried(env.HTTP)
	a := &Account{env: env, settings: s, api: &api{http: env.HTTP, base: s.base, token: s.token}, seal: seal{key: env.Key}}
	a.names = newDirectory(a.api, env.Log, env.Now)
	return a
}

// Run implements channels.Adapter. With Callback it only sees to it that nothing is missed that VK
// gave up pushing.
func (a *Account) Run(ctx context.Context, in channels.Inbound) error {
	var err *channels.Error
	if a.settings.mode == modeCallback {
		err = a.watch(ctx, in)
	} else {
		err = a.poll(ctx, in)
	}
	if ctx.Err() != nil || err == nil {
		return nil
	}
	return err
}

func notStored(err error) *channels.Error { return failure(channels.Transient, CodeNotStored, err) }

// mapper looks up the names that updates ask for, within a bound, and returns what reads them.
func (a *Account) mapper(ctx context.Context, ids []int64) mapper {
	known := a.names.lookUp(ctx, ids)
	return mapper{group: a.settings.group, seal: a.seal, names: func(id int64) string { return known[id] }}
}

// read turns updates as they came into events, with the presses that VK waits for an answer to.
func (a *Account) read(ctx context.Context, raws [][]byte) (events []channels.Event, presses []press) {
	updates := make([]update, len(raws))
	var ids []int64
	problems := make([]error, len(raws))
	for i, raw := range raws {
		if updates[i], problems[i] = parseUpdate(raw); problems[i] == nil {
			ids = append(ids, people(updates[i])...)
		}
	}
	m := a.mapper(ctx, ids)
	for i, raw := range raws {
		if problems[i] != nil {
			events = append(events, notUnderstood(raw, "", problems[i].Error()))
			continue
		}
		if updates[i].Type == "message_event" {
			if p, err := readPress(updates[i].Object); err == nil {
				presses = append(presses, p)
			}
		}
		events = append(events, m.events(updates[i], raw)...)
	}
	return events, presses
}

// answerWait bounds how long VK is told of presses that were taken; the button shows a wheel until
// then, for a minute at most.
const answerWait = 2 * time.Second

// answer ends the wheel on buttons whose presses have been committed. VK's word on it is of no
// consequence.
func (a *Account) answer(ctx context.Context, presses []press) {
	if len(presses) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, answerWait)
	defer cancel()
	for _, p := range presses {
		err := a.api.ask(ctx, "messages.sendMessageEventAnswer", url.Values{
			"event_id": {p.EventID}, "user_id": {id(p.UserID)}, "peer_id": {id(p.PeerID)},
		}, nil)
		if err != nil {
			a.env.Log.Debug("a pressed button was not answered", "code", err.Code)
		}
	}
}

func id(n int64) string { return strconv.FormatInt(n, 10) }

// chatID reads a chat's id.
func chatID(chat string) (int64, *channels.Error) {
	peer, err := strconv.ParseInt(chat, 10, 64)
	if err != nil || peer == 0 {
		return 0, failure(channels.Permanent, CodeChat, nil)
	}
	return peer, nil
}

// messageID reads a remote id.
func messageID(remote string) (peer, number int64, failed *channels.Error) {
	chat, rest, _ := strings.Cut(remote, "_")
	peer, err := strconv.ParseInt(chat, 10, 64)
	number, err2 := strconv.ParseInt(rest, 10, 64)
	if err != nil || err2 != nil || peer == 0 || number <= 0 {
		return 0, 0, failure(channels.Permanent, CodeMessage, nil)
	}
	return peer, number, nil
}
