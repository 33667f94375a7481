package jobs

import (
	"context"
	"time"
)

// PerformLong sets who does the work of a kind that leaves the database and may take longer than a claim holds: the
// claim is renewed while the work goes on, for as long as longest. Its context ends when the claim is lost, and when
// the runner stops, for nobody waits minutes for a program to end. It is called before Start.
func (r *Runner) PerformLong(kind string, longest time.Duration, w Work) {
	r.works[kind], r.longest[kind] = w, longest
}

// atLength does long work. When it returns, at least two thirds of a lease are left for what follows, unless the
// claim was lost.
func (r *Runner) atLength(stop context.Context, j Job, token string) (err error) {
	if j.Tries > MaxTries {
		return errEnded
	}
	ctx, cancel := context.WithTimeout(stop, r.longest[j.Kind])
	kept := make(chan struct{})
	go func() {
		defer close(kept)
		defer cancel()
		r.keep(ctx, j, token)
	}()
	defer func() {
		cancel()
		<-kept
	}()
	defer recovered(&err)
	return r.works[j.Kind](ctx, j)
}

// keep renews a claim until ctx ends, and returns when it is lost.
func (r *Runner) keep(ctx context.Context, j Job, token string) {
	pause := time.NewTicker(r.lease / 3)
	defer pause.Stop()
	until := r.now().Add(r.lease)
	for {
		select {
		case <-ctx.Done():
			return
		case <-pause.C:
		}
		next := r.now().Add(r.lease)
		ours, err := r.renew(ctx, j, token, next)
		switch {
		case err == nil && !ours:
			r.log.Warn("job claim lost", "job_id", j.ID, "kind", j.Kind)
			return
		case err == nil:
			until = next
		case ctx.Err() == nil && !r.now().Before(until.Add(-r.lease/3)): // the next look would be too late
			r.log.Error("job claim not renewed", "job_id", j.ID, "kind", j.Kind, "error", err)
			return
		}
	}
}

func (r *Runner) renew(ctx context.Context, j Job, token string, until time.Time) (ours bool, err error) {
	within, cancel := context.WithTimeout(ctx, r.lease/4)
	defer cancel()
	err = r.store.Write(within, func(ctx context.Context) error {
		ours, err = r.store.RenewJob(ctx, j.ID, token, until)
		return err
	})
	return ours, err
}
