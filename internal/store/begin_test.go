package store_test

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// abreast is a store whose first two transactions begin when both are asked for.
type abreast struct {
	*store.DB
	both *sync.WaitGroup
}

func (a abreast) Write(ctx context.Context, fn func(ctx context.Context) error) error {
	a.both.Done()
	a.both.Wait()
	return a.DB.Write(ctx, fn)
}

func TestTwoBeginWithOneNewAddress(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		d.limits.WriteFirst = true
		both := &sync.WaitGroup{}
		both.Add(2)
		limits := func(channels.AccountID) (channels.Limits, bool) { return d.limits, true }
		service := inbox.New(abreast{db, both}, limits, d.Now, slog.New(slog.DiscardHandler))
		answers := make(chan error, 2)
		for range 2 {
			go func() {
				_, err := service.Begin(t.Context(), d.anna, inbox.Beginning{AccountID: 1, Address: "somebody new", Answer: inbox.Answer{Text: "hello"}})
				answers <- err
			}()
		}
		first, second := <-answers, <-answers
		if first != nil {
			first, second = second, first
		}
		if first != nil || !errors.Is(second, inbox.ErrThreadOpen) {
			t.Errorf("of two beginnings: %v and %v, want one and ErrThreadOpen", first, second)
		}
		if n := number(t, db, `SELECT COUNT(*) FROM identities WHERE address = 'somebody new'`); n != 1 {
			t.Errorf("%d identities of the address", n)
		}
		hold(t, db)
	})
}

func TestBegunLaterIsListedByItsCreation(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		d.limits.WriteFirst = true
		for address, a := range map[string]inbox.Answer{
			"undone":    {Text: "hello", Undo: 10 * time.Second},
			"scheduled": {Text: "hello", SendAt: d.Now().Add(time.Hour)},
		} {
			row, err := d.inbox.Begin(t.Context(), d.anna, inbox.Beginning{AccountID: 1, Address: address, Answer: a})
			if err != nil {
				t.Fatal(err)
			}
			if row.LastAt.IsZero() || !row.LastAt.Equal(row.CreatedAt) || row.Seq != 0 {
				t.Errorf("%s: last message at %s, created at %s, seq %d", address, row.LastAt, row.CreatedAt, row.Seq)
			}
		}
	})
}
