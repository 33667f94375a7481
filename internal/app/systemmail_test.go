package app_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"parley/internal/jobs"
	"parley/internal/notify"
	"parley/internal/secret"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestALetterWithoutAMailboxIsNoFailure has a letter that waits for a mailbox since an hour: its job rests
// as the letter says, much longer than a job that failed, or than one that is being done.
func TestALetterWithoutAMailboxIsNoFailure(t *testing.T) {
	t.Parallel()
	storetest.EachPlace(t, func(t *testing.T, place store.Options) {
		n := boot(t, place, secret.Key{7})
		begun := time.Now()
		payload, err := json.Marshal(map[string]any{"id": 1, "kind": "forgot", "to": "ann@example.com", "left": begun.Add(-time.Hour), "until": begun.Add(time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		err = n.app.Store.Write(t.Context(), func(ctx context.Context) error {
			return n.app.Store.AddJobs(ctx, []jobs.New{{Kind: notify.JobLetter, Key: "letter/1", Payload: string(payload)}})
		})
		if err != nil {
			t.Fatal(err)
		}
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for deadline := time.After(20 * time.Second); ; {
			select {
			case <-tick.C:
			case <-deadline:
				t.Fatal("the letter was not tried, or failed")
			}
			if next, err := n.app.Store.NextJob(t.Context(), begun); err == nil && next.After(begun.Add(10*time.Minute)) {
				return
			}
		}
	})
}
