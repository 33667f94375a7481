package app

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"parley/internal/blob"
	"parley/internal/store"
)

// keeper does the small regular work: ids in reserve, old rows and files away.
type keeper struct {
	store *store.DB
	blobs *blob.Disk
	now   func() time.Time
	log   *slog.Logger
	// refresh reads what other nodes set up for the router; nil where there are none.
	refresh func(context.Context) error

	ends []context.CancelFunc // of each regular work
	wg   sync.WaitGroup
}

// Of housekeeping: the first round comes soon, because a node may be restarted daily,
// but not while it still catches up with its networks.
const (
	firstHousekeeping = time.Minute
	housekeepEvery    = time.Hour
	halfWritten       = time.Hour // age from which a half-written file is nobody's
	unnamed           = time.Hour // age from which a stored file that no row names is nobody's
)

func newKeeper(a *App) *keeper {
	k := &keeper{store: a.Store, blobs: a.Blobs, now: a.Now, log: a.Log}
	if !a.Config.SQLite() {
		k.refresh = a.refreshRules
	}
	return k
}

func (k *keeper) start() {
	k.every(time.Second, time.Second, "reserve ids", k.store.ReserveIDs)
	if k.refresh != nil {
		k.every(poll, poll, "read rules", k.refresh)
	}
	k.every(firstHousekeeping, housekeepEvery, "housekeep", k.housekeep)
}

// every works after first and then again a period after each end. One round gets a
// period at most, and a minute at least.
func (k *keeper) every(first, period time.Duration, doing string, work func(context.Context) error) {
	until, end := context.WithCancel(context.Background())
	k.ends = append(k.ends, end)
	k.wg.Go(func() {
		next := time.NewTimer(first)
		defer next.Stop()
		for {
			select {
			case <-until.Done():
				return
			case <-next.C:
			}
			ctx, cancel := context.WithTimeout(until, max(period, time.Minute))
			if err := work(ctx); err != nil && until.Err() == nil {
				k.log.Warn("regular work failed", "doing", doing, "error", err)
			}
			cancel()
			next.Reset(period)
		}
	})
}

// housekeep removes old rows, then the files that no row names any more, then what
// writers that crashed have left.
func (k *keeper) housekeep(ctx context.Context) error {
	swept, err := k.store.Housekeep(ctx, k.now())
	files := k.drop(ctx, swept.Hashes) // also after an error: their rows are gone
	if err == nil {
		var strays []string
		strays, err = k.strays(ctx)
		files += k.drop(ctx, strays)
	}
	if len(swept.Rows) > 0 || files > 0 {
		k.log.Info("housekeeping done", "rows", swept.Rows, "files", files)
	}
	if err != nil {
		return err
	}
	return k.blobs.Sweep(time.Now().Add(-halfWritten)) // by the clock of the file system
}

// drop removes files that no row names, and says how many.
func (k *keeper) drop(ctx context.Context, hashes []string) (files int) {
	for _, hash := range hashes {
		dropped, err := k.store.DropBlob(ctx, hash, func(ctx context.Context) error { return k.blobs.DeleteOld(ctx, hash, time.Now().Add(-unnamed)) })
		if err != nil {
			k.log.Warn("a file that nobody needs stays", "hash", hash, "error", err)
		} else if dropped {
			files++
		}
	}
	return files
}

// strays finds files that no row names although none was removed for it: their program
// was killed before it wrote the row, or after it removed one. Every hour looks at
// another shelf, so that a round stays short and all are seen in eleven days.
func (k *keeper) strays(ctx context.Context) ([]string, error) {
	shelf := byte(k.now().Unix() / int64(housekeepEvery/time.Second) % blob.Shelves)
	hashes, err := k.blobs.Shelf(shelf, time.Now().Add(-unnamed))
	if err != nil {
		return nil, err
	}
	return k.store.UnnamedHashes(ctx, hashes)
}

// stop ends the work under way and waits for it.
func (k *keeper) stop() {
	for _, end := range k.ends {
		end()
	}
	k.wg.Wait()
}
