package accounts

import (
	"context"
	"fmt"

	"parley/channels"
	"parley/inbox/actor"
	"parley/internal/fault"
)

// checkSingular refuses settings by which an account would become one that is connected
// already; before are those that it had. An account in the archive does not count.
func (s *Service) checkSingular(ctx context.Context, row *Row, driver channels.Driver, before, set settings) error {
	singular, ok := driver.(channels.Singular)
	if !ok {
		return nil
	}
	name := singular.Singularity(set.forDriver(driver.Fields()))
	if name == "" || name == singular.Singularity(before.forDriver(driver.Fields())) {
		return nil
	}
	rows, err := s.store.Accounts(ctx, actor.System(), false)
	if err != nil {
		return fmt.Errorf("look for the same account: %w", err)
	}
	for _, other := range rows {
		if other.ID == row.ID || other.Kind != row.Kind {
			continue
		}
		if singular.Singularity(settings{open: other.Config}.forDriver(driver.Fields())) == name {
			return fault.InvalidField(path(fieldAddress), "already_connected", fault.T(
				"Этот ящик уже подключён: канал «"+other.Name+"».", "This mailbox is connected already: the account “"+other.Name+"”."))
		}
	}
	return nil
}

// fieldAddress is the field at which a second connection is refused.
const fieldAddress = "address"
