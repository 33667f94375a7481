package app

import (
	"context"
	"log/slog"
	"time"

	"parley/channels"
	"parley/internal/blob"
	"parley/internal/store"
	"parley/router"
)

// TellOfDeadline is how clocks tell colleagues.
func (a *App) TellOfDeadline(ctx context.Context, n router.Telling) (int, error) {
	return deadlines{a}.Tell(ctx, n)
}

// Keeper is the regular work, for tests of its rounds.
type Keeper struct{ *keeper }

// NewKeeper returns a keeper without the rest of the house.
func NewKeeper(db *store.DB, blobs *blob.Disk, now func() time.Time, log *slog.Logger) Keeper {
	return Keeper{newKeeper(&App{Base: &Base{Store: db, Now: now, Log: log}, Blobs: blobs})}
}

// Housekeep runs one round.
func (k Keeper) Housekeep(ctx context.Context) error { return k.housekeep(ctx) }

// Every works as the house's regular work does.
func (k Keeper) Every(first, period time.Duration, work func(context.Context) error) {
	k.every(first, period, "test", work)
}

// Stop ends the regular work.
func (k Keeper) Stop() { k.stop() }

// WhileMoving and ErrStalled are of fetching files, for its tests.
func WhileMoving(ctx context.Context, files channels.Files) (context.Context, channels.Files, func()) {
	return whileMoving(ctx, files)
}

// ErrStalled is what a fetch ends with that nothing comes of.
var ErrStalled = errStalled
