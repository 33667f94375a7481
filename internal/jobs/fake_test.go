package jobs_test

import (
	"context"
	"sync"
	"time"

	"parley/internal/jobs"
)

// fake is a Store of one job at most, for tests of the runner's timing.
type fake struct {
	mu       sync.Mutex
	job      *jobs.Job
	next     time.Time
	claims   int
	failures []jobs.Failure
	renewed  []time.Time
	lost     bool  // somebody else has the claim
	broken   error // what renewing returns
	failed   chan struct{}
}

func newFake(j *jobs.Job) *fake { return &fake{job: j, failed: make(chan struct{}, 1)} }

func (f *fake) Write(ctx context.Context, fn func(ctx context.Context) error) error { return fn(ctx) }

func (f *fake) ClaimJobs(_ context.Context, c jobs.Claim) ([]jobs.Job, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.claims++
	if f.job == nil || f.job.Due.After(c.Now) {
		return nil, nil
	}
	j := *f.job
	f.job = nil
	return []jobs.Job{j}, nil
}

func (f *fake) NextJob(_ context.Context, now time.Time) (time.Time, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.job != nil && f.job.Due.After(now) {
		return f.job.Due, nil
	}
	return f.next, nil
}

func (f *fake) DeleteJob(context.Context, int64, string) (bool, error) { return true, nil }

func (f *fake) DeleteJobs(context.Context, []int64, string) (bool, error) { return true, nil }

func (f *fake) RenewJob(_ context.Context, _ int64, _ string, until time.Time) (bool, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.renewed = append(f.renewed, until)
	return !f.lost, f.broken
}

func (f *fake) FailJob(_ context.Context, _ int64, _ string, why jobs.Failure) error {
	f.mu.Lock()
	f.failures = append(f.failures, why)
	f.mu.Unlock()
	f.failed <- struct{}{}
	return nil
}

func (f *fake) FreeJobs(context.Context) error { return nil }

func (f *fake) claimed() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.claims
}
