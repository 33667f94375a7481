package accounts_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"parley/accounts"
	"parley/channels"
	"parley/internal/fault"
)

// guest is an account that is signed in at a provider, whose code is "c0de".
type guest struct {
	*doll
	env channels.Env
}

func (g guest) Login(ctx context.Context, s channels.LoginStep) (channels.LoginState, error) {
	switch s.Action {
	case channels.LoginStart:
		return channels.LoginState{URL: "https://provider/?state=" + s.State + "&to=" + s.ReturnURL, Memory: map[string]string{"verifier": "v3rifier"}}, nil
	case channels.LoginPoll:
		return channels.LoginState{QR: "next of " + s.Memory["verifier"], Memory: s.Memory}, nil
	case channels.LoginFinish:
		if s.Input["code"] != "c0de" || s.Memory["verifier"] != "v3rifier" {
			return channels.LoginState{}, &channels.Error{Kind: channels.AuthFailed, Code: "denied", Text: "denied", Err: &channels.ConfigError{Field: "extra", RU: "отказано", EN: "denied"}}
		}
		return channels.LoginState{Done: true, Keep: map[string]string{"extra": "consent"}}, nil
	}
	return channels.LoginState{}, nil
}

// guests is a house whose accounts can be signed in, with one that runs.
func guests(t *testing.T) (*house, *memory, channels.AccountID) {
	t.Helper()
	m, p := newMemory(), newPuppet()
	p.wrap = func(d *doll, env channels.Env) channels.Adapter { return guest{d, env} }
	h := newHouse(m, p)
	h.start(t)
	return h, m, h.connect(t, "mail")
}

// begin starts a sign-in and returns the state that the provider sends back.
func (h *house) begin(t *testing.T, id channels.AccountID, binder string) string {
	t.Helper()
	got, err := h.Login(t.Context(), admin(), id, accounts.LoginStep{Action: channels.LoginStart, ReturnURL: "https://desk/oauth/callback", Binder: binder})
	if err != nil {
		t.Fatal(err)
	}
	state, rest, ok := strings.Cut(strings.TrimPrefix(got.URL, "https://provider/?state="), "&to=")
	if !ok || rest != "https://desk/oauth/callback" {
		t.Fatal(got.URL)
	}
	return state
}

var code = map[string]string{"code": "c0de"}

func TestSignInIsStoredAndReconnects(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h, m, id := guests(t)
		h.puppet.script(id, func(context.Context, channels.Inbound) error {
			if h.puppet.lastConfig()["extra"] == "" {
				return &channels.Error{Kind: channels.AuthFailed, Code: "consent_needed", Text: "sign in"}
			}
			return nil
		})
		name := "mail"
		if _, err := h.Patch(t.Context(), admin(), id, accounts.Patch{Name: &name, Config: map[string]any{"port": 1}}); err != nil {
			t.Fatal(err)
		}
		h.expect(t, m, id, channels.StateNeedsAuth)
		h.puppet.script(id, nil)
		state := h.begin(t, id, "session")
		if got, err := h.FinishLogin(t.Context(), state, "session", code); err != nil || got != id {
			t.Fatal(got, err)
		}
		h.expect(t, m, id, channels.StateConnected)
		if h.puppet.lastConfig()["extra"] != "consent" {
			t.Error("what the provider gave is not in the configuration")
		}
		if _, err := h.FinishLogin(t.Context(), state, "session", code); !errors.Is(err, accounts.ErrNoLogin) {
			t.Errorf("used twice: %v", err)
		}
	})
}

func TestOnlyWhoStartedFinishesInTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h, _, id := guests(t)
		for name, try := range map[string]func() error{
			"another session": func() error {
				_, err := h.FinishLogin(t.Context(), h.begin(t, id, "session"), "other", code)
				return err
			},
			"nobody": func() error {
				_, err := h.FinishLogin(t.Context(), h.begin(t, id, "session"), "", code)
				return err
			},
			"an earlier start": func() error {
				first := h.begin(t, id, "session")
				h.begin(t, id, "session")
				_, err := h.FinishLogin(t.Context(), first, "session", code)
				return err
			},
			"altered": func() error {
				state := h.begin(t, id, "session")
				_, err := h.FinishLogin(t.Context(), state[:len(state)-2]+"AA", "session", code)
				return err
			},
			"made up": func() error { _, err := h.FinishLogin(t.Context(), "AAAA", "session", code); return err },
			"cancelled": func() error {
				state := h.begin(t, id, "session")
				if _, err := h.Login(t.Context(), admin(), id, accounts.LoginStep{Action: channels.LoginCancel, Binder: "session"}); err != nil {
					t.Fatal(err)
				}
				_, err := h.FinishLogin(t.Context(), state, "session", code)
				return err
			},
			"too late": func() error {
				state := h.begin(t, id, "session")
				time.Sleep(16 * time.Minute)
				_, err := h.FinishLogin(t.Context(), state, "session", code)
				return err
			},
		} {
			if err := try(); !errors.Is(err, accounts.ErrNoLogin) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := h.FinishLogin(t.Context(), h.begin(t, id, ""), "", code); err != nil {
			t.Errorf("a program that has no session: %v", err)
		}
	})
}

func TestARefusedSignInIsInWordsAndEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h, _, id := guests(t)
		state := h.begin(t, id, "s")
		_, err := h.FinishLogin(t.Context(), state, "s", map[string]string{"code": "other"})
		f, ok := fault.As(err)
		if !ok || f.Code != "denied" || f.Text.RU != "отказано" || f.Text.EN != "denied" {
			t.Errorf("%v", err)
		}
		if _, err := h.FinishLogin(t.Context(), state, "s", code); !errors.Is(err, accounts.ErrNoLogin) {
			t.Errorf("tried again: %v", err)
		}
	})
}

func TestPollingGoesOn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h, _, id := guests(t)
		h.begin(t, id, "s")
		for range 3 {
			got, err := h.Login(t.Context(), admin(), id, accounts.LoginStep{Action: channels.LoginPoll, Binder: "s"})
			if err != nil || got.QR != "next of v3rifier" {
				t.Fatal(got, err)
			}
		}
	})
}

func TestSignInNeedsTheAbility(t *testing.T) {
	t.Parallel()
	h := newHouse(newMemory(), newPuppet())
	_, err := h.Login(t.Context(), admin(), h.connect(t, "mail"), accounts.LoginStep{Action: channels.LoginStart})
	if !errors.Is(err, accounts.ErrCannotLogin) {
		t.Error(err)
	}
}

func TestKeepDoesNotReopen(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h, m, id := guests(t)
		h.expect(t, m, id, channels.StateConnected)
		adapter, _ := h.sup.Adapter(id)
		if err := adapter.(guest).env.Keep(t.Context(), "extra", "rotated"); err != nil {
			t.Fatal(err)
		}
		for _, field := range []string{"host", "#login", "nothing"} {
			if err := adapter.(guest).env.Keep(t.Context(), field, "x"); err == nil {
				t.Errorf("%s was kept as a secret", field)
			}
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		if n := h.puppet.count(id); n != 1 {
			t.Errorf("reopened: %d lives", n)
		}
		name := "renamed"
		if _, err := h.Patch(t.Context(), admin(), id, accounts.Patch{Name: &name}); err != nil {
			t.Fatal(err)
		}
		if h.puppet.lastConfig()["extra"] != "rotated" || h.puppet.lastConfig()["password"] != password {
			t.Error("a kept secret is not there when the account is opened again")
		}
	})
}

// twoParts is an account that receives well and cannot send.
type twoParts struct{ *doll }

func (twoParts) Check(context.Context) []channels.Check {
	return []channels.Check{
		{Part: "imap", Title: channels.Words{RU: "Приём", EN: "Receiving"}},
		{Part: "smtp", Title: channels.Words{RU: "Отправка", EN: "Sending"}, Err: &channels.Error{
			Kind: channels.Permanent, Code: "speaks_tls", Text: "choose TLS, " + password,
			Err: &channels.ConfigError{Field: "smtp_security", RU: "выберите TLS, " + password, EN: "choose TLS, " + password},
		}},
	}
}

func TestEveryPartIsTried(t *testing.T) {
	t.Parallel()
	p := newPuppet()
	p.wrap = func(d *doll, _ channels.Env) channels.Adapter { return twoParts{d} }
	h := newHouse(newMemory(), p)
	wrong := accounts.Problem{Code: "speaks_tls", Text: "choose TLS, •••", RU: "выберите TLS, •••"}
	want := accounts.TestResult{Problem: wrong, Field: "smtp_security", Parts: []accounts.PartResult{
		{Part: "imap", Title: channels.Words{RU: "Приём", EN: "Receiving"}, OK: true},
		{Part: "smtp", Title: channels.Words{RU: "Отправка", EN: "Sending"}, Problem: wrong, Field: "smtp_security"},
	}}
	got, err := h.TestDraft(t.Context(), admin(), 0, accounts.Draft{Kind: kindTest, Config: valid()})
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestATryOfAChangeUsesTheSecretsThatAreKept(t *testing.T) {
	t.Parallel()
	p := newPuppet()
	h := newHouse(newMemory(), p)
	id := h.connect(t, "mail")
	if _, err := h.TestDraft(t.Context(), admin(), id, accounts.Draft{Kind: kindTest, Config: map[string]any{"host": "other.example"}}); err != nil {
		t.Fatal(err)
	}
	if c := p.lastConfig(); c["host"] != "other.example" || c["password"] != password {
		t.Error("tried with", c)
	}
	if a, _ := h.Get(t.Context(), admin(), id); a.Config["host"] != "mail.example" {
		t.Error("a try changed the account")
	}
	_, err := h.TestDraft(t.Context(), admin(), 0, accounts.Draft{Kind: kindTest, Config: map[string]any{"host": "x"}})
	if wrongFields(err) != "config.password:required" {
		t.Error(err)
	}
	if _, err := h.TestDraft(t.Context(), admin(), 0, accounts.Draft{Kind: "pigeon"}); wrongFields(err) != "kind:unknown" {
		t.Error(err)
	}
}

func TestProgressIsToldInHundredths(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h, m, id := guests(t)
		h.expect(t, m, id, channels.StateConnected)
		in, _ := h.sup.Inbound(id)
		before := len(m.history())
		for done := range 1001 {
			in.Report(t.Context(), channels.Status{State: channels.StateConnected, Progress: &channels.Progress{Done: done, Total: 1000}})
			synctest.Wait()
		}
		if row, _, _ := m.Account(t.Context(), admin(), id); row.Progress != (channels.Progress{Done: 1000, Total: 1000}) {
			t.Errorf("%+v", row.Progress)
		}
		if n := len(m.history()) - before; n > 110 {
			t.Errorf("%d commits", n)
		}
		in.Report(t.Context(), channels.Status{State: channels.StateConnected})
		synctest.Wait()
		if row, _, _ := m.Account(t.Context(), admin(), id); row.Progress != (channels.Progress{}) {
			t.Errorf("%+v", row.Progress)
		}
	})
}

func TestProblemsAreKeptInBothLanguages(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h, m, id := guests(t)
		h.puppet.script(id, func(context.Context, channels.Inbound) error {
			return &channels.Error{Kind: channels.Permanent, Code: "x", Text: "wrong port", Err: fmt.Errorf("open: %w", &channels.ConfigError{Field: "port", RU: "не тот порт", EN: "wrong port"})}
		})
		if _, err := h.Patch(t.Context(), admin(), id, accounts.Patch{Config: map[string]any{"port": 1}}); err != nil {
			t.Fatal(err)
		}
		h.expect(t, m, id, channels.StateBroken)
		if _, p := m.state(id); p != (accounts.Problem{Code: "x", Text: "wrong port", RU: "не тот порт"}) {
			t.Errorf("%+v", p)
		}
	})
}
