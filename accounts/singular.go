package accounts

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"parley/channels"
	"parley/inbox/actor"
	"parley/internal/fault"
)

// checkSingular refuses settings by which an account would become one that is connected
// already; before are those by which it was connected. An account in the archive does not
// count, and so comes back as if it were new. It must run inside Write: of two who connect
// the same at once, the second waits for the first.
func (s *Service) checkSingular(ctx context.Context, row *Row, before settings) error {
	driver, _ := s.opener.drivers.find(row.Kind)
	singular, ok := driver.(channels.Singular)
	if !ok {
		return nil
	}
	name, field := singular.Singularity(settings{open: row.Config}.forDriver(driver.Fields()))
	if was, _ := singular.Singularity(before.forDriver(driver.Fields())); name == "" || name == was {
		return nil
	}
	if err := s.store.Lock(ctx, []int64{lockOf(row.Kind, name)}); err != nil {
		return fmt.Errorf("look for the same account: %w", err)
	}
	rows, err := s.store.Accounts(ctx, actor.System(), false)
	if err != nil {
		return fmt.Errorf("look for the same account: %w", err)
	}
	for _, other := range rows {
		if other.ID == row.ID || other.Kind != row.Kind {
			continue
		}
		if its, _ := singular.Singularity(settings{open: other.Config}.forDriver(driver.Fields())); its == name {
			return fault.InvalidField(path(field), "already_connected", fault.T(
				"Это уже подключено: канал «"+other.Name+"».", "This is connected already: the account “"+other.Name+"”."))
		}
	}
	return nil
}

// lockOf is the lock on being the account of a kind under a name. Two names with one lock
// merely wait for each other.
func lockOf(kind channels.Kind, name string) int64 {
	sum := sha256.Sum256([]byte("account " + string(kind) + " " + name))
	return int64(binary.BigEndian.Uint64(sum[:8]))
}
