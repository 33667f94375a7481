package accounts

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"

	"parley/channels"
	"parley/inbox/actor"
	"parley/internal/fault"
)

// whom is what an account is at its network, as far as its driver can tell.
type whom struct {
	name  string // "" = unknown, or of a network where it does not matter
	field string // of the configuration, that says it to people
}

// sameOf reads what an account is from its settings.
func (s *Service) sameOf(kind channels.Kind, set settings) whom {
	driver, _ := s.opener.drivers.find(kind)
	singular, ok := driver.(channels.Singular)
	if !ok {
		return whom{}
	}
	name, field := singular.Singularity(set.forDriver(driver.Fields()))
	return whom{name, field}
}

// settingsOf are the settings of a row. One whose secrets cannot be opened has none.
func (s *Service) settingsOf(row *Row) settings {
	secrets, err := s.opener.vault.openSecrets(row.ID, row.SealedSecrets)
	if err != nil {
		secrets = nil // its channel says so itself
	}
	return settings{open: row.Config, secrets: secrets}
}

// checkSingular refuses settings by which an account would become one that is connected
// already; was is what it was connected as. An account in the archive does not
// count, and so comes back as if it were new. It must run inside Write: of two who connect
// the same at once, the second waits for the first. The database refuses what gets past it, by Row.RemoteKey.
func (s *Service) checkSingular(ctx context.Context, row *Row, was whom) error {
	is := s.sameOf(row.Kind, s.settingsOf(row))
	if is.name == "" {
		row.RemoteKey = ""
		return nil
	}
	if is.name == was.name && row.RemoteKey != "" {
		return nil
	}
	sum := sha256.Sum256([]byte("account " + string(row.Kind) + " " + is.name))
	if err := s.store.Lock(ctx, []int64{int64(binary.BigEndian.Uint64(sum[:8]))}); err != nil { // two names with one lock merely wait
		return fmt.Errorf("look for the same account: %w", err)
	}
	rows, err := s.store.Accounts(ctx, actor.System(), false)
	if err != nil {
		return fmt.Errorf("look for the same account: %w", err)
	}
	for _, other := range rows {
		if other.ID == row.ID || other.Kind != row.Kind || s.sameOf(other.Kind, s.settingsOf(&other)).name != is.name {
			continue
		}
		if is.name == was.name { // both were connected by a version that did not ask
			return nil
		}
		return fault.InvalidField(path(is.field), "already_connected", fault.T(
			"Это уже подключено: канал «"+other.Name+"». Измените его или отправьте в архив.",
			"This is connected already: the account “"+other.Name+"”. Change that one, or archive it."))
	}
	row.RemoteKey = hex.EncodeToString(sum[:])
	return nil
}
