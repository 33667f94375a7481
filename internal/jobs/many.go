package jobs

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"
)

// maxGroup is how many jobs share one transaction at most.
const maxGroup = 64

// group claims jobs that are worked on together and sets their handlers off, one kind
// after the other. One group runs at a time: two would halve each other.
func (r *Runner) group(ctx, within context.Context, running *sync.WaitGroup, now time.Time) (begun bool, err error) {
	claim := Claim{Token: rand.Text(), Now: now, Until: now.Add(r.lease), Limit: maxGroup, Together: true}
	claimed, err := r.store.ClaimJobs(within, claim)
	if err != nil || len(claimed) == 0 {
		return false, err
	}
	kinds := map[string][]Job{}
	for _, j := range claimed {
		kinds[j.Kind] = append(kinds[j.Kind], j)
	}
	r.slots <- struct{}{}
	r.together.Store(true)
	running.Go(func() {
		defer r.Wake()
		defer func() { <-r.slots }()
		defer r.together.Store(false)
		for _, list := range kinds {
			r.doTogether(ctx, list, claim.Token)
		}
	})
	return true, nil
}

// doTogether runs a group in one transaction, and alone whatever was in one that failed.
func (r *Runner) doTogether(ctx context.Context, list []Job, token string) {
	within, cancel := context.WithTimeout(context.WithoutCancel(ctx), r.lease) // begun work is finished
	defer cancel()
	if len(list) > 1 && !slices.ContainsFunc(list, func(j Job) bool { return j.Tries > 1 }) {
		err := r.store.Write(within, func(ctx context.Context) error { return r.handleTogether(ctx, list, token) })
		if err == nil {
			return
		}
		r.log.Warn("a group of jobs is tried one by one", "jobs", len(list), "kind", list[0].Kind, "error", err)
	}
	for _, j := range list {
		r.alone(ctx, j, token)
	}
}

// handleTogether deletes jobs by claim and calls their handler.
func (r *Runner) handleTogether(ctx context.Context, list []Job, token string) (err error) {
	ids := make([]int64, len(list))
	for i, j := range list {
		ids[i] = j.ID
	}
	switch ours, err := r.store.DeleteJobs(ctx, ids, token); {
	case err != nil:
		return fmt.Errorf("delete jobs: %w", err)
	case !ours:
		return errLost
	}
	m := r.many[list[0].Kind]
	if m == nil {
		return fmt.Errorf("nobody handles jobs of kind %q together", list[0].Kind)
	}
	defer recovered(&err)
	return m(ctx, list)
}

// alone runs one job of a kind that is usually worked on together.
func (r *Runner) alone(ctx context.Context, j Job, token string) {
	within, cancel := context.WithTimeout(context.WithoutCancel(ctx), r.lease)
	defer cancel()
	err := errEnded
	if j.Tries <= MaxTries {
		err = r.store.Write(within, func(ctx context.Context) error { return r.handleTogether(ctx, []Job{j}, token) })
	}
	switch {
	case err == nil:
	case errors.Is(err, errLost):
		r.log.Warn("job claim lost", "job_id", j.ID, "kind", j.Kind)
	default:
		r.fail(within, j, token, err)
	}
}
