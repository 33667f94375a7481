package accounts

import (
	"context"
	"fmt"

	"parley/channels"
	"parley/inbox/actor"
)

// Archived returns the archived accounts that the viewer may see, by id.
func (s *Service) Archived(ctx context.Context, v actor.Viewer) ([]Account, error) {
	rows, err := s.store.Accounts(ctx, v, true)
	if err != nil {
		return nil, fmt.Errorf("list archived accounts: %w", err)
	}
	var list []Account
	for _, row := range rows {
		if row.Archived {
			list = append(list, s.opener.open(row).account)
		}
	}
	return list, nil
}

// archive disconnects an account for good, unless it is brought back. Its settings stay, and so
// do the places up to which its streams are read.
func (r *Row) archive() {
	r.Archived, r.State, r.Error, r.RemoteKey = true, channels.StateStopped, Problem{}, ""
}

// bringBack undoes archive. What has arrived at the network meanwhile comes in as news.
func (r *Row) bringBack() {
	r.Archived, r.Error = false, Problem{}
	if r.Active() {
		r.State = channels.StateConnecting
	}
}

// changesValues tells whether a patch changes more than whether the account is archived.
func (p Patch) changesValues() bool {
	return p.Name != nil || p.TeamID != nil || len(p.Config) > 0
}
