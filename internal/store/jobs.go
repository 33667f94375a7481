package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"parley/internal/jobs"
)

var _ jobs.Store = (*DB)(nil)

// claimLock is the advisory lock under which jobs are claimed: two claims at once
// could each take one job of the same key, neither seeing the other.
const claimLock int64 = feedLock + 3

const jobCols = `id, kind, key, payload, due_at, together, tries, error, dead`

func jobDest(j *jobs.Job) []any {
	return []any{&j.ID, &j.Kind, &j.Key, &j.Payload, timeCol{&j.Due}, &j.Together, &j.Tries, &j.Error, &j.Dead}
}

// AddJobs leaves jobs behind in the transaction that ctx carries.
func (db *DB) AddJobs(ctx context.Context, list []jobs.New) error {
	if len(list) == 0 {
		return nil
	}
	leave(ctx, JobsQueued)
	err := put(ctx, db, jobTable, list, func(args []any, j jobs.New) []any {
		return append(args, j.Kind, j.Key, j.Payload, micros(j.Due), micros(j.Due), j.Together)
	})
	if err != nil {
		return fmt.Errorf("add jobs: %w", err)
	}
	return nil
}

// ClaimJobs claims the first due job of each key; see jobs.Store. A job in its pause
// after a failure is like a claimed one without a claim: it still stands before the
// later ones of its key.
func (db *DB) ClaimJobs(ctx context.Context, c jobs.Claim) ([]jobs.Job, error) {
	var list []jobs.Job
	those := "NOT j.together" // as the indexes say it
	if c.Together {
		those = "j.together"
	}
	err := db.Write(ctx, func(ctx context.Context) error {
		list = nil
		if err := db.Lock(ctx, []int64{claimLock}); err != nil {
			return err
		}
		return db.each(ctx, `UPDATE jobs SET claim = $1, claimed_until = $2, tries = tries + 1 WHERE id IN (
				SELECT j.id FROM jobs j WHERE NOT j.dead AND `+those+` AND j.due_at <= $3 AND j.claimed_until <= $3
				AND NOT EXISTS (SELECT 1 FROM jobs e WHERE e.key = j.key AND e.id < j.id AND NOT e.dead AND e.due_at <= $3)
				AND NOT EXISTS (SELECT 1 FROM jobs e WHERE e.key = j.key AND e.claim <> '' AND e.claimed_until > $3)
				ORDER BY j.due_at, j.id LIMIT $4
				FOR UPDATE SKIP LOCKED -- only: postgres
			) RETURNING `+jobCols, []any{c.Token, micros(c.Until), micros(c.Now), int64(c.Limit)}, func(row *sql.Rows) error {
			var j jobs.Job
			err := row.Scan(jobDest(&j)...)
			list = append(list, j)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("claim jobs: %w", err)
	}
	slices.SortFunc(list, func(a, b jobs.Job) int { return int(a.ID - b.ID) })
	return list, nil
}

// NextJob returns when a job may become claimable by itself; see jobs.Store.
func (db *DB) NextJob(ctx context.Context, now time.Time) (time.Time, error) {
	var next time.Time
	_, err := db.one(ctx, `SELECT COALESCE(MIN(t.at), 0) FROM (
			SELECT MIN(due_at) AS at FROM jobs WHERE NOT dead AND NOT together AND due_at > $1
			UNION ALL
			SELECT MIN(due_at) FROM jobs WHERE NOT dead AND together AND due_at > $1
			UNION ALL
			SELECT MIN(claimed_until) FROM jobs WHERE NOT dead AND claimed_until > 0 AND claimed_until > $1 AND due_at <= $1
		) t`, []any{micros(now)}, timeCol{&next})
	if err != nil {
		return time.Time{}, fmt.Errorf("find next job: %w", err)
	}
	return next, nil
}

// DeleteJob removes a job inside a transaction; false when the claim was lost.
func (db *DB) DeleteJob(ctx context.Context, id int64, token string) (bool, error) {
	n, err := db.exec(ctx, `DELETE FROM jobs WHERE id = $1 AND claim = $2`, id, token)
	return n == 1, err
}

var deleteJobs = newKeys(`DELETE FROM jobs WHERE id IN (SELECT column1 FROM %s AS v) RETURNING claim`, "BIGINT")

// DeleteJobs removes jobs inside a transaction; false when the claim on any was lost.
func (db *DB) DeleteJobs(ctx context.Context, ids []int64, token string) (bool, error) {
	ours := 0
	err := lookup(ctx, db, deleteJobs, ids, idArg, func(row scanner) error {
		var claim string
		err := row.Scan(&claim)
		if claim == token {
			ours++
		}
		return err
	})
	return ours == len(ids), err
}

// FailJob writes a failure down and ends the claim, unless that was lost.
func (db *DB) FailJob(ctx context.Context, id int64, token string, f jobs.Failure) error {
	begun := int64(0)
	if f.Uncounted {
		begun = 1
	}
	_, err := db.exec(ctx, `UPDATE jobs SET claim = '', claimed_until = $3, error = $4, dead = $5, tries = tries - $6 WHERE id = $1 AND claim = $2`,
		id, token, micros(f.Again), f.Error, f.Dead, begun)
	return err
}

// FreeJobs ends the claims of an earlier process on SQLite, which only one process
// uses; on PostgreSQL they run out.
func (db *DB) FreeJobs(ctx context.Context) error {
	if db.engine != SQLite {
		return nil
	}
	return db.Write(ctx, func(ctx context.Context) error {
		_, err := db.exec(ctx, `UPDATE jobs SET claim = '', claimed_until = 0 WHERE claim <> ''`)
		return err
	})
}

// DeadJobs lists the jobs that were given up, ascending by id, at most limit after an id.
func (db *DB) DeadJobs(ctx context.Context, after int64, limit int) ([]jobs.Job, error) {
	var list []jobs.Job
	err := db.each(ctx, `SELECT `+jobCols+` FROM jobs WHERE dead AND id > $1 ORDER BY id LIMIT $2`, []any{after, int64(limit)}, func(row *sql.Rows) error {
		var j jobs.Job
		err := row.Scan(jobDest(&j)...)
		list = append(list, j)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list dead jobs: %w", err)
	}
	return list, nil
}

// ReviveJob gives a job that was given up all its tries again; false when there is none.
func (db *DB) ReviveJob(ctx context.Context, id int64) (revived bool, err error) {
	err = db.Write(ctx, func(ctx context.Context) error {
		leave(ctx, JobsQueued)
		n, err := db.exec(ctx, `UPDATE jobs SET dead = FALSE, claim = '', claimed_until = 0, tries = 0 WHERE id = $1 AND dead`, id)
		revived = n == 1
		return err
	})
	if err != nil {
		return false, fmt.Errorf("revive job: %w", err)
	}
	return revived, nil
}

// JobWaits tells whether a job of a key is left that has a payload.
func (db *DB) JobWaits(ctx context.Context, kind, key, payload string) (bool, error) {
	var n int64
	found, err := db.one(ctx, `SELECT 1 FROM jobs WHERE key = $1 AND kind = $2 AND payload = $3 LIMIT 1`, []any{key, kind, payload}, &n)
	if err != nil {
		return false, fmt.Errorf("look for job: %w", err)
	}
	return found, nil
}

// HastenJob makes a waiting job of a key due now whose payload is one of several.
func (db *DB) HastenJob(ctx context.Context, kind, key string, payloads []string, now time.Time) error {
	leave(ctx, JobsQueued)
	for _, payload := range payloads {
		if _, err := db.exec(ctx, `UPDATE jobs SET due_at = $1 WHERE key = $2 AND kind = $3 AND payload = $4 AND due_at > $1`, micros(now), key, kind, payload); err != nil {
			return fmt.Errorf("hasten job: %w", err)
		}
	}
	return nil
}
