package web_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"parley/channels"
)

// consulate is a network whose accounts are signed in at a page, and found by an address.
type consulate struct{}

func (consulate) Kind() channels.Kind { return "consulate" }

func (consulate) Fields() []channels.Field {
	return []channels.Field{{Name: "host", Type: channels.FieldText, Required: true}, {Name: "visa", Type: channels.FieldSecret}}
}

func (consulate) Open(a channels.Account, _ channels.Env) (channels.Adapter, error) {
	return guest(a.Config["visa"]), nil
}

func (consulate) Discover(_ context.Context, address string, _ channels.Env) (channels.Discovery, error) {
	if !strings.Contains(address, "@") {
		return channels.Discovery{}, &channels.ConfigError{Field: "address", RU: "не адрес", EN: "no address"}
	}
	return channels.Discovery{Config: map[string]string{"host": "mail.example"}, Source: "guess", OAuth: true, Hint: channels.Words{RU: "так", EN: "so"}}, nil
}

// guest is an account by what it has to show.
type guest string

func (g guest) Run(ctx context.Context, in channels.Inbound) error {
	if g == "" {
		return &channels.Error{Kind: channels.AuthFailed, Code: "consent_needed", Text: "sign in", Err: &channels.ConfigError{Field: "visa", RU: "войдите", EN: "sign in"}}
	}
	in.Report(ctx, channels.Status{State: channels.StateConnected})
	<-ctx.Done()
	return nil
}

func (guest) Send(context.Context, channels.Outgoing) (channels.Sent, error) {
	return channels.Sent{}, nil
}

func (guest) Limits() channels.Limits { return channels.Limits{} }

func (guest) Login(_ context.Context, s channels.LoginStep) (channels.LoginState, error) {
	if s.Action == channels.LoginStart {
		return channels.LoginState{URL: "https://provider.example/?" + url.Values{"state": {s.State}, "to": {s.ReturnURL}}.Encode(), Prompt: channels.Words{RU: "туда", EN: "there"}}, nil
	}
	if s.Input["code"] != "c0de" {
		return channels.LoginState{}, &channels.Error{Kind: channels.AuthFailed, Code: "refused", Text: "refused", Err: &channels.ConfigError{Field: "visa", RU: "отказ", EN: "refused"}}
	}
	return channels.LoginState{Done: true, Keep: map[string]string{"visa": "st4mp"}}, nil
}

func (g guest) Check(context.Context) []channels.Check {
	return []channels.Check{{Part: "door", Title: channels.Words{RU: "Дверь", EN: "Door"}, Err: &channels.Error{
		Code: "closed", Text: "closed", Err: &channels.ConfigError{Field: "host", RU: "закрыто", EN: "closed"},
	}}}
}

// bring goes back from the provider's page and returns where that leads.
func (c *caller) bring(query url.Values) string {
	c.t.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(c.request("GET", "/oauth/callback?"+query.Encode(), nil))
	if err != nil {
		c.t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusFound || res.Header.Get("Referrer-Policy") != "no-referrer" {
		c.t.Errorf("callback: %d", res.StatusCode)
	}
	return strings.TrimPrefix(res.Header.Get("Location"), c.url)
}

func TestSignInAtAProvider(t *testing.T) {
	t.Parallel()
	h := boot(t, consulate{})
	made := h.root.want(201, "POST", "/api/v1/accounts", object{"kind": "consulate", "name": "Mail", "config": object{"host": "x"}})
	at := "/api/v1/accounts/" + made.str("id")
	begin := func(c *caller) (state string) {
		started := c.want(200, "POST", at+"/login", object{"step": "start"})
		u, err := url.Parse(started.str("url"))
		if err != nil || u.Query().Get("to") != h.url+"/oauth/callback" || started.str("prompt") != "there" {
			t.Fatalf("%s", started.raw)
		}
		return u.Query().Get("state")
	}
	back := "/settings/channels?account=" + made.str("id") + "&sign_in="

	if got := h.root.bring(url.Values{"state": {begin(h.root)}, "error": {"access_denied"}}); got != back+"failed" {
		t.Errorf("declined: %s", got)
	}
	if got := h.root.want(200, "GET", at, nil); !bytes.Contains(got.raw, []byte(`"refused"`)) {
		t.Errorf("the account does not say why: %s", got.raw)
	}
	state := begin(h.root)
	if got := h.anybody().bring(url.Values{"state": {state}, "code": {"c0de"}}); got != back+"expired" {
		t.Errorf("somebody else: %s", got)
	}
	if got := h.root.bring(url.Values{"state": {state}, "code": {"c0de"}}); got != back+"done" {
		t.Errorf("consented: %s", got)
	}
	if got := h.root.bring(url.Values{"state": {state}, "code": {"c0de"}}); got != back+"expired" {
		t.Errorf("twice: %s", got)
	}
	if got := h.root.bring(url.Values{"state": {"made up"}}); got != "/settings/channels?sign_in=expired" {
		t.Errorf("made up: %s", got)
	}
	got := h.root.want(200, "GET", at, nil)
	if fmt.Sprint(got.body["secrets"]) != "[visa]" || bytes.Contains(got.raw, []byte("st4mp")) || bytes.Contains(got.raw, []byte("#login")) {
		t.Errorf("%s", got.raw)
	}
	if got := h.key("accounts:write").want(200, "POST", at+"/login", object{"step": "start"}); got.str("url") == "" {
		t.Errorf("%s", got.raw)
	}
	h.root.want(409, "POST", fmt.Sprintf("/api/v1/accounts/%d/login", h.chat), object{"step": "start"})
	h.root.want(410, "POST", at+"/login", object{"step": "cancel"}) // the program's, not this session's
}

func TestSettingsAreFoundAndTriedBeforeAnythingIsSaved(t *testing.T) {
	t.Parallel()
	h := boot(t, consulate{})
	found := h.root.want(200, "POST", "/api/v1/accounts/discover", object{"kind": "consulate", "address": "a@example.com"})
	if found.body["config"].(object)["host"] != "mail.example" || found.body["oauth"] != true || found.str("hint") != "so" {
		t.Errorf("%s", found.raw)
	}
	if a := h.root.want(422, "POST", "/api/v1/accounts/discover", object{"kind": "consulate", "address": "jane"}); a.field() != "body.address" {
		t.Errorf("%s", a.raw)
	}
	h.root.want(422, "POST", "/api/v1/accounts/discover", object{"kind": "webchat", "address": "a@example.com"})

	tried := h.key("accounts:write")
	tried.header.Set("Accept-Language", "ru")
	a := tried.want(200, "POST", "/api/v1/account-test", object{"kind": "consulate", "config": object{"host": "x"}})
	if a.body["ok"] != false || a.str("field") != "host" || !bytes.Contains(a.raw, []byte("закрыто")) || !bytes.Contains(a.raw, []byte("Дверь")) {
		t.Errorf("%s", a.raw)
	}
	if a := h.root.want(422, "POST", "/api/v1/account-test", object{"kind": "consulate", "config": object{}}); a.field() != "body.config.host" {
		t.Errorf("%s", a.raw)
	}
	if list := h.root.want(200, "GET", "/api/v1/accounts", nil).items(); len(list) != 1 {
		t.Errorf("a try made an account: %v", list)
	}
}
