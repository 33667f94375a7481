package duplicates

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"parley/inbox"
)

// Bounds of one step.
const (
	feedStep = 2000 // notices
	people   = 32
	quiet    = time.Second
	poll     = 5 * time.Second
)

// Store is what finding needs of the database.
type Store interface {
	FeedAfter(ctx context.Context, id int64, limit int) ([]inbox.Fed, error)
	// DuplicateProgress tells how far the finder got.
	DuplicateProgress(ctx context.Context) (Progress, error)
	// PeopleBelow returns ids of contacts, descending, at most limit.
	PeopleBelow(ctx context.Context, id int64, limit int) ([]int64, error)
	// LookForDuplicates looks at some contacts anew and writes with whom they are likely one person, and
	// the progress, unless that is no longer what it was.
	LookForDuplicates(ctx context.Context, was, is Progress, ids []int64) error
}

// Progress says who was looked at: all who are told of up to a notice of the feed, and of who
// was there before, all from an id upwards.
type Progress struct {
	Feed   int64
	People int64
}

// Finder keeps the duplicates. On every node of an installation one may run: the row of the progress
// decides whose step counts.
type Finder struct {
	*inbox.Keeper
	store Store
	// What was read of the feed behind a place and not taken yet: a step takes few of what an
	// import leaves.
	rest  []inbox.Fed
	place int64
}

// NewFinder makes one that stands still.
func NewFinder(store Store, log *slog.Logger) *Finder {
	f := &Finder{store: store}
	f.Keeper = inbox.NewKeeper(inbox.KeeperOptions{Step: f.Step, Quiet: quiet, Poll: poll, Log: log, Failed: "duplicates not looked for"})
	return f
}

// Step looks at the next who are told of or, when there are none, at the next who were there
// before. It tells whether there may be more.
func (f *Finder) Step(ctx context.Context) (more bool, err error) {
	was, err := f.store.DuplicateProgress(ctx)
	if err != nil {
		return false, fmt.Errorf("read progress: %w", err)
	}
	is := was
	fed, err := f.behind(ctx, was.Feed)
	if err != nil {
		return false, fmt.Errorf("read feed: %w", err)
	}
	var ids []int64
	taken := 0
	for _, n := range fed {
		if strings.HasPrefix(n.Type, "contact.") && !slices.Contains(ids, n.ObjectID) {
			if len(ids) == people {
				break
			}
			ids = append(ids, n.ObjectID)
		}
		is.Feed = n.ID
		taken++
	}
	f.rest, f.place = fed[taken:], is.Feed
	if len(fed) == 0 && was.People > 0 {
		if ids, err = f.store.PeopleBelow(ctx, was.People, people); err != nil {
			return false, fmt.Errorf("list people: %w", err)
		}
		is.People = 0
		if len(ids) > 0 {
			is.People = ids[len(ids)-1]
		}
	}
	if is == was {
		return false, nil
	}
	if err := f.store.LookForDuplicates(ctx, was, is, ids); err != nil {
		return false, fmt.Errorf("look at %d contacts: %w", len(ids), err)
	}
	return true, nil
}

// behind returns the notices after a place: what is left of those read before, where nobody else
// has gone on meanwhile.
func (f *Finder) behind(ctx context.Context, place int64) ([]inbox.Fed, error) {
	if len(f.rest) > 0 && f.place == place {
		return f.rest, nil
	}
	return f.store.FeedAfter(ctx, place, feedStep)
}
