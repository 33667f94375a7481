package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"parley/internal/config"
)

// A SQLite database has one server: a second one would send the same messages again
// and receive for the same accounts. It is kept out by a lock on a file of the data
// folder, which the system lets go of however a process ends. Other commands work
// beside a server and take no lock.

// errHeld says that another process holds the lock.
var errHeld = errors.New("held by another process")

// soleWait is how long a new server waits for a former one that is still stopping.
const soleWait = 12 * time.Second

// beSole returns what holds the lock, to be closed at the end.
func beSole(ctx context.Context, data string, log *slog.Logger) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(data, "serve.lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, &config.Error{Flag: "data", Env: "PARLEY_DATA", Problem: "cannot be used: " + reason(err), Remedy: "name a folder that can be written"}
	}
	ctx, cancel := context.WithTimeout(ctx, soleWait)
	defer cancel()
	for told := false; ; told = true {
		switch err = lockFile(f); {
		case err == nil:
			return f, nil
		case !errors.Is(err, errHeld):
			return nil, errors.Join(fmt.Errorf("lock data folder: %w", err), f.Close())
		case !told:
			log.Info("another server uses this data folder; waiting for it to stop")
		}
		select {
		case <-ctx.Done():
			_ = f.Close()
			return nil, &config.Error{Flag: "data", Env: "PARLEY_DATA", Problem: "is in use by another server", Remedy: "stop that one, or name another folder"}
		case <-time.After(50 * time.Millisecond):
		}
	}
}
