package duplicates_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"parley/inbox"
	"parley/inbox/duplicates"
)

// feed is a store of as many new contacts, which counts what is read of it.
type feed struct {
	people int64
	node   string
	is     duplicates.Progress
	read   int
	looked map[int64]int
}

func (f *feed) FeedAfter(_ context.Context, id int64, limit int) (list []inbox.Fed, err error) {
	for n := id + 1; n <= f.people && len(list) < limit; n++ {
		list = append(list, inbox.Fed{ID: n, Notice: inbox.Notice{Type: "contact.created", ObjectID: n}})
	}
	f.read += len(list)
	return list, nil
}

func (f *feed) HoldDuplicates(_ context.Context, node string) (duplicates.Progress, bool, error) {
	return f.is, node == "" || node == f.node, nil
}

func (f *feed) PeopleBelow(context.Context, int64, int) ([]int64, error) { return nil, nil }

func (f *feed) LookForDuplicates(_ context.Context, was, is duplicates.Progress, ids []int64) (time.Duration, error) {
	if was != f.is {
		return 0, nil
	}
	f.is = is
	for _, id := range ids {
		f.looked[id]++
	}
	return 0, nil
}

// TestReadsOnce what many commits left, and again only where another node went on meanwhile.
func TestReadsOnce(t *testing.T) {
	t.Parallel()
	f := &feed{people: 1000, looked: map[int64]int{}}
	finder := duplicates.NewFinder(f, "", slog.New(slog.DiscardHandler))
	steps := 0
	for more := true; more; steps++ {
		var err error
		if more, err = finder.Step(t.Context()); err != nil {
			t.Fatal(err)
		}
		if steps == 3 {
			f.is.Feed += 10
		}
	}
	if len(f.looked) != 990 || f.read != 1000+(1000-490) {
		t.Errorf("%d contacts in %d steps, %d notices read", len(f.looked), steps, f.read)
	}
	for id, n := range f.looked {
		if n != 1 {
			t.Errorf("%d was looked at %d times", id, n)
		}
	}
}

// TestStandsStillElsewhere reads nothing where another node looks.
func TestStandsStillElsewhere(t *testing.T) {
	t.Parallel()
	f := &feed{people: 10, node: "one", looked: map[int64]int{}}
	for _, node := range []string{"two", "one"} {
		more, err := duplicates.NewFinder(f, node, slog.New(slog.DiscardHandler)).Step(t.Context())
		if err != nil || more != (node == "one") || (len(f.looked) > 0) != more || (f.read > 0) != more {
			t.Errorf("on node %s: more %t, %d looked at, %d read, %v", node, more, len(f.looked), f.read, err)
		}
	}
}
