package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"parley/channels"
	"parley/internal/cluster"
)

var _ cluster.Store = (*DB)(nil)

// clockNow is the database's clock in microseconds, as it goes on within a transaction.
const clockNow = `
	CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT) -- only: postgres
	CAST(ROUND((julianday('now') - 2440587.5) * 86400000) * 1000 AS INTEGER) -- only: sqlite
	`

// Clock implements cluster.Store.
func (db *DB) Clock(ctx context.Context) (time.Time, error) {
	var now time.Time
	if _, err := db.one(ctx, "SELECT "+clockNow, nil, timeCol{&now}); err != nil {
		return time.Time{}, fmt.Errorf("read clock: %w", err)
	}
	return now, nil
}

// The texts of a heartbeat. Rows of nodes are locked by nobody but their own node and
// those that bury the dead, who pass over what is locked: two nodes never wait for each other.
const (
	renewNode = `INSERT INTO nodes (id, name, started_at, until, drift, takes) VALUES ($1, $2, ` + clockNow + `, ` + clockNow + ` + $3, $4, $5)
		ON CONFLICT (id) DO UPDATE SET until = excluded.until, drift = excluded.drift, takes = excluded.takes`
	buryNodes = `DELETE FROM nodes WHERE id IN (SELECT id FROM nodes WHERE id <> $1 AND until <= ` + clockNow + `
		FOR UPDATE SKIP LOCKED -- only: postgres
		)`
	countAccounts = `SELECT COUNT(*) FROM accounts WHERE NOT archived`
	listNodes     = `SELECT n.id, n.takes, (SELECT COUNT(*) FROM leases l JOIN accounts a ON a.id = l.account_id AND NOT a.archived WHERE l.node = n.id)
		FROM nodes n WHERE n.until > ` + clockNow
	listLeases = `SELECT l.account_id, l.fence FROM leases l JOIN accounts a ON a.id = l.account_id AND NOT a.archived WHERE l.node = $1`
)

// Beat implements cluster.Store.
func (db *DB) Beat(ctx context.Context, b cluster.Beat) (cluster.Survey, error) {
	var s cluster.Survey
	err := db.Write(ctx, func(ctx context.Context) error {
		s = cluster.Survey{}
		if err := db.later(ctx, renewNode, b.Node, b.Name, b.For.Microseconds(), b.Drift.Microseconds(), b.Takes); err != nil {
			return err
		}
		if err := db.later(ctx, buryNodes, b.Node); err != nil {
			return err
		}
		return db.ask(ctx,
			question{text: countAccounts, scan: func(row scanner) error { return row.Scan(&s.Accounts) }},
			question{text: db.on(listNodes), scan: func(row scanner) error {
				var p cluster.Peer
				err := row.Scan(&p.Node, &p.Takes, &p.Held)
				s.Peers = append(s.Peers, p)
				return err
			}},
			question{text: listLeases, args: []any{b.Node}, scan: func(row scanner) error {
				var l cluster.Lease
				err := row.Scan(&l.AccountID, &l.Fence)
				s.Held = append(s.Held, l)
				return err
			}},
		)
	})
	if err != nil {
		return cluster.Survey{}, fmt.Errorf("renew node: %w", err)
	}
	return s, nil
}

// The texts of taking accounts over. A lease that somebody holds for a moment, such as
// a commit that checks its fence, is left for the next time.
const (
	newLeases = `INSERT INTO leases (account_id, node, fence) SELECT a.id, '', 0 FROM accounts a
		WHERE NOT a.archived AND NOT EXISTS (SELECT 1 FROM leases l WHERE l.account_id = a.id) ON CONFLICT (account_id) DO NOTHING`
	takeLeases = `UPDATE leases SET node = $1, fence = fence + 1 WHERE account_id IN (SELECT l.account_id FROM leases l JOIN accounts a ON a.id = l.account_id
			WHERE NOT a.archived AND NOT EXISTS (SELECT 1 FROM nodes n WHERE n.id = l.node) ORDER BY l.account_id LIMIT $2
			FOR UPDATE OF l SKIP LOCKED -- only: postgres
		) RETURNING account_id, fence`
)

// endClaims and endAmending let what former owners had in flight expire at once.
var (
	endClaims = newKeys(`UPDATE outbox SET claimed_until = 1 FROM %s AS v
		WHERE outbox.state = 'sending' AND outbox.account_id = v.column1 AND outbox.fence < v.column2`, "BIGINT", "BIGINT")
	endAmending = newKeys(`UPDATE amendments SET claimed_until = 1 FROM %s AS v
		WHERE amendments.state = 'sending' AND amendments.account_id = v.column1 AND amendments.fence < v.column2`, "BIGINT", "BIGINT")
)

// Take implements cluster.Store.
func (db *DB) Take(ctx context.Context, node string, limit int) ([]cluster.Lease, error) {
	var list []cluster.Lease
	err := db.Write(ctx, func(ctx context.Context) error {
		list = nil
		if err := db.later(ctx, newLeases); err != nil {
			return err
		}
		err := db.each(ctx, takeLeases, []any{node, int64(limit)}, func(row *sql.Rows) error {
			var l cluster.Lease
			err := row.Scan(&l.AccountID, &l.Fence)
			list = append(list, l)
			return err
		})
		if err != nil || len(list) == 0 {
			return err
		}
		leave(ctx, OutboxQueued)
		lease := func(args []any, l cluster.Lease) []any { return append(args, int64(l.AccountID), int64(l.Fence)) }
		if err := change(ctx, db, endClaims, list, lease); err != nil {
			return err
		}
		return change(ctx, db, endAmending, list, lease)
	})
	if err != nil {
		return nil, fmt.Errorf("take accounts: %w", err)
	}
	return list, nil
}

// giveLease frees the lease of an account that has nothing in flight; $3 does not care.
const giveLease = `UPDATE leases SET node = '' WHERE account_id = $1 AND node = $2 AND ($3 OR NOT EXISTS (
	SELECT 1 FROM outbox o WHERE o.state = 'sending' AND o.account_id = leases.account_id AND o.fence = leases.fence) AND NOT EXISTS (
	SELECT 1 FROM amendments a WHERE a.state = 'sending' AND a.account_id = leases.account_id AND a.fence = leases.fence))`

// Give implements cluster.Store.
func (db *DB) Give(ctx context.Context, node string, account channels.AccountID, busy bool) (given bool, err error) {
	err = db.Write(ctx, func(ctx context.Context) error {
		n, err := db.exec(ctx, giveLease, int64(account), node, busy)
		given = n == 1
		return err
	})
	if err != nil {
		return false, fmt.Errorf("give account: %w", err)
	}
	return given, nil
}

// Leave implements cluster.Store.
func (db *DB) Leave(ctx context.Context, node string) error {
	err := db.Write(ctx, func(ctx context.Context) error {
		_, err := db.exec(ctx, `DELETE FROM nodes WHERE id = $1`, node)
		return err
	})
	if err != nil {
		return fmt.Errorf("leave nodes: %w", err)
	}
	return nil
}

var fencesByAccount = newKeys(`SELECT account_id, fence FROM leases WHERE account_id IN (SELECT column1 FROM %s AS v) ORDER BY account_id
	FOR SHARE -- only: postgres
	`, "BIGINT")

// Fences returns the fences of accounts' leases and holds the leases until the end of the
// transaction; see intake.Store.
func (db *DB) Fences(ctx context.Context, accounts []channels.AccountID) (map[channels.AccountID]channels.Fence, error) {
	fences := make(map[channels.AccountID]channels.Fence, len(accounts))
	err := lookup(ctx, db, fencesByAccount, accounts, idArg, func(row scanner) error {
		var l cluster.Lease
		err := row.Scan(&l.AccountID, &l.Fence)
		fences[l.AccountID] = l.Fence
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read fences: %w", err)
	}
	return fences, nil
}
