package store_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"parley/channels"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// counted is a database that counts how often transactions of intake were begun and
// how often they ran: the rest were run again, for a deadlock or the like.
type counted struct {
	*store.DB
	begun, ran atomic.Int64
}

func (c *counted) Intake(ctx context.Context, fn func(ctx context.Context) error) error {
	c.begun.Add(1)
	return c.DB.Intake(ctx, func(ctx context.Context) error {
		c.ran.Add(1)
		return fn(ctx)
	})
}

// TestBatchesLockInOneOrder lets batches meet that each speak of the other's conversation.
func TestBatchesLockInOneOrder(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c := &counted{DB: db}
		nodes := []*entrance{enter(t, db, c), enter(t, db, c)}
		chats := []string{"a", "b"}
		for i, chat := range chats {
			nodes[i].deliver(says(chat, "first-"+chat, "hello"), echo(chat, "e0-"+chat, "r0-"+chat), echo(chat, "e1-"+chat, "r1-"+chat))
		}
		const rounds = 40
		for round := range rounds {
			var start, both sync.WaitGroup
			start.Add(1)
			for i, mine := range chats {
				others := chats[1-i]
				key := fmt.Sprint(round, "-", mine)
				state := channels.Delivered
				if round%2 == 1 {
					state = channels.Read
				}
				read := receiptOf(others, "k"+key, "r1-"+others, state)
				read.Receipt.UpTo = true
				both.Go(func() {
					start.Wait()
					_, err := nodes[i].account(1).Deliver(t.Context(), channels.Batch{Events: []channels.Event{says(mine, "m"+key, "more"), read}})
					if err != nil {
						t.Error(err)
					}
				})
			}
			start.Done()
			both.Wait()
		}
		hold(t, db)
		if n := number(t, db, `SELECT COUNT(*) FROM messages`); n != 2*(3+rounds) {
			t.Errorf("%d messages, want %d", n, 2*(3+rounds))
		}
		if again := c.ran.Load() - c.begun.Load(); again != 0 {
			t.Errorf("%d batches were run again", again)
		}
	})
}
