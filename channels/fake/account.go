package fake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"parley/channels"
)

// account is an account on a network without abilities; rich adds them.
type account struct {
	network *Network
	env     channels.Env
	id      channels.AccountID
	limits  channels.Limits
	token   string
	mode    string
	secret  string
}

var (
	_ channels.Adapter = (*account)(nil)
	_ channels.Webhook = (*account)(nil)
	_ channels.Tester  = (*account)(nil)
)

// Limits implements channels.Adapter.
func (a *account) Limits() channels.Limits { return a.limits }

// Test implements channels.Tester.
func (a *account) Test(ctx context.Context) error {
	_, err := a.call(ctx, MethodHello, sendRequest{})
	return asError(err)
}

// Send implements channels.Adapter.
func (a *account) Send(ctx context.Context, m channels.Outgoing) (channels.Sent, error) {
	if err := a.limits.Check(m); err != nil {
		return channels.Sent{}, err
	}
	req := sendRequest{Chat: m.Chat, Text: m.Text, ReplyTo: m.ReplyTo}
	for _, f := range m.Files {
		req.Files = append(req.Files, f.Name)
	}
	if a.limits.SafeResend {
		req.RandomID = randomID(m.Key)
	}
	body, err := a.call(ctx, MethodSend, req)
	if err != nil {
		return channels.Sent{}, err
	}
	var taken sendReply
	if json.Unmarshal(body, &taken) != nil || taken.ID == "" {
		return channels.Sent{}, unclear(nil)
	}
	return channels.Sent{RemoteID: taken.ID, At: time.UnixMilli(taken.At).UTC()}, nil
}

// randomID derives the network's de-duplication id from the message's key.
func randomID(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:8])
}

// call makes one call and says what its failure means.
func (a *account) call(ctx context.Context, m Method, req any) ([]byte, *channels.Error) {
	r, err := a.network.call(ctx, a.token, m, marshal(req))
	if errors.Is(err, errUnreachable) {
		return nil, &channels.Error{Kind: channels.Transient, Code: "unreachable", Text: "the network cannot be reached", Scope: channels.ScopeAccount, Err: err}
	}
	if err != nil {
		return nil, unclear(err)
	}
	if r.status == http.StatusOK {
		return r.body, nil
	}
	return nil, refusal(r)
}

// refusal translates a status of the network.
func refusal(r reply) *channels.Error {
	var f failure
	if json.Unmarshal(r.body, &f) != nil || f.Code == "" {
		f.Code = "refused"
	}
	e := &channels.Error{Kind: channels.Permanent, Code: f.Code, Text: "the network refused: " + f.Code}
	switch r.status {
	case http.StatusUnauthorized:
		e.Kind, e.Scope = channels.AuthFailed, channels.ScopeAccount
	case http.StatusTooManyRequests:
		e.Kind, e.RetryAfter, e.Scope = channels.Transient, time.Duration(r.retryAfter)*time.Second, channels.ScopeAccount
	case http.StatusServiceUnavailable:
		e.Kind, e.Scope = channels.Transient, channels.ScopeAccount
	case http.StatusInternalServerError:
		e.Kind = channels.Uncertain
	}
	return e
}

func unclear(err error) *channels.Error {
	return &channels.Error{Kind: channels.Uncertain, Code: "no_answer", Text: "the network gave no clear answer", Err: err}
}

// asError keeps a nil *Error from becoming an error that is not nil.
func asError(err *channels.Error) error {
	if err == nil {
		return nil
	}
	return err
}
