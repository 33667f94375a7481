package accounts

import (
	"context"
	"errors"
	"fmt"
	"time"

	"parley/channels"
	"parley/inbox/actor"
	"parley/internal/fault"
)

// tryTime bounds one try of a configuration.
const tryTime = 25 * time.Second

// TestResult is what a try of the configuration showed: the first problem, and of
// networks with several parts how each is.
type TestResult struct {
	OK bool
	Problem
	Field string // the configuration field at fault; "" = none in particular
	Parts []PartResult
}

// PartResult is how one part of an account is, such as the server it sends by.
type PartResult struct {
	Part  string
	Title channels.Words
	OK    bool
	Problem
	Field string
}

// Test tries an account's configuration against its network. That the network refused
// is a result; an error says that there was no try. The adapter that runs is asked: a
// second one could take its tokens from it.
func (s *Service) Test(ctx context.Context, v actor.Viewer, id channels.AccountID) (TestResult, error) {
	row, err := s.row(ctx, v, id)
	if err != nil {
		return TestResult{}, err
	}
	o := s.opener.open(row)
	if o.err != nil {
		return TestResult{}, refusal(o.err)
	}
	if running, ok := s.runner.Adapter(id); ok {
		o.adapter = running
	}
	r := o.try(ctx)
	if r.OK {
		err = s.well(ctx, v, row)
	}
	return r, err
}

// well has an account that could not send go on at once. Another node that runs it opens it anew.
func (s *Service) well(ctx context.Context, v actor.Viewer, row Row) error {
	s.runner.Sending(row.ID, nil) // it need not wait for the next message to show that it is well
	if s.runner.Serving(row.ID) || row.State != channels.StateCannotSend || !row.Active() {
		return nil
	}
	_, err := s.change(ctx, v, row.ID, func(row *Row) error {
		row.State, row.Error = channels.StateConnecting, Problem{}
		return nil
	})
	return err
}

// TestDraft tries a configuration that is not stored. With an account's id, values that
// the draft does not name are the account's own, secrets too.
func (s *Service) TestDraft(ctx context.Context, v actor.Viewer, id channels.AccountID, d Draft) (TestResult, error) {
	var have settings
	account := Account{ID: id, Kind: d.Kind, Name: d.Name}
	if id != 0 {
		row, err := s.row(ctx, v, id)
		if err != nil {
			return TestResult{}, err
		}
		account = row.Account
		have.open = row.Config
		if have.secrets, err = s.opener.vault.openSecrets(id, row.SealedSecrets); err != nil {
			return TestResult{}, err
		}
	}
	driver, ok := s.opener.drivers.find(account.Kind)
	if !ok {
		return TestResult{}, unknownKind()
	}
	set, err := have.change(driver.Fields(), d.Config)
	if err != nil {
		return TestResult{}, err
	}
	adapter, err := s.opener.adapter(driver, account, set)
	if err != nil {
		return TestResult{}, refusal(err)
	}
	o := opened{adapter: adapter}
	for _, value := range set.secrets {
		o.secrets = append(o.secrets, value)
	}
	return o.try(ctx), nil
}

func unknownKind() error {
	return fault.InvalidField("kind", "unknown", fault.T("Таких каналов нет.", "There is no such kind of accounts."))
}

// canTry tells whether there is somebody to ask.
func (o opened) canTry() bool {
	_, checks := o.adapter.(channels.Checker)
	_, tests := o.adapter.(channels.Tester)
	return checks || tests
}

// try asks an adapter how it is, part by part where it can.
func (o opened) try(ctx context.Context) TestResult {
	ctx, cancel := context.WithTimeout(ctx, tryTime)
	defer cancel()
	if checker, ok := o.adapter.(channels.Checker); ok {
		return o.tryParts(ctx, checker)
	}
	tester, ok := o.adapter.(channels.Tester)
	if !ok {
		return TestResult{OK: true} // nothing outside could refuse it
	}
	p, field, ok := o.verdict(guarded(func() error { return tester.Test(ctx) }))
	return TestResult{OK: ok, Problem: p, Field: field}
}

func (o opened) tryParts(ctx context.Context, checker channels.Checker) TestResult {
	var checks []channels.Check
	err := guarded(func() error {
		checks = checker.Check(ctx)
		return nil
	})
	var r TestResult
	r.Problem, r.Field, r.OK = o.verdict(err)
	for _, c := range checks {
		part := PartResult{Part: c.Part, Title: c.Title}
		part.Problem, part.Field, part.OK = o.verdict(c.Err)
		if r.OK && !part.OK {
			r.OK, r.Problem, r.Field = false, part.Problem, part.Field
		}
		r.Parts = append(r.Parts, part)
	}
	return r
}

// verdict is an adapter's error as it may be shown; ok when there is none.
func (o opened) verdict(err error) (p Problem, field string, ok bool) {
	if err == nil {
		return Problem{}, "", true
	}
	e := channels.AsError(err)
	var c *channels.ConfigError
	if errors.As(e, &c) {
		field = c.Field
	}
	return o.scrubbed(problemOf(e)), field, false
}

// guarded turns a panic of an adapter into its failure.
func guarded(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = &channels.Error{
				Kind: channels.Uncertain, Code: codePanic, Text: phrases[codePanic].EN,
				Scope: channels.ScopeAccount, Err: fmt.Errorf("adapter panicked: %s", harmless(r)),
			}
		}
	}()
	return f()
}

// codePanic is the code of an account whose adapter panicked.
const codePanic = "panic"
