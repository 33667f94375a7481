package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// How long what is only of passing use is kept.
const (
	keepRaw     = 14 * 24 * time.Hour // raw payloads of understood events
	keepAnswers = 24 * time.Hour
	keepFeed    = 3 * 24 * time.Hour
	keepUploads = 24 * time.Hour // that no message and no draft took
	keepLinks   = 30 * 24 * time.Hour
	keepParked  = 14 * 24 * time.Hour
	keepRuns    = 90 * 24 * time.Hour // what triggers did
	keepCalls   = 30 * 24 * time.Hour // webhooks that they made
	keepTold    = 30 * 24 * time.Hour // what agents were told, so that they are not told twice
	keepDeleted = 10 * time.Minute    // the words of a deleted note, which can be brought back for a minute
)

// Swept is what housekeeping removed.
type Swept struct {
	Rows map[string]int64 // per kind; kinds of which there was nothing are absent
	// Hashes are of blobs that no file names any more; see DropBlob.
	Hashes []string
}

// chore removes one kind of what is too old, at most $2 rows from before $1.
type chore struct {
	name  string
	keep  time.Duration
	query string
}

var chores = []chore{
	{"raw", keepRaw, `UPDATE received SET raw = '' WHERE id IN (SELECT id FROM received
		WHERE raw <> '' AND outcome <> 'quarantined' AND at < $1 ORDER BY at LIMIT $2)`},
	{"answers", keepAnswers, `DELETE FROM idempotency WHERE created_at < $1 AND (owner, key) IN (SELECT owner, key FROM idempotency
		WHERE created_at < $1 ORDER BY created_at LIMIT $2)`},
	{"sessions", 0, `DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expires_at < $1 ORDER BY expires_at LIMIT $2)`},
	{"invitations", keepLinks, `DELETE FROM invitations WHERE id IN (SELECT id FROM invitations WHERE expires_at < $1 ORDER BY expires_at LIMIT $2)`},
	{"resets", keepLinks, `DELETE FROM password_resets WHERE hash IN (SELECT hash FROM password_resets WHERE expires_at < $1 ORDER BY expires_at LIMIT $2)`},
	{"automatic", keepAnswers, `DELETE FROM automatic_answers WHERE (account_id, address) IN (SELECT account_id, address FROM automatic_answers
		WHERE at < $1 ORDER BY at LIMIT $2)`},
	{"duplicates", keepRaw, `DELETE FROM duplicates WHERE (account_id, key) IN (SELECT account_id, key FROM duplicates WHERE at < $1 ORDER BY at LIMIT $2)`},
	{"runs", keepRuns, `DELETE FROM trigger_runs WHERE id IN (SELECT id FROM trigger_runs WHERE at < $1 ORDER BY at LIMIT $2)`},
	{"webhooks", keepCalls, `DELETE FROM webhook_deliveries WHERE id IN (SELECT id FROM webhook_deliveries WHERE created_at < $1 ORDER BY created_at LIMIT $2)`},
	{"notifications", keepTold, `DELETE FROM notifications WHERE id IN (SELECT id FROM notifications WHERE at < $1 ORDER BY at LIMIT $2)`},
	{"away mails", keepTold, `DELETE FROM away_mails WHERE (agent_id, conversation_id) IN (SELECT agent_id, conversation_id FROM away_mails WHERE at < $1 LIMIT $2)`},
	{"subscriptions", 0, `DELETE FROM push_subscriptions WHERE id IN (SELECT p.id FROM push_subscriptions p WHERE p.created_at < $1
		AND NOT EXISTS (SELECT 1 FROM sessions s WHERE s.id = p.session_id) LIMIT $2)`},
	{"parked", keepParked, `DELETE FROM parked WHERE id IN (SELECT id FROM parked WHERE at < $1 ORDER BY at LIMIT $2)`},
}

// Housekeep removes what is too old, in small transactions that let everybody else
// pass. Several nodes may do it at once.
func (db *DB) Housekeep(ctx context.Context, now time.Time) (Swept, error) {
	swept := Swept{Rows: map[string]int64{}}
	for _, c := range chores {
		err := db.bit(ctx, func(ctx context.Context, limit int) (int64, error) {
			return db.exec(ctx, c.query, micros(now.Add(-c.keep)), int64(limit))
		}, func(n int64) { swept.count(c.name, n) })
		if err != nil {
			return swept, fmt.Errorf("sweep %s: %w", c.name, err)
		}
	}
	err := db.bit(ctx, func(ctx context.Context, limit int) (int64, error) {
		return db.PruneFeed(ctx, now.Add(-keepFeed), limit)
	}, func(n int64) { swept.count("feed", n) })
	if err != nil {
		return swept, fmt.Errorf("sweep feed: %w", err)
	}
	err = db.bit(ctx, func(ctx context.Context, limit int) (int64, error) {
		return db.forgetNotes(ctx, now.Add(-keepDeleted), limit)
	}, func(n int64) { swept.count("deleted notes", n) })
	if err != nil {
		return swept, fmt.Errorf("sweep deleted notes: %w", err)
	}
	for _, c := range blobChores {
		var gone []string
		err = db.bit(ctx, func(ctx context.Context, limit int) (n int64, err error) {
			n, gone, err = db.pruneBlobs(ctx, c.query, now.Add(-c.keep), limit)
			return n, err
		}, func(n int64) {
			swept.count(c.name, n)
			swept.Hashes = append(swept.Hashes, gone...)
		})
		if err != nil {
			return swept, fmt.Errorf("sweep %s: %w", c.name, err)
		}
	}
	return swept, nil
}

// blobChores remove rows that name blobs and return their hashes. A draft names its
// files in JSON; a chance match keeps a file longer. What lies in quarantine keeps all.
var blobChores = []chore{
	{"uploads", keepUploads, `DELETE FROM files WHERE NOT used AND id IN (SELECT f.id FROM files f WHERE NOT f.used AND f.created_at < $1
		AND NOT EXISTS (SELECT 1 FROM drafts d WHERE f.owner_kind = 'agent' AND d.agent_id = f.owner_id AND d.files LIKE '%' || CAST(f.id AS TEXT) || '%')
		ORDER BY f.created_at LIMIT $2) RETURNING hash`},
	{"originals", keepRaw, `DELETE FROM event_blobs WHERE (received_id, hash) IN (SELECT b.received_id, b.hash FROM event_blobs b WHERE b.at < $1
		AND NOT EXISTS (SELECT 1 FROM received r WHERE r.id = b.received_id AND r.outcome = 'quarantined')
		ORDER BY b.at LIMIT $2) RETURNING hash`},
}

func (s *Swept) count(name string, n int64) {
	if n > 0 {
		s.Rows[name] += n
	}
}

// Bounds of one transaction of housekeeping.
const (
	bitTime = 10 * time.Millisecond
	bitRows = 1000
)

// bit runs step in the bulk lane until it has nothing left to do, each time with as
// many rows as fit into bitTime by what the last time took; done is told of each commit.
func (db *DB) bit(ctx context.Context, step func(ctx context.Context, limit int) (int64, error), done func(n int64)) error {
	for limit := 50; ; {
		var n int64
		var took time.Duration
		err := db.Bulk(ctx, func(ctx context.Context) (err error) {
			begun := time.Now()
			n, err = step(ctx, limit)
			took = time.Since(begun)
			return err
		})
		if err != nil {
			return err
		}
		done(n)
		if n < int64(limit) {
			return nil
		}
		switch {
		case took > bitTime/2:
			limit = max(1, limit/2)
		case took < bitTime/5:
			limit = min(bitRows, limit*2)
		}
	}
}

var orphans = newKeys(`SELECT DISTINCT v.column1 FROM %s AS v WHERE `+unnamed("v.column1"), "TEXT")

// pruneBlobs removes rows that name blobs and returns the hashes that none names any more.
func (db *DB) pruneBlobs(ctx context.Context, query string, before time.Time, limit int) (n int64, gone []string, err error) {
	var hashes []string
	err = db.each(ctx, query, []any{micros(before), int64(limit)}, func(row *sql.Rows) error {
		var hash string
		err := row.Scan(&hash)
		hashes = append(hashes, hash)
		return err
	})
	if err != nil {
		return 0, nil, err
	}
	gone, err = db.UnnamedHashes(ctx, hashes)
	return int64(len(hashes)), gone, err
}

// UnnamedHashes returns those of some blobs that no row names.
func (db *DB) UnnamedHashes(ctx context.Context, hashes []string) (gone []string, err error) {
	err = lookup(ctx, db, orphans, hashes, func(args []any, hash string) []any { return append(args, hash) }, func(row scanner) error {
		var hash string
		err := row.Scan(&hash)
		gone = append(gone, hash)
		return err
	})
	return gone, err
}
