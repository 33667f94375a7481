package accounts

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"parley/channels"
	"parley/internal/fault"
	"parley/internal/secret"
)

// opener turns stored rows into accounts and adapters.
type opener struct {
	drivers Drivers
	vault   vault
	env     channels.Env
	keep    keeper
}

func newOpener(store Store, drivers Drivers, box *secret.Box, env channels.Env) opener {
	v := vault{box}
	return opener{drivers: drivers, vault: v, env: env, keep: keeper{store: store, vault: v, now: env.Now}}
}

// opened is a row with everything that was sealed or implied. Adapter is nil, and err
// says why, when it cannot be used.
type opened struct {
	account Account
	adapter channels.Adapter
	secrets []string // values, to be kept out of what is shown
	err     error
}

// open never fails as a whole: what cannot be opened can still be shown.
func (o opener) open(row Row) opened {
	out := opened{account: row.Account}
	driver, ok := o.drivers.find(row.Kind)
	if !ok {
		out.err = fmt.Errorf("open account: no driver for the kind %q", row.Kind)
		out.account.Config = map[string]any{}
		return out
	}
	fields := driver.Fields()
	set := settings{open: row.Config}
	out.account.Config = set.shown(fields)
	var err error
	if set.secrets, err = o.vault.openSecrets(row.ID, row.SealedSecrets); err != nil {
		out.err = err
		return out
	}
	out.account.Secrets = set.known(fields)
	for _, value := range set.secrets {
		out.secrets = append(out.secrets, value)
	}
	if out.adapter, out.err = o.adapter(driver, row.Account, set); out.err != nil {
		return out
	}
	if _, pushed := out.adapter.(channels.Webhook); pushed {
		out.account.HookPath, out.err = o.vault.hookPath(row.ID, row.SealedHook)
	}
	return out
}

// adapter opens the driver's side of an account. A panic of the driver is its own.
func (o opener) adapter(d channels.Driver, a Account, set settings) (adapter channels.Adapter, err error) {
	defer func() {
		if r := recover(); r != nil {
			adapter, err = nil, fmt.Errorf("open account: driver panicked: %s", harmless(r))
		}
	}()
	env := o.env
	env.Keep = func(ctx context.Context, field, value string) error { return o.keep.secret(ctx, d, a.ID, field, value) }
	env.Key = o.vault.box.Derive(string(bound(a.ID, "tokens")))
	return d.Open(channels.Account{ID: a.ID, Kind: a.Kind, Name: a.Name, Config: set.forDriver(d.Fields())}, env)
}

// refusal turns a driver's complaint about a configuration into a fault.
func refusal(err error) error {
	var bad *channels.ConfigError
	if !errors.As(err, &bad) {
		return err
	}
	where := path(bad.Field)
	if bad.Field == "" {
		where = "config"
	}
	return fault.InvalidField(where, "invalid", fault.T(bad.RU, bad.EN))
}

// scrub takes secrets out of a text.
func (o opened) scrub(text string) string {
	for _, value := range o.secrets {
		if len(value) >= 4 {
			text = strings.ReplaceAll(text, value, secret.Mask)
		}
	}
	return text
}

// harmless describes a panic without what it may quote: errors of the runtime speak of
// the program alone, everything else may speak of anything.
func harmless(r any) string {
	if e, ok := r.(interface {
		error
		RuntimeError()
	}); ok {
		return e.Error()
	}
	return fmt.Sprintf("a value of type %T", r)
}
