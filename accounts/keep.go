package accounts

import (
	"context"
	"fmt"
	"slices"
	"time"

	"parley/channels"
	"parley/inbox/actor"
)

// keeper stores secrets that a network changed by itself.
type keeper struct {
	store Store
	vault vault
	now   func() time.Time
}

// secret replaces the value of one secret field. The account's version stays, so that it
// is not reopened: its adapter knows the value already.
func (k keeper) secret(ctx context.Context, d channels.Driver, id channels.AccountID, field, value string) error {
	known := slices.ContainsFunc(d.Fields(), func(f channels.Field) bool {
		return f.Name == field && f.Type == channels.FieldSecret
	})
	if !known {
		return fmt.Errorf("keep secret: %q is no secret field", field)
	}
	return k.change(ctx, id, func(secrets map[string]string) error {
		secrets[field] = value
		return nil
	})
}

// change rewrites an account's secrets under its lock.
func (k keeper) change(ctx context.Context, id channels.AccountID, edit func(secrets map[string]string) error) error {
	return k.store.Write(ctx, func(ctx context.Context) error {
		row, found, err := k.store.Account(ctx, actor.System(), id)
		switch {
		case err != nil:
			return fmt.Errorf("read account: %w", err)
		case !found:
			return ErrNotFound
		}
		if err := k.edit(&row, edit); err != nil {
			return err
		}
		return k.store.UpdateAccount(ctx, row, actor.Cause{Kind: actor.Network})
	})
}

// edit rewrites the secrets of a row.
func (k keeper) edit(row *Row, edit func(secrets map[string]string) error) error {
	secrets, err := k.vault.openSecrets(row.ID, row.SealedSecrets)
	if err != nil {
		return err
	}
	if secrets == nil {
		secrets = map[string]string{}
	}
	if err := edit(secrets); err != nil {
		return err
	}
	row.UpdatedAt = k.now().UTC().Truncate(time.Microsecond)
	row.SealedSecrets, err = k.vault.sealSecrets(row.ID, secrets)
	return err
}
