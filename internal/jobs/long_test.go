package jobs_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"parley/internal/jobs"
)

// TestLongWorkKeepsItsClaim has work take ten times as long as a claim holds.
func TestLongWorkKeepsItsClaim(t *testing.T) {
	t.Parallel()
	const lease = 30 * time.Second
	for name, c := range map[string]struct {
		longest time.Duration
		prepare func(*fake)
		stop    time.Duration // when the runner stops; 0 is after all
		ends    time.Duration // how long the work may go on
	}{
		"kept":             {longest: time.Hour, ends: 10 * lease},
		"longer than ever": {longest: time.Minute, ends: time.Minute},
		"lost":             {longest: time.Hour, prepare: func(f *fake) { f.lost = true }, ends: lease / 3},
		"not renewed":      {longest: time.Hour, prepare: func(f *fake) { f.broken = errors.New("no database") }, ends: lease * 2 / 3},
		"stopped":          {longest: time.Hour, stop: 45 * time.Second, ends: 45 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				store := &gone{fake: newFake(&jobs.Job{ID: 1, Kind: "k", Due: time.Now(), Tries: 1})}
				if c.prepare != nil {
					c.prepare(store.fake)
				}
				begun, took := time.Now(), make(chan time.Duration, 1)
				r := jobs.NewRunner(jobs.Options{Store: store, Lease: lease})
				r.PerformLong("k", c.longest, func(ctx context.Context, _ jobs.Job) error {
					defer func() { took <- time.Since(begun) }()
					select {
					case <-ctx.Done():
						return ctx.Err()
					case <-time.After(10 * lease):
						return nil
					}
				})
				r.Start()
				if c.stop > 0 {
					time.Sleep(c.stop)
					r.Stop()
				}
				if got := <-took; got != c.ends {
					t.Errorf("the work went on for %s, want %s", got, c.ends)
				}
				synctest.Wait()
				if done := c.ends == 10*lease; store.deleted != done || (len(store.failures) == 1) == done {
					t.Errorf("deleted %v, %d failures", store.deleted, len(store.failures))
				}
				covered := begun.Add(lease)
				for _, until := range store.renewed {
					if at := until.Add(-lease); at.After(covered) {
						t.Errorf("renewed %s after the claim had run out", at.Sub(covered))
					}
					covered = until
				}
				r.Stop()
			})
		})
	}
}
