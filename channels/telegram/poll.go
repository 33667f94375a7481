package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/go-telegram/bot"

	"parley/channels"
)

const (
	// stream names the cursor: the next offset, when it was committed, and of which bot it is.
	stream = "updates"
	// pageSize is how many updates a poll brings at most; more the network does not give.
	pageSize = 100
	// slack is what a poll may take beyond the wait that it asks for.
	slack = 15 * time.Second
	// staleAfter is how long a cursor can name an update that the network still keeps: 24 hours. After a
	// week ids may begin anew below it, and an offset above them would confirm what was never read.
	staleAfter = 24 * time.Hour
)

// poll asks for updates until ctx ends. The offset that confirms a page goes with the next poll alone, which
// does not wait: those that wait have none, and see whatever comes.
func (a *Account) poll(ctx context.Context, in channels.Inbound) *channels.Error {
	cursor, err := in.Cursor(ctx, stream)
	if err != nil {
		return notStored(err)
	}
	if err := a.call(ctx, func(ctx context.Context) error {
		_, err := a.bot.DeleteWebhook(ctx, &bot.DeleteWebhookParams{})
		return err
	}); err != nil {
		return err
	}
	offset := a.offsetOf(cursor)
	for connected := false; ctx.Err() == nil; {
		updates, failure := a.getUpdates(ctx, offset, connected && offset == 0)
		if failure != nil {
			return failure
		}
		if !connected {
			connected = true
			in.Report(ctx, channels.Status{State: channels.StateConnected})
		}
		next, failure := a.deliver(ctx, in, updates)
		if failure != nil {
			return failure
		}
		if offset = next; len(updates) > 0 && next == 0 {
			return unreadable()
		}
	}
	return nil
}

// offsetOf reads a cursor. Another bot's, whose token was replaced, would confirm what this one never read:
// each counts its own updates. To have none is harmless, for what comes again is known by its key.
func (a *Account) offsetOf(cursor string) int64 {
	offset, rest, _ := strings.Cut(cursor, "@")
	at, bot, _ := strings.Cut(rest, "@")
	n, err := strconv.ParseInt(offset, 10, 64)
	seconds, timeErr := strconv.ParseInt(at, 10, 64)
	if err != nil || timeErr != nil || bot != a.botID() || a.env.Now().Sub(time.Unix(seconds, 0)) > staleAfter {
		return 0
	}
	return n
}

func (a *Account) cursorAt(offset int64) string {
	return fmt.Sprintf("%d@%d@%s", offset, a.env.Now().Unix(), a.botID())
}

// botID is the public half of the token.
func (a *Account) botID() string {
	id, _, _ := strings.Cut(a.set.token, ":")
	return id
}

// deliver commits a page and returns the offset that confirms it, 0 when there is nothing to confirm.
func (a *Account) deliver(ctx context.Context, in channels.Inbound, updates []json.RawMessage) (int64, *channels.Error) {
	var events []channels.Event
	var callbacks []string
	next := int64(0)
	for _, raw := range updates {
		u := parse(raw)
		if u.known {
			next = max(next, u.id+1)
		}
		if u.callback != "" {
			callbacks = append(callbacks, u.callback)
		}
		if u.to != 0 {
			a.remember(u.from, u.to)
		}
		events = append(events, u.events...)
	}
	for len(events) > channels.MaxBatch { // deletions can be many; the cursor moves with the last
		if _, err := in.Deliver(ctx, channels.Batch{Events: events[:channels.MaxBatch]}); err != nil {
			return 0, notStored(err)
		}
		events = events[channels.MaxBatch:]
	}
	if next == 0 && len(events) == 0 {
		return 0, nil
	}
	batch := channels.Batch{Events: events}
	if next != 0 {
		batch.Stream, batch.Cursor = stream, a.cursorAt(next)
	}
	if _, err := in.Deliver(ctx, batch); err != nil {
		return 0, notStored(err)
	}
	a.answer(ctx, callbacks)
	return next, nil
}

// getUpdates makes one poll. Updates stay as they came: the library would read them all, or none. The first
// poll does not wait, so that the account is known to be connected.
func (a *Account) getUpdates(ctx context.Context, offset int64, wait bool) ([]json.RawMessage, *channels.Error) {
	request := struct {
		Offset  int64    `json:"offset,omitempty"`
		Limit   int      `json:"limit"`
		Timeout int      `json:"timeout"`
		Allowed []string `json:"allowed_updates"`
	}{Offset: offset, Limit: pageSize, Allowed: allowed}
	if wait {
		request.Timeout = int(a.tempo.Poll / time.Second)
	}
	ctx, cancel := context.WithTimeout(ctx, time.Duration(request.Timeout)*time.Second+slack)
	defer cancel()
	var answer struct {
		OK     bool              `json:"ok"`
		Result []json.RawMessage `json:"result"`
	}
	failure := a.call(ctx, func(ctx context.Context) error {
		body, err := json.Marshal(request)
		if err != nil {
			return fmt.Errorf("write poll: %w", err)
		}
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, a.set.base+"/bot"+a.set.token+"/getUpdates", bytes.NewReader(body))
		if err != nil {
			return a.wire.harmless(err)
		}
		r.Header.Set("Content-Type", "application/json")
		res, err := a.wire.Do(r)
		if err != nil {
			return err
		}
		defer res.Body.Close()
		if err := json.NewDecoder(res.Body).Decode(&answer); err != nil || !answer.OK {
			return errNotOK
		}
		return nil
	})
	return answer.Result, failure
}

// maxAnswering bounds how many presses are answered at once.
const maxAnswering = 8

// answer ends the waiting sign on buttons that were pressed. It matters little, and may fail.
func (a *Account) answer(ctx context.Context, callbacks []string) {
	if len(callbacks) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	var wg sync.WaitGroup
	defer wg.Wait()
	free := make(chan struct{}, maxAnswering)
	for _, id := range callbacks {
		free <- struct{}{}
		wg.Go(func() {
			defer func() { <-free }()
			if err := a.call(ctx, func(ctx context.Context) error {
				_, err := a.bot.AnswerCallbackQuery(ctx, &bot.AnswerCallbackQueryParams{CallbackQueryID: id})
				return err
			}); err != nil {
				a.env.Log.Debug("press not answered", "account_id", int64(a.id), "error", err)
			}
		})
	}
}

func notStored(err error) *channels.Error {
	e := failure(channels.Transient, CodeNotStored)
	e.Err = err
	return e
}

func unreadable() *channels.Error { return failure(channels.Transient, CodeGarbled) }
