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
	fewest   = 32   // contacts
	most     = 512
	stepTime = 10 * time.Millisecond // of writing, which on SQLite holds up the others
	quiet    = time.Second
	poll     = 5 * time.Second
)

// Store is what finding needs of the database.
type Store interface {
	FeedAfter(ctx context.Context, id int64, limit int) ([]inbox.Fed, error)
	// HoldDuplicates tells how far the finder got, and whether it is on this node that it goes on:
	// it is when no node has it that lives. "" is the only node there is.
	HoldDuplicates(ctx context.Context, node string) (p Progress, ours bool, err error)
	// PeopleBelow returns ids of contacts, descending, at most limit.
	PeopleBelow(ctx context.Context, id int64, limit int) ([]int64, error)
	// LookForDuplicates looks at some contacts anew and writes with whom they are likely one person,
	// and the progress, unless that is no longer what it was. It tells how long writing took.
	LookForDuplicates(ctx context.Context, was, is Progress, ids []int64) (took time.Duration, err error)
}

// Progress says who was looked at: all who are told of up to a notice of the feed, and of who
// was there before, all from an id upwards.
type Progress struct {
	Feed   int64
	People int64
}

// Finder keeps the duplicates. One stands on every node of an installation, and one of them works:
// when its node dies another goes on where it stopped. Should two take themselves for that one,
// the row of the progress decides whose step counts.
type Finder struct {
	*inbox.Keeper
	store Store
	node  string
	pace  inbox.Pace // in contacts
	// What was read of the feed behind a place and not taken yet: a step takes few of what an
	// import leaves.
	rest  []inbox.Fed
	place int64
}

// NewFinder makes one that stands still. The node is where it is, "" when there is no other.
func NewFinder(store Store, node string, log *slog.Logger) *Finder {
	f := &Finder{store: store, node: node, pace: inbox.NewPace(fewest, most, stepTime)}
	f.Keeper = inbox.NewKeeper(inbox.KeeperOptions{Step: f.Step, Quiet: quiet, Poll: poll, Log: log, Failed: "duplicates not looked for"})
	return f
}

// Step looks at the next who are told of or, when there are none, at the next who were there
// before. It tells whether there may be more.
func (f *Finder) Step(ctx context.Context) (more bool, err error) {
	was, ours, err := f.store.HoldDuplicates(ctx, f.node)
	if err != nil {
		return false, fmt.Errorf("read progress: %w", err)
	}
	if !ours {
		f.rest = nil
		return false, nil
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
			if len(ids) == f.pace.Size {
				break
			}
			ids = append(ids, n.ObjectID)
		}
		is.Feed = n.ID
		taken++
	}
	f.rest, f.place = fed[taken:], is.Feed
	if len(fed) == 0 && was.People > 0 {
		if ids, err = f.store.PeopleBelow(ctx, was.People, f.pace.Size); err != nil {
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
	took, err := f.store.LookForDuplicates(ctx, was, is, ids)
	if err != nil {
		return false, fmt.Errorf("look at %d contacts: %w", len(ids), err)
	}
	f.pace.Took(len(ids), took)
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
