package accounts

import (
	"context"
	"fmt"
	"time"

	"parley/channels"
	"parley/inbox/actor"
)

// tryTime bounds one try of a configuration.
const tryTime = 15 * time.Second

// Test tries an account's configuration against its network. That the network refused
// is a result; an error says that there was no try.
func (s *Service) Test(ctx context.Context, v actor.Viewer, id channels.AccountID) (TestResult, error) {
	row, err := s.row(ctx, v, id)
	if err != nil {
		return TestResult{}, err
	}
	o := s.opener.open(row)
	if o.err != nil {
		return TestResult{}, refusal(o.err)
	}
	tester, ok := o.adapter.(channels.Tester)
	if !ok {
		return TestResult{OK: true}, nil // nothing outside could refuse it
	}
	ctx, cancel := context.WithTimeout(ctx, tryTime)
	defer cancel()
	if err := guarded(func() error { return tester.Test(ctx) }); err != nil {
		e := channels.AsError(err)
		return TestResult{Code: e.Code, Text: o.scrub(e.Text)}, nil
	}
	return TestResult{OK: true}, nil
}

// guarded turns a panic of an adapter into its failure.
func guarded(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = &channels.Error{
				Kind: channels.Uncertain, Code: codePanic, Text: "the channel's program failed",
				Scope: channels.ScopeAccount, Err: fmt.Errorf("adapter panicked: %s", harmless(r)),
			}
		}
	}()
	return f()
}

// codePanic is the code of an account whose adapter panicked.
const codePanic = "panic"
