package routertest

import (
	"context"
	"fmt"
	"time"

	"parley/internal/jobs"
)

// Run works on jobs by their payloads, in the transaction that deletes them.
type Run func(ctx context.Context, payloads []string) error

// Work runs the jobs that are due until there are none, a step of time between two
// rounds, and says how many there were.
func (w *World) Work(run Run, step time.Duration) (n int) {
	w.T.Helper()
	for round := range 2000 { // enough for a hundred thousand jobs
		token := fmt.Sprint("test", round)
		list := w.Claim(token)
		if len(list) == 0 {
			return n
		}
		n += len(list)
		w.Write(func(ctx context.Context) error { return w.Do(ctx, run, list, token) })
		w.Pass(step)
	}
	w.T.Fatal("the work does not end")
	return n
}

// Claim takes jobs that are due for a node.
func (w *World) Claim(token string) []jobs.Job {
	w.T.Helper()
	now := w.Now()
	list, err := w.DB.ClaimJobs(w.T.Context(), jobs.Claim{Token: token, Now: now, Until: now, Limit: 64, Together: true})
	w.must(err)
	return list
}

// Do works on claimed jobs, inside a transaction.
func (w *World) Do(ctx context.Context, run Run, list []jobs.Job, token string) error {
	ids, payloads := make([]int64, len(list)), make([]string, len(list))
	for i, j := range list {
		ids[i], payloads[i] = j.ID, j.Payload
	}
	if ours, err := w.DB.DeleteJobs(ctx, ids, token); err != nil || !ours {
		return fmt.Errorf("delete jobs: %v, %w", ours, err)
	}
	return run(ctx, payloads)
}
