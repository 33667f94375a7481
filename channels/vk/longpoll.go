package vk

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"parley/channels"
)

// pollWait is how many seconds VK holds a question open; it recommends 25, and the house's client
// gives up after 30.
const pollWait = 25

// firstWait is how many seconds the first question is held open: whoever connects an account looks on, and the
// answer is what says that it works.
const firstWait = 1

// maxKeys is how often in a row a session's key may be refused before the account starts over.
const maxKeys = 3

// session is where a community's events are asked for.
type session struct {
	Server string `json:"server"`
	Key    string `json:"key"`
	TS     loose  `json:"ts"`
}

// polled is an answer of the Long Poll server.
type polled struct {
	TS      loose             `json:"ts"`
	Updates []json.RawMessage `json:"updates"`
	Failed  int               `json:"failed"`
}

// poll receives by Long Poll until the context ends.
func (a *Account) poll(ctx context.Context, in channels.Inbound) *channels.Error {
	at, known, err := a.loadCursor(ctx, in)
	if err != nil {
		return err
	}
	s, err := a.session(ctx)
	if err != nil {
		return err
	}
	if !known || at.TS == "" { // the account is new, or what came before was pushed
		if err := a.catchUp(ctx, in, &at, string(s.TS)); err != nil {
			return err
		}
	}
	connected, keys, hold := false, 0, firstWait
	for ctx.Err() == nil {
		got, err := a.wait(ctx, s, at.TS, hold)
		if err != nil {
			return err
		}
		if got.Failed != 0 {
			if keys++; keys > maxKeys {
				return forAccount(failure(channels.Transient, CodeUnexpected, errors.New("no session of Long Poll holds")))
			}
			if s, err = a.recover(ctx, in, s, &at, got); err != nil {
				return err
			}
			continue
		}
		keys = 0
		if !connected {
			connected, hold = true, pollWait
			in.Report(ctx, channels.Status{State: channels.StateConnected})
		}
		if string(got.TS) == at.TS && len(got.Updates) == 0 {
			continue
		}
		if err := a.take(ctx, in, got, &at); err != nil {
			return err
		}
	}
	return nil
}

// take commits the updates of one answer together with the cursor behind them.
func (a *Account) take(ctx context.Context, in channels.Inbound, got polled, at *cursor) *channels.Error {
	asked := a.now()
	raws := make([][]byte, len(got.Updates))
	for i, u := range got.Updates {
		raws[i] = u
	}
	events, presses := a.read(ctx, raws)
	next := cursor{TS: string(got.TS), Group: a.settings.group, Since: asked}
	if err := commit(ctx, in, events, next); err != nil {
		return err
	}
	*at = next
	a.answer(ctx, presses)
	return nil
}

// recover goes on after the server said that it cannot: 1, events are gone; 2, the key is; 3, both.
// The new beginning is known before history is read, so that nothing falls between.
func (a *Account) recover(ctx context.Context, in channels.Inbound, s session, at *cursor, got polled) (session, *channels.Error) {
	switch got.Failed {
	case 1:
		if got.TS == "" {
			return s, forAccount(failure(channels.Transient, CodeUnexpected, errors.New("lost history without a new beginning")))
		}
		return s, a.catchUp(ctx, in, at, string(got.TS))
	case 2:
		return a.session(ctx)
	case 3:
		fresh, err := a.session(ctx)
		if err != nil {
			return s, err
		}
		return fresh, a.catchUp(ctx, in, at, string(fresh.TS))
	}
	return s, forAccount(failure(channels.Transient, CodeUnexpected, errors.New("long poll failed with "+strconv.Itoa(got.Failed))))
}

// session asks for a place to poll at.
func (a *Account) session(ctx context.Context) (session, *channels.Error) {
	var s session
	err := a.api.ask(ctx, "groups.getLongPollServer", url.Values{"group_id": {id(a.settings.group)}}, &s)
	if err != nil {
		return session{}, setUp(err)
	}
	if !isWeb(s.Server) || s.Key == "" || s.TS == "" {
		return session{}, forAccount(failure(channels.Transient, CodeUnexpected, errors.New("no place to poll at")))
	}
	return s, nil
}

// setUp says in words what a refused beginning means: the right or the switch that is missing is
// for a person to change.
func setUp(err *channels.Error) *channels.Error {
	var n refusal
	if !errors.As(err.Err, &n) {
		return err
	}
	switch n {
	case 7, 15:
		return accountProblem(channels.AuthFailed, CodeRight, fieldToken, n)
	case 100:
		return accountProblem(channels.Permanent, CodeLongPollOff, fieldMode, n)
	case 203, 104, 40:
		return accountProblem(channels.AuthFailed, CodeGroup, fieldGroup, n)
	}
	return err
}

// accountProblem is an error of the account's configuration, with words in both languages.
func accountProblem(kind channels.ErrorKind, code, field string, cause refusal) *channels.Error {
	w := phrases[code]
	return forAccount(failure(kind, code, errors.Join(cause, &channels.ConfigError{Field: field, RU: w.RU, EN: w.EN})))
}

// wait asks for events after ts, and for the question to be held open for some seconds where there are none.
func (a *Account) wait(ctx context.Context, s session, ts string, seconds int) (got polled, failed *channels.Error) {
	question := s.Server + "?" + url.Values{"act": {"a_check"}, "key": {s.Key}, "ts": {ts}, "wait": {strconv.Itoa(seconds)}}.Encode()
	err := a.api.answer(ctx, http.MethodGet, question, "", nil, func(body []byte) *channels.Error {
		if json.Unmarshal(body, &got) != nil || got.Failed == 0 && (got.TS == "" || got.Updates == nil) {
			return failure(channels.Uncertain, CodeUnexpected, errors.New("the answer to a poll has another shape"))
		}
		return nil
	})
	if err = harmless(err); err != nil && err.Kind != channels.Transient {
		err.Kind = channels.Transient // the session's server is not the one to judge the token
	}
	return got, err
}
