package duplicates_test

import (
	"context"
	"log/slog"
	"testing"

	"parley/inbox"
	"parley/inbox/duplicates"
)

// feed is a store of as many new contacts, which counts what is read of it.
type feed struct {
	people int64
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

func (f *feed) DuplicateProgress(context.Context) (duplicates.Progress, error) { return f.is, nil }

func (f *feed) PeopleBelow(context.Context, int64, int) ([]int64, error) { return nil, nil }

func (f *feed) LookForDuplicates(_ context.Context, was, is duplicates.Progress, ids []int64) error {
	if was != f.is {
		return nil
	}
	f.is = is
	for _, id := range ids {
		f.looked[id]++
	}
	return nil
}

// TestReadsOnce what many commits left, and again only where another node went on meanwhile.
func TestReadsOnce(t *testing.T) {
	t.Parallel()
	f := &feed{people: 1000, looked: map[int64]int{}}
	finder := duplicates.NewFinder(f, slog.New(slog.DiscardHandler))
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
	if len(f.looked) != 990 || f.read != 1000+(1000-138) {
		t.Errorf("%d contacts in %d steps, %d notices read", len(f.looked), steps, f.read)
	}
	for id, n := range f.looked {
		if n != 1 {
			t.Errorf("%d was looked at %d times", id, n)
		}
	}
}
