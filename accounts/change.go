package accounts

import (
	"context"
	"fmt"
	"time"

	"parley/channels"
	"parley/inbox/actor"
	"parley/internal/fault"
)

// Patch changes an account. Only this account is restarted.
func (s *Service) Patch(ctx context.Context, v actor.Viewer, id channels.AccountID, p Patch) (Account, error) {
	return s.change(ctx, v, id, func(row *Row) error {
		if row.Archived && (p.Archived == nil || *p.Archived) {
			if p.changesValues() {
				return ErrArchived
			}
			return errUnchanged
		}
		was := s.sameOf(row.Kind, s.settingsOf(row))
		if row.Archived {
			was = whom{}
			row.bringBack()
		}
		if p.changesValues() {
			if err := s.patch(ctx, row, p); err != nil {
				return err
			}
		}
		if p.Archived != nil && *p.Archived {
			row.archive()
			return nil
		}
		return s.checkSingular(ctx, row, was)
	})
}

func (s *Service) patch(ctx context.Context, row *Row, p Patch) error {
	driver, ok := s.opener.drivers.find(row.Kind)
	if !ok {
		return fmt.Errorf("change account: no driver for the kind %q", row.Kind)
	}
	var wrong fault.Collector
	if p.Name != nil {
		row.Name = checkName(&wrong, *p.Name)
	}
	if p.TeamID != nil {
		row.TeamID = *p.TeamID
		if err := s.checkTeam(ctx, &wrong, row.TeamID); err != nil {
			return err
		}
	}
	secrets, err := s.opener.vault.openSecrets(row.ID, row.SealedSecrets)
	if err != nil {
		return err
	}
	set, err := settings{open: row.Config, secrets: secrets}.change(driver.Fields(), p.Config)
	if err := firstOf(wrong.Merge(err), wrong.Err()); err != nil {
		return err
	}
	if row.Active() && len(p.Config) > 0 { // what was wrong may be right now
		row.State, row.Error = channels.StateConnecting, Problem{}
	}
	return s.keep(row, driver, set)
}

// Pause disconnects an account until Resume. Pausing twice changes nothing.
func (s *Service) Pause(ctx context.Context, v actor.Viewer, id channels.AccountID) (Account, error) {
	return s.setPaused(ctx, v, id, true)
}

// Resume connects a paused account again.
func (s *Service) Resume(ctx context.Context, v actor.Viewer, id channels.AccountID) (Account, error) {
	return s.setPaused(ctx, v, id, false)
}

func (s *Service) setPaused(ctx context.Context, v actor.Viewer, id channels.AccountID, paused bool) (Account, error) {
	return s.change(ctx, v, id, func(row *Row) error {
		if row.Archived {
			return ErrArchived
		}
		if row.Paused == paused {
			return errUnchanged
		}
		row.Paused, row.Error, row.State = paused, Problem{}, channels.StateConnecting
		if paused {
			row.State = channels.StateStopped
		}
		return nil
	})
}

// errUnchanged ends a change that changes nothing.
var errUnchanged = fault.New(fault.Conflict, "unchanged", fault.T("Ничего не изменилось.", "Nothing changed."))

// change rewrites one row under its lock and tells the runner.
func (s *Service) change(ctx context.Context, v actor.Viewer, id channels.AccountID, edit func(row *Row) error) (Account, error) {
	var row Row
	var changed bool
	err := s.store.Write(ctx, func(ctx context.Context) (err error) {
		if row, err = s.row(ctx, v, id); err != nil {
			return err
		}
		if err := edit(&row); err == errUnchanged { //nolint:errorlint // never wrapped
			changed = false
			return nil
		} else if err != nil {
			return err
		}
		changed = true
		row.Version++
		row.UpdatedAt = s.now().UTC().Truncate(time.Microsecond)
		return s.store.UpdateAccount(ctx, row, v.Cause)
	})
	if err != nil {
		return Account{}, fmt.Errorf("change account: %w", err)
	}
	if changed {
		s.runner.Apply(row)
	}
	return s.opener.open(row).account, nil
}

// Delete removes an account. One with conversations is refused with ErrInUse, or, when
// archive is set, kept for them: disconnected and out of the list.
func (s *Service) Delete(ctx context.Context, v actor.Viewer, id channels.AccountID, archive bool) error {
	var deleted bool
	err := s.store.Write(ctx, func(ctx context.Context) (err error) {
		if _, err := s.row(ctx, v, id); err != nil {
			return err
		}
		deleted, err = s.store.DeleteAccount(ctx, id, s.now(), v.Cause)
		return err
	})
	switch {
	case err != nil:
		return fmt.Errorf("delete account: %w", err)
	case deleted:
		s.runner.Forget(id)
		return nil
	case !archive:
		return ErrInUse
	}
	_, err = s.change(ctx, v, id, func(row *Row) error {
		if row.Archived {
			return errUnchanged
		}
		row.archive()
		return nil
	})
	return err
}
