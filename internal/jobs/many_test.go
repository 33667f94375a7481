package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"parley/internal/jobs"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestOneOfAGroupFails has jobs that share a transaction tried alone when one of them is
// at fault, so that it holds up nobody else.
func TestOneOfAGroupFails(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var list []jobs.New
		for i := range 5 {
			list = append(list, jobs.New{Kind: "many", Key: fmt.Sprint(i), Payload: fmt.Sprint(i), Together: true})
		}
		add(t, db, list...)
		r := jobs.NewRunner(jobs.Options{Store: db})
		sizes, done := make(chan int, 100), make(chan string, 100)
		r.Together("many", func(ctx context.Context, list []jobs.Job) error {
			sizes <- len(list)
			for _, j := range list {
				if j.Payload == "3" {
					return errors.New("at fault")
				}
			}
			for _, j := range list {
				if err := (ledger{db}).write(ctx, j.Key, j.Payload); err != nil {
					return err
				}
				done <- j.Payload
			}
			return nil
		})
		start(t, r)
		for range 4 {
			<-done
		}
		if n := <-sizes; n != 5 {
			t.Errorf("the first transaction had %d jobs", n)
		}
		r.Stop()
		for i := range 5 {
			want := fmt.Sprint(i)
			if i == 3 {
				want = ""
			}
			if got := (ledger{db}).read(t, fmt.Sprint(i)); got != want {
				t.Errorf("job %d left %q", i, got)
			}
		}
	})
}
