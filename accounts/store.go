package accounts

import (
	"context"
	"time"

	"parley/channels"
	"parley/inbox/actor"
)

// Store is what this room needs of the database. Methods that write must run inside
// Write; each leaves a row "account.updated" in the event feed when it changed something.
type Store interface {
	// NextID returns a fresh id. It must not be called inside Write.
	NextID(ctx context.Context) (int64, error)
	// Write runs fn in one transaction, perhaps several times.
	Write(ctx context.Context, fn func(ctx context.Context) error) error
	// Lock keeps others who ask for the same keys waiting until the end of the transaction.
	Lock(ctx context.Context, keys []int64) error
	// Accounts returns those the viewer may see, by id, without archived ones unless asked.
	Accounts(ctx context.Context, v actor.Viewer, archived bool) ([]Row, error)
	// Account returns one that the viewer may see, archived or not. Inside Write it stays
	// as it is until the end.
	Account(ctx context.Context, v actor.Viewer, id channels.AccountID) (row Row, found bool, err error)
	// AccountVersions returns the version of every account, archived or not.
	AccountVersions(ctx context.Context) (map[channels.AccountID]int64, error)
	// InsertAccount writes a new row.
	InsertAccount(ctx context.Context, row Row, why actor.Cause) error
	// UpdateAccount overwrites a row.
	UpdateAccount(ctx context.Context, row Row, why actor.Cause) error
	// DeleteAccount removes an account that has no conversations; deleted is false when
	// it has some.
	DeleteAccount(ctx context.Context, id channels.AccountID, at time.Time, why actor.Cause) (deleted bool, err error)
	// SetAccountHealth changes the health of an account that is still at a version; changed
	// is false when it is not, or the health was so already.
	SetAccountHealth(ctx context.Context, id channels.AccountID, version int64, h Health, at time.Time) (changed bool, err error)
}
