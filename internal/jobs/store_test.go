package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/internal/jobs"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// clock is moved by hand.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// ledger is a durable effect: per key, the payloads in the order in which they took effect.
type ledger struct{ db *store.DB }

func (l ledger) write(ctx context.Context, key, payload string) error {
	before, err := l.db.Cursor(ctx, 1, key)
	if err != nil {
		return err
	}
	return l.db.Save(ctx, &inbox.Changes{Cursors: []inbox.Cursor{{AccountID: channels.AccountID(1), Stream: key, Value: before + payload + " "}}})
}

func (l ledger) read(t *testing.T, key string) string {
	t.Helper()
	text, err := l.db.Cursor(t.Context(), 1, key)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(text)
}

func add(t *testing.T, db *store.DB, list ...jobs.New) {
	t.Helper()
	if err := db.Write(t.Context(), func(ctx context.Context) error { return db.AddJobs(ctx, list) }); err != nil {
		t.Fatal(err)
	}
}

// start runs a runner until the test ends.
func start(t *testing.T, r *jobs.Runner) {
	t.Helper()
	r.Start()
	t.Cleanup(r.Stop)
}

func TestJobsOfAKeyRunInOrderAndOnce(t *testing.T) {
	t.Parallel()
	storetest.EachPlace(t, func(t *testing.T, place store.Options) {
		nodes := []*store.DB{storetest.At(t, place)}
		if place.URL != "" {
			nodes = append(nodes, storetest.At(t, place))
		}
		const keys, each = 10, 12
		var left sync.WaitGroup
		left.Add(keys * each)
		var list []jobs.New
		for n := range each {
			for k := range keys {
				list = append(list, jobs.New{Kind: "write", Key: fmt.Sprint("key", k), Payload: fmt.Sprint(n)})
			}
		}
		add(t, nodes[0], list...)
		running, begun := map[string]int{}, map[int64]bool{}
		var mu sync.Mutex
		var runners []*jobs.Runner
		for i := range 2 { // two runners, on PostgreSQL on two nodes
			db := nodes[i%len(nodes)]
			r := jobs.NewRunner(jobs.Options{Store: db, Parallel: 4, Poll: 20 * time.Millisecond})
			r.Handle("write", func(ctx context.Context, j jobs.Job) error {
				mu.Lock()
				running[j.Key]++
				if running[j.Key] > 1 {
					t.Errorf("two jobs of %s at once", j.Key)
				}
				if !begun[j.ID] { // a conflict makes it begin again
					begun[j.ID] = true
					left.Done()
				}
				mu.Unlock()
				defer func() {
					mu.Lock()
					running[j.Key]--
					mu.Unlock()
				}()
				return ledger{db}.write(ctx, j.Key, j.Payload)
			})
			start(t, r)
			runners = append(runners, r)
		}
		left.Wait()
		for _, r := range runners {
			r.Stop() // waits for the commits
		}
		for k := range keys {
			if got, want := (ledger{nodes[0]}).read(t, fmt.Sprint("key", k)), "0 1 2 3 4 5 6 7 8 9 10 11"; got != want {
				t.Errorf("key %d took effect as %q, want %q", k, got, want)
			}
		}
	})
}

func TestAFailingJobBlocksItsOwnKeyAlone(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		now := newClock()
		tried, others := make(chan int, 100), make(chan string, 100)
		r := jobs.NewRunner(jobs.Options{Store: db, Now: now.Now, Lease: 1000 * time.Hour}) // the clock leaps
		r.Handle("fail", func(ctx context.Context, j jobs.Job) error {
			if err := (ledger{db}).write(ctx, "a", "half"); err != nil {
				return err
			}
			tried <- j.Tries
			return errors.New("no luck")
		})
		r.Handle("panic", func(context.Context, jobs.Job) error { panic("oh") })
		r.Handle("write", func(ctx context.Context, j jobs.Job) error {
			defer func() { others <- j.Payload }()
			return ledger{db}.write(ctx, j.Key, j.Payload)
		})
		add(t, db, jobs.New{Kind: "fail", Key: "a"}, jobs.New{Kind: "write", Key: "a", Payload: "behind"}, jobs.New{Kind: "panic", Key: "p"},
			jobs.New{Kind: "nobody", Key: "n"})
		start(t, r)
		for n := 1; n < jobs.MaxTries; n++ {
			if got := await(t, r, now, tried); got != n {
				t.Fatalf("try %d, want %d", got, n)
			}
			add(t, db, jobs.New{Kind: "write", Key: "b", Payload: fmt.Sprint(n)})
			if got := await(t, r, now, others); got != fmt.Sprint(n) {
				t.Fatalf("%q ran while the failing job waits, want %d", got, n)
			}
		}
		if got := await(t, r, now, tried); got != jobs.MaxTries {
			t.Errorf("last try %d", got)
		}
		if got := await(t, r, now, others); got != "behind" {
			t.Errorf("after the job was given up %q ran, want the one behind it", got)
		}
		r.Stop()
		if got := (ledger{db}).read(t, "a"); got != "behind" {
			t.Errorf("effects of key a: %q; those of failed tries must be gone", got)
		}
		dead, err := db.DeadJobs(t.Context(), 0, 10)
		if err != nil || len(dead) == 0 || dead[0].Kind != "fail" || dead[0].Error != "no luck" || !dead[0].Dead {
			t.Fatalf("DeadJobs = %+v, %v", dead, err)
		}
		if ok, err := db.ReviveJob(t.Context(), dead[0].ID); !ok || err != nil {
			t.Errorf("ReviveJob = %v, %v", ok, err)
		}
		if ok, err := db.ReviveJob(t.Context(), dead[0].ID); ok || err != nil {
			t.Errorf("ReviveJob again = %v, %v", ok, err)
		}
	})
}

// await moves the clock and wakes the runner until something is received: whatever
// waits for a pause to end comes at last.
func await[T any](t *testing.T, r *jobs.Runner, now *clock, from <-chan T) T {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(20 * time.Second)
	for {
		select {
		case v := <-from:
			return v
		case <-tick.C:
			now.Add(time.Minute)
			r.Wake()
		case <-deadline:
			t.Fatal("nothing ran")
		}
	}
}

func TestANodeThatDiesBetweenClaimAndCommit(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, now := t.Context(), newClock()
		add(t, db, jobs.New{Kind: "write", Key: "a", Payload: "1"}, jobs.New{Kind: "write", Key: "a", Payload: "2"})
		gone := jobs.Claim{Token: "gone", Now: now.Now(), Until: now.Now().Add(30 * time.Second), Limit: 9}
		list, err := db.ClaimJobs(ctx, gone)
		if err != nil || len(list) != 1 || list[0].Payload != "1" || list[0].Tries != 1 {
			t.Fatalf("claim of the node that dies: %+v, %v", list, err)
		}
		again := func(at time.Duration) jobs.Claim {
			return jobs.Claim{Token: "next", Now: now.Now().Add(at), Until: now.Now().Add(at + time.Minute), Limit: 9}
		}
		if list, err := db.ClaimJobs(ctx, again(29*time.Second)); err != nil || len(list) != 0 {
			t.Fatalf("claimed within the lease: %+v, %v", list, err)
		}
		if next, err := db.NextJob(ctx, now.Now()); err != nil || !next.Equal(gone.Until) {
			t.Errorf("NextJob = %v, %v; want the end of the lease %v", next, err, gone.Until)
		}
		list, err = db.ClaimJobs(ctx, again(30*time.Second))
		if err != nil || len(list) != 1 || list[0].Payload != "1" || list[0].Tries != 2 {
			t.Fatalf("after the lease: %+v, %v", list, err)
		}
		// The node was not dead after all: it commits too late and must leave no trace.
		late := errors.New("late")
		err = db.Write(ctx, func(ctx context.Context) error {
			if ours, err := db.DeleteJob(ctx, list[0].ID, "gone"); err != nil || !ours {
				return errors.Join(err, late)
			}
			return nil
		})
		if !errors.Is(err, late) {
			t.Errorf("the late node deleted the job: %v", err)
		}
		if err := db.Write(ctx, func(ctx context.Context) error {
			return db.FailJob(ctx, list[0].ID, "gone", jobs.Failure{Error: "late", Dead: true})
		}); err != nil {
			t.Error(err)
		}
		if dead, err := db.DeadJobs(ctx, 0, 9); err != nil || len(dead) != 0 {
			t.Errorf("the late node's failure was written down: %+v, %v", dead, err)
		}
		now.Add(time.Hour)
		ran := make(chan string, 2)
		r := jobs.NewRunner(jobs.Options{Store: db, Now: now.Now})
		r.Handle("write", func(ctx context.Context, j jobs.Job) error {
			defer func() { ran <- j.Payload }()
			return ledger{db}.write(ctx, j.Key, j.Payload)
		})
		start(t, r)
		if first, second := <-ran, <-ran; first != "1" || second != "2" {
			t.Errorf("ran %s, %s", first, second)
		}
		r.Stop()
		if got := (ledger{db}).read(t, "a"); got != "1 2" {
			t.Errorf("effects %q, want each once", got)
		}
	})
}

func TestARenewedClaimIsNobodyElses(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, now := t.Context(), newClock()
		add(t, db, jobs.New{Kind: "write", Key: "a", Payload: "1"})
		claim := func(token string, at time.Duration) []jobs.Job {
			list, err := db.ClaimJobs(ctx, jobs.Claim{Token: token, Now: now.Now().Add(at), Until: now.Now().Add(at + 30*time.Second), Limit: 9})
			if err != nil {
				t.Fatal(err)
			}
			return list
		}
		renew := func(id int64, token string, until time.Duration) (ours bool) {
			if err := db.Write(ctx, func(ctx context.Context) (err error) {
				ours, err = db.RenewJob(ctx, id, token, now.Now().Add(until))
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return ours
		}
		id := claim("first", 0)[0].ID
		if !renew(id, "first", time.Minute) {
			t.Fatal("a claim that holds was not renewed")
		}
		if list := claim("second", 59*time.Second); len(list) != 0 {
			t.Fatalf("claimed within the renewed lease: %+v", list)
		}
		if list := claim("second", time.Minute); len(list) != 1 {
			t.Fatalf("not claimed after the lease: %+v", list)
		}
		if renew(id, "first", time.Hour) {
			t.Error("a lost claim was renewed")
		}
	})
}

func TestTheLosersEffectsAreRolledBack(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		add(t, db, jobs.New{Kind: "write", Key: "a", Payload: "1"})
		thief := &thief{DB: db, stolen: make(chan struct{})}
		r := jobs.NewRunner(jobs.Options{Store: thief})
		r.Handle("write", func(ctx context.Context, j jobs.Job) error { return ledger{db}.write(ctx, j.Key, j.Payload) })
		start(t, r)
		<-thief.stolen
		r.Stop()
		if got := (ledger{db}).read(t, "a"); got != "" {
			t.Errorf("a runner that lost its claim left %q", got)
		}
	})
}

// thief takes every job away after it was claimed.
type thief struct {
	*store.DB
	once   sync.Once
	stolen chan struct{}
}

func (s *thief) DeleteJob(ctx context.Context, id int64, _ string) (bool, error) {
	defer s.once.Do(func() { close(s.stolen) })
	return s.DB.DeleteJob(ctx, id, "of somebody else")
}

func TestARestartFreesClaimsWhereThereIsOneProcess(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.SQLite)
	now := newClock()
	add(t, db, jobs.New{Kind: "write", Key: "a", Payload: "1"})
	if _, err := db.ClaimJobs(t.Context(), jobs.Claim{Token: "killed", Now: now.Now(), Until: now.Now().Add(time.Hour), Limit: 1}); err != nil {
		t.Fatal(err)
	}
	ran := make(chan struct{})
	r := jobs.NewRunner(jobs.Options{Store: db, Now: now.Now})
	r.Handle("write", func(context.Context, jobs.Job) error { close(ran); return nil })
	start(t, r)
	<-ran
}

func TestAScheduledJobDoesNotHoldUpItsKey(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		now := newClock()
		claim := func(at time.Duration) string {
			list, err := db.ClaimJobs(t.Context(), jobs.Claim{Token: "t", Now: now.Now().Add(at), Until: now.Now(), Limit: 9})
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, j := range list {
				names = append(names, j.Payload)
			}
			return strings.Join(names, " ")
		}
		add(t, db, jobs.New{Kind: "k", Key: "a", Payload: "tomorrow", Due: now.Now().Add(24 * time.Hour)}, jobs.New{Kind: "k", Key: "a", Payload: "now"},
			jobs.New{Kind: "k", Key: "b", Payload: "soon", Due: now.Now().Add(time.Hour)})
		for _, c := range []struct {
			at   time.Duration
			want string
		}{{0, "now"}, {time.Hour, "now soon"}, {24 * time.Hour, "tomorrow soon"}} {
			if got := claim(c.at); got != c.want {
				t.Errorf("after %s: %q, want %q", c.at, got, c.want)
			}
		}
		if next, err := db.NextJob(t.Context(), now.Now()); err != nil || !next.Equal(now.Now().Add(time.Hour)) {
			t.Errorf("NextJob = %v, %v", next, err)
		}
	})
}
