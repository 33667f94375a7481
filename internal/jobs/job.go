package jobs

import (
	"context"
	"time"
)

// Job is a piece of work.
type Job struct {
	ID      int64
	Kind    string // names the handler
	Key     string // jobs of one key run one at a time
	Payload string // the handler's own words
	Due     time.Time
	// Together says that its kind is worked on many at a time; see Runner.Together.
	Together bool
	Tries    int // how often it has been begun, this time included
	// Error is why it failed last; Dead says that it was given up.
	Error string
	Dead  bool
}

// New is a job to be added. A zero Due means at once.
type New struct {
	Kind    string
	Key     string
	Payload string
	Due     time.Time
	// Together is set for kinds that Runner.Together takes, and for no others.
	Together bool
}

// Handler does the work of one kind inside the transaction that ctx carries, which
// also deletes the job. It may run again after a conflict or a crash, when nothing of
// its earlier run is left. It must not wait for anything but the database.
type Handler func(ctx context.Context, j Job) error

// Many does the work of several jobs of one kind at once, inside the transaction that ctx
// carries, which also deletes them all. They are of different keys, in the order of their
// ids. When it fails, each of them is tried alone.
type Many func(ctx context.Context, list []Job) error

// Work does the work of one kind outside the database, such as sending something. It
// runs before the transaction that deletes the job, and so at least once: a node that
// dies in between leaves it to be done again. Its
// context ends before the claim on the job does.
type Work func(ctx context.Context, j Job) error

// Claim asks for jobs: at most Limit of those due at Now that are the first of their
// key, to be kept from others until Until under Token.
type Claim struct {
	Token string
	Now   time.Time
	Until time.Time
	Limit int
	// Together asks for those that are worked on many at a time, or for all others.
	Together bool
}

// Failure is what is written down when a job failed.
type Failure struct {
	Error string
	Again time.Time // not before
	Dead  bool      // never again
	// Uncounted is set when it was not a try: the job's work was not its turn yet.
	Uncounted bool
}

// Store keeps jobs.
type Store interface {
	// Write runs fn in one transaction that rides in its context.
	Write(ctx context.Context, fn func(ctx context.Context) error) error
	// ClaimJobs claims jobs and returns them in the order of their ids. A job is
	// claimable when it is due, not dead, not kept by a claim or a pause that has not
	// ended, and no due job of its key stands before it or is claimed.
	ClaimJobs(ctx context.Context, c Claim) ([]Job, error)
	// NextJob returns the earliest time after now at which a job may become claimable
	// by itself, zero when there is none.
	NextJob(ctx context.Context, now time.Time) (time.Time, error)
	// DeleteJob removes a job inside a transaction; false when the claim was lost.
	DeleteJob(ctx context.Context, id int64, token string) (bool, error)
	// DeleteJobs removes jobs inside a transaction; false when the claim on any was lost,
	// and then the transaction must fail.
	DeleteJobs(ctx context.Context, ids []int64, token string) (bool, error)
	// RenewJob keeps a claim until later, inside a transaction; false when it was lost.
	RenewJob(ctx context.Context, id int64, token string, until time.Time) (bool, error)
	// FailJob writes a failure down and ends the claim, unless that was lost.
	FailJob(ctx context.Context, id int64, token string, f Failure) error
	// FreeJobs ends the claims of earlier processes, where no other process can be
	// running. Elsewhere it does nothing, and the claims run out.
	FreeJobs(ctx context.Context) error
}
