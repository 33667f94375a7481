package accounts

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"parley/channels"
	"parley/inbox/actor"
	"parley/internal/fault"
)

// Bounds of a sign-in: of one step, and of the whole where the network names no end.
const (
	stepTime  = 25 * time.Second
	loginTime = 15 * time.Minute
)

// LoginStep is one step of signing an account in.
type LoginStep struct {
	Action channels.LoginAction
	Input  map[string]string
	// ReturnURL is where a provider's page sends the browser back to.
	ReturnURL string
	// Binder is something of the session that started; only it may go on. Empty where a
	// program started, which has no session.
	Binder string
}

// What is refused of a sign-in.
var (
	// ErrCannotLogin says that accounts of this kind have no sign-in by steps, or that this
	// one is configured for another.
	ErrCannotLogin = fault.New(fault.Conflict, "cannot_sign_in", fault.T(
		"Этот канал настроен без входа на странице провайдера.", "This account is configured without signing in at a provider."))
	// ErrNoLogin says that no sign-in is open: it ended, was used, or belongs to another session.
	ErrNoLogin = fault.New(fault.Gone, "no_sign_in", fault.T(
		"Вход устарел или уже использован. Начните его заново.", "The sign-in has ended or was used already. Start it again."))
)

// pendingField is where a sign-in waits among an account's secrets. No field of a
// configuration has such a name.
const pendingField = "#login"

// pending is a sign-in that is under way.
type pending struct {
	State   string            `json:"state"`
	Binder  string            `json:"binder"`
	Return  string            `json:"return"`
	Memory  map[string]string `json:"memory"`
	Expires time.Time         `json:"expires"`
}

// Login takes one step of signing an account in. A start ends what was open before.
func (s *Service) Login(ctx context.Context, v actor.Viewer, id channels.AccountID, step LoginStep) (channels.LoginState, error) {
	row, err := s.row(ctx, v, id)
	if err != nil {
		return channels.LoginState{}, err
	}
	if row.Archived {
		return channels.LoginState{}, ErrArchived
	}
	if step.Action == channels.LoginStart {
		return s.startLogin(ctx, row, step)
	}
	p, err := s.takePending(ctx, id, func(p pending) bool { return same(p.Binder, step.Binder) })
	if err != nil {
		return channels.LoginState{}, err
	}
	return s.goOn(ctx, row, step, p)
}

// FinishLogin ends a sign-in by what a provider's page brought back, once. It returns
// the account where that is known, whatever the end.
func (s *Service) FinishLogin(ctx context.Context, state, binder string, input map[string]string) (channels.AccountID, error) {
	id, ok := s.states.read(state, s.now())
	if !ok {
		return 0, ErrNoLogin
	}
	row, err := s.row(ctx, actor.System(), id)
	if err != nil {
		return 0, err
	}
	p, err := s.takePending(ctx, id, func(p pending) bool {
		return same(p.State, state) && (p.Binder == "" || same(p.Binder, binder))
	})
	if err != nil {
		return id, err
	}
	if _, err = s.goOn(ctx, row, LoginStep{Action: channels.LoginFinish, Input: input}, p); err != nil {
		s.noteFailure(ctx, row, err)
	}
	return id, err
}

// noteFailure shows at the account why a sign-in failed: whoever looked at the provider's
// page comes back to ours.
func (s *Service) noteFailure(ctx context.Context, row Row, why error) {
	f, ok := fault.As(why)
	if !ok || row.State == channels.StateConnected {
		return
	}
	h := Health{State: row.State, Error: Problem{Code: f.Code, Text: f.Text.EN, RU: f.Text.RU}, Progress: row.Progress}
	err := s.store.Write(ctx, func(ctx context.Context) error {
		_, err := s.store.SetAccountHealth(ctx, row.ID, row.Version, h, s.now())
		return err
	})
	if err != nil {
		s.log.Error("failure of a sign-in not stored", "account_id", row.ID, "error", err)
	}
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

func (s *Service) startLogin(ctx context.Context, row Row, step LoginStep) (channels.LoginState, error) {
	until := s.now().Add(loginTime)
	p := pending{State: s.states.make(row.ID, until), Binder: step.Binder, Return: step.ReturnURL, Expires: until}
	state, err := s.step(ctx, row, step, p)
	if err != nil {
		return channels.LoginState{}, err
	}
	return state, s.settleLogin(ctx, row.ID, p, state)
}

// goOn takes a later step with what the sign-in remembers. A failure that is not final
// leaves the sign-in open, for the next try.
func (s *Service) goOn(ctx context.Context, row Row, step LoginStep, p pending) (channels.LoginState, error) {
	state, err := s.step(ctx, row, step, p)
	if err != nil {
		var e *channels.Error
		if step.Action == channels.LoginPoll && errors.As(err, &e) && e.Kind == channels.Transient {
			return state, errors.Join(err, s.putPending(ctx, row.ID, p))
		}
		return state, err
	}
	if step.Action == channels.LoginCancel {
		return state, nil
	}
	return state, s.settleLogin(ctx, row.ID, p, state)
}

// step calls the adapter. What it refuses becomes a fault in both languages.
func (s *Service) step(ctx context.Context, row Row, step LoginStep, p pending) (channels.LoginState, error) {
	o := s.opener.open(row)
	if o.err != nil {
		return channels.LoginState{}, refusal(o.err)
	}
	if running, ok := s.runner.Adapter(row.ID); ok {
		o.adapter = running
	}
	auth, ok := o.adapter.(channels.Authenticator)
	if !ok {
		return channels.LoginState{}, ErrCannotLogin
	}
	ctx, cancel := context.WithTimeout(ctx, stepTime)
	defer cancel()
	var state channels.LoginState
	err := guarded(func() (err error) {
		state, err = auth.Login(ctx, channels.LoginStep{
			Action: step.Action, Input: step.Input, ReturnURL: p.Return, State: p.State, Memory: p.Memory,
		})
		return err
	})
	if err != nil {
		problem, _, _ := o.verdict(err)
		return channels.LoginState{}, fault.New(fault.Conflict, problem.Code, fault.T(problem.RU, problem.Text)).Because(err)
	}
	return state, nil
}

// settleLogin remembers a sign-in that goes on, or stores what a finished one brought
// and connects the account anew.
func (s *Service) settleLogin(ctx context.Context, id channels.AccountID, p pending, state channels.LoginState) error {
	if !state.Done {
		p.Memory = state.Memory
		if !state.ExpiresAt.IsZero() && state.ExpiresAt.Before(p.Expires) {
			p.Expires = state.ExpiresAt
		}
		return s.putPending(ctx, id, p)
	}
	_, err := s.change(ctx, actor.System(), id, func(row *Row) error {
		if !row.Paused {
			row.State, row.Error = channels.StateConnecting, Problem{}
		}
		return s.opener.keep.edit(row, func(secrets map[string]string) error {
			delete(secrets, pendingField)
			for field, value := range state.Keep {
				secrets[field] = value
			}
			return nil
		})
	})
	return err
}

func (s *Service) putPending(ctx context.Context, id channels.AccountID, p pending) error {
	text, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("encode sign-in: %w", err)
	}
	return s.opener.keep.change(ctx, id, func(secrets map[string]string) error {
		secrets[pendingField] = string(text)
		return nil
	})
}

// takePending takes the open sign-in of an account away, so that nobody else goes on
// with it. One that is not meant stays.
func (s *Service) takePending(ctx context.Context, id channels.AccountID, meant func(pending) bool) (p pending, err error) {
	err = s.opener.keep.change(ctx, id, func(secrets map[string]string) error {
		p = pending{}
		if json.Unmarshal([]byte(secrets[pendingField]), &p) != nil || !meant(p) || !s.now().Before(p.Expires) {
			return ErrNoLogin
		}
		delete(secrets, pendingField)
		return nil
	})
	return p, err
}
