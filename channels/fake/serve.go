package fake

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"slices"
	"time"

	"parley/channels"
)

// How a call can fail without an answer.
var (
	errUnreachable = errors.New("connection refused")
	errLost        = errors.New("connection reset before the answer")
)

// longPoll is how long a poll waits for something to happen.
const longPoll = 25 * time.Second

// call is the network's API. It returns an error only when there is no answer.
func (n *Network) call(ctx context.Context, token string, m Method, body []byte) (reply, error) {
	n.mu.Lock()
	fault := n.fault(m)
	if fault == Unreachable || ctx.Err() != nil {
		n.mu.Unlock()
		return reply{}, errUnreachable
	}
	var req sendRequest
	bad := m != MethodPoll && json.Unmarshal(body, &req) != nil
	if m == MethodSend {
		n.attempts = append(n.attempts, Attempt{RandomID: req.RandomID, Chat: req.Chat, Text: req.Text})
	}
	refused, isRefused := n.refusal(token, fault)
	n.mu.Unlock()
	switch {
	case isRefused:
		return refused, nil
	case bad:
		return failed(http.StatusBadRequest, "malformed"), nil
	case fault == Hang:
		<-ctx.Done()
		return reply{}, ctx.Err()
	}
	var r reply
	if m == MethodPoll {
		r = n.poll(ctx, token, body)
	} else {
		r = n.perform(m, req)
	}
	return n.answer(ctx, fault, r)
}

// refusal is the answer to a call that is not performed.
func (n *Network) refusal(token string, fault Fault) (reply, bool) {
	switch {
	case token != n.token || n.denied || fault == Denied:
		return failed(http.StatusUnauthorized, "bad_token"), true
	case fault == TooFast:
		r := failed(http.StatusTooManyRequests, "too_fast")
		r.retryAfter = int(math.Ceil(n.retryAfter.Seconds()))
		return r, true
	case fault == Unavailable:
		return failed(http.StatusServiceUnavailable, "maintenance"), true
	case fault == Rejected:
		return failed(http.StatusForbidden, "blocked"), true
	}
	return reply{}, false
}

// answer spoils the reply to a call that was performed.
func (n *Network) answer(ctx context.Context, fault Fault, r reply) (reply, error) {
	switch fault {
	case LoseReply:
		return reply{}, errLost
	case Garble:
		return reply{status: http.StatusOK, body: []byte("<html>")}, nil
	case Broken:
		return failed(http.StatusInternalServerError, "internal"), nil
	case ReceiptFirst:
		if !n.drained(ctx) {
			return reply{}, ctx.Err()
		}
	}
	return r, nil
}

// drained waits until nothing is unacknowledged.
func (n *Network) drained(ctx context.Context) bool {
	for {
		n.mu.Lock()
		empty, changed := len(n.queue) == 0, n.changed
		n.mu.Unlock()
		if empty {
			return true
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return false
		}
	}
}

// poll acknowledges what was fetched before and waits for more.
func (n *Network) poll(ctx context.Context, token string, body []byte) reply {
	var req pollRequest
	if json.Unmarshal(body, &req) != nil {
		return failed(http.StatusBadRequest, "malformed")
	}
	timer := time.NewTimer(longPoll)
	defer timer.Stop()
	n.mu.Lock()
	n.acknowledge(func(q queued) bool { return q.Place <= req.After })
	n.mu.Unlock()
	for {
		n.mu.Lock()
		updates, changed := n.waiting(channels.MaxBatch/2), n.changed
		refused, isRefused := n.refusal(token, None)
		n.mu.Unlock()
		if isRefused {
			return refused
		}
		if len(updates) > 0 {
			return succeeded(page{Updates: updates})
		}
		select {
		case <-changed:
		case <-timer.C:
			return succeeded(page{})
		case <-ctx.Done():
			return succeeded(page{})
		}
	}
}

// waiting returns what is not acknowledged, in the order and number that the network's
// mood asks for: the first most of it, each perhaps twice.
func (n *Network) waiting(most int) []queued {
	list := slices.Clone(n.queue[:min(len(n.queue), most)])
	if n.duplicate {
		list = append(list, list...)
	}
	if n.disorder {
		slices.Reverse(list)
	}
	return list
}

// perform does what a call other than a poll asks for.
func (n *Network) perform(m Method, req sendRequest) reply {
	n.mu.Lock()
	defer n.mu.Unlock()
	switch m {
	case MethodHello, MethodFetch:
		return succeeded(struct{}{})
	case MethodTyping:
		n.typing = append(n.typing, req.Text)
		return succeeded(struct{}{})
	case MethodSend:
		return n.show(req)
	}
	i := slices.IndexFunc(n.shown, func(m Message) bool { return m.ID == req.ID && m.Chat == req.Chat })
	if i < 0 && m == MethodReact && n.history[req.ID] != nil {
		return succeeded(struct{}{}) // a contact's message
	}
	if i < 0 || !n.profile.Rich {
		return failed(http.StatusNotFound, "no_message")
	}
	switch message := &n.shown[i]; m {
	case MethodEdit:
		message.Text, message.Edited = req.Text, true
	case MethodDelete:
		message.Deleted = true
	case MethodReact:
		message.Reaction = req.Emoji
	}
	return succeeded(struct{}{})
}

// show takes a message, unless it was taken before or breaks a rule.
func (n *Network) show(req sendRequest) reply {
	if at, ok := n.byRandomID[req.RandomID]; ok && n.profile.SafeResend {
		return succeeded(sendReply{ID: n.shown[at].ID, At: n.now().UnixMilli()})
	}
	switch last, wrote := n.arrivals[req.Chat]; {
	case req.Chat == "":
		return failed(http.StatusBadRequest, "no_chat")
	case !n.profile.Text.Fits(req.Text) || len(req.Files) > n.profile.Files.MaxCount:
		return failed(http.StatusBadRequest, "too_long")
	case n.profile.Window > 0 && (!wrote || n.now().Sub(last) > n.profile.Window):
		return failed(http.StatusForbidden, "window_closed")
	}
	m := Message{ID: n.newID("m"), Chat: req.Chat, Text: req.Text, Files: req.Files, ReplyTo: req.ReplyTo}
	n.byRandomID[req.RandomID] = len(n.shown)
	n.shown = append(n.shown, m)
	if n.profile.Receipts {
		n.enqueue(update{Type: "receipt", Chat: m.Chat, From: person{ID: m.Chat}, ID: m.ID, State: "delivered"})
	}
	return succeeded(sendReply{ID: m.ID, At: n.now().UnixMilli()})
}

func failed(status int, code string) reply {
	return reply{status: status, body: marshal(failure{code})}
}

func succeeded(v any) reply { return reply{status: http.StatusOK, body: marshal(v)} }

func marshal(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic("fake: an answer is not JSON: " + err.Error()) // its own types alone
	}
	return b
}
