package jobs_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"parley/internal/jobs"
)

// gone is a fake that notes when the job was deleted.
type gone struct {
	*fake
	deleted bool
}

func (g *gone) DeleteJob(context.Context, int64, string) (bool, error) {
	g.deleted = true
	return true, nil
}

func TestWorkIsDoneBeforeItsJobIsDeleted(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		work    func(ctx context.Context) error
		deleted bool
	}{
		"done":     {func(context.Context) error { return nil }, true},
		"failed":   {func(context.Context) error { return errors.New("nobody there") }, false},
		"panicked": {func(context.Context) error { panic("odd") }, false},
		"too slow": {func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				store := &gone{fake: newFake(&jobs.Job{ID: 1, Kind: "k", Due: time.Now(), Tries: 1})}
				r := jobs.NewRunner(jobs.Options{Store: store, Lease: 10 * time.Second})
				begun := time.Now()
				r.Perform("k", func(ctx context.Context, _ jobs.Job) error {
					if store.deleted {
						t.Error("deleted before it was done")
					}
					return c.work(ctx)
				})
				r.Start()
				time.Sleep(9 * time.Second) // less than the claim
				synctest.Wait()
				if store.deleted != c.deleted || (len(store.failures) == 1) == c.deleted {
					t.Errorf("after %s: deleted %v, %d failures", time.Since(begun), store.deleted, len(store.failures))
				}
				r.Stop()
			})
		})
	}
}
