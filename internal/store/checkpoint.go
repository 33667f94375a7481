package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"net/url"
	"os"
	"time"
)

// errBadConn makes database/sql throw a connection away.
var errBadConn = driver.ErrBadConn

// walLimit is how large the write-ahead log may grow before it is checkpointed.
const walLimit = 8 << 20

// checkpoint moves the write-ahead log into the database beside the commits, never
// in their path.
func (db *DB) checkpoint(ctx context.Context, path string) {
	tick := time.NewTicker(500 * time.Millisecond)
	defer tick.Stop()
	conn, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?_pragma=busy_timeout(1000)")
	if err != nil {
		db.log.Error("open checkpointer", "error", err)
		return
	}
	defer conn.Close()
	conn.SetMaxOpenConns(1)
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		info, err := os.Stat(path + "-wal")
		if err != nil || info.Size() < walLimit {
			continue
		}
		if _, err := conn.ExecContext(ctx, "PRAGMA wal_checkpoint(PASSIVE)"); err != nil && ctx.Err() == nil {
			db.log.Warn("checkpoint", "error", err)
		}
	}
}
