package store

import (
	"context"
	"fmt"
	"sync"

	"parley/inbox/intake"
)

// The sequences that ids and numbers are leased from.
const (
	seqID           = "id"
	seqConversation = "conversation_number"
	seqRequest      = "request_number"
)

// How many values one lease takes. Numbers are for people, so their blocks are small
// and what is left at a clean stop is given back.
const (
	idBlock     = 100_000
	numberBlock = 256
)

// ids gives ids from blocks leased in the database.
type ids struct {
	db *DB
	mu sync.Mutex
	id block
	// numbers, with those that were leased for a batch and not used
	conversation block
	request      block
}

// block is a leased range with the values that came back.
type block struct {
	name      string
	size      int64
	next, end int64
	spare     []int64
}

func newIDs(db *DB) *ids {
	return &ids{
		db: db, id: block{name: seqID, size: idBlock},
		conversation: block{name: seqConversation, size: numberBlock}, request: block{name: seqRequest, size: numberBlock},
	}
}

// take returns n values, leasing more when the block has not enough. It must not be
// called inside a transaction: on SQLite the lease needs the only writer.
func (i *ids) take(ctx context.Context, b *block, n int) ([]int64, error) {
	out := make([]int64, 0, n)
	for len(out) < n && len(b.spare) > 0 {
		out = append(out, b.spare[len(b.spare)-1])
		b.spare = b.spare[:len(b.spare)-1]
	}
	for len(out) < n {
		if b.next == b.end {
			if err := i.lease(ctx, b, int64(n-len(out))); err != nil {
				return nil, err
			}
		}
		out = append(out, b.next)
		b.next++
	}
	return out, nil
}

func (i *ids) lease(ctx context.Context, b *block, atLeast int64) error {
	size := max(b.size, atLeast)
	var next int64
	err := i.db.in(ctx, AgentLane, func(ctx context.Context) error {
		_, err := i.db.one(ctx, `INSERT INTO id_blocks (name, next) VALUES ($1, $2)
			ON CONFLICT (name) DO UPDATE SET next = id_blocks.next + $3 RETURNING next`, []any{b.name, 1 + size, size}, &next)
		return err
	})
	if err != nil {
		return fmt.Errorf("lease %s block: %w", b.name, err)
	}
	b.next, b.end = next-size, next
	return nil
}

// giveBack returns the unused ends of the number blocks, so that a clean restart
// leaves no gaps.
func (i *ids) giveBack() {
	i.mu.Lock()
	defer i.mu.Unlock()
	for _, b := range []*block{&i.conversation, &i.request} {
		if b.next == b.end {
			continue
		}
		_ = i.db.in(context.Background(), AgentLane, func(ctx context.Context) error {
			_, err := i.db.exec(ctx, `UPDATE id_blocks SET next = $1 WHERE name = $2 AND next = $3`, b.next, b.name, b.end)
			return err
		})
		b.next = b.end
	}
}

// NextID returns one fresh id. It must not be called inside a transaction.
func (db *DB) NextID(ctx context.Context) (int64, error) {
	got, err := db.NextIDs(ctx, 1)
	if err != nil {
		return 0, err
	}
	return got[0], nil
}

// NextIDs returns n fresh ids. It must not be called inside a transaction.
func (db *DB) NextIDs(ctx context.Context, n int) ([]int64, error) {
	db.ids.mu.Lock()
	defer db.ids.mu.Unlock()
	return db.ids.take(ctx, &db.ids.id, n)
}

// NextRequestNumber returns one fresh request number. It must not be called inside a
// transaction.
func (db *DB) NextRequestNumber(ctx context.Context) (int64, error) {
	db.ids.mu.Lock()
	defer db.ids.mu.Unlock()
	got, err := db.ids.take(ctx, &db.ids.request, 1)
	if err != nil {
		return 0, err
	}
	return got[0], nil
}

// NextConversationNumber returns one fresh conversation number. It must not be called
// inside a transaction.
func (db *DB) NextConversationNumber(ctx context.Context) (int64, error) {
	db.ids.mu.Lock()
	defer db.ids.mu.Unlock()
	got, err := db.ids.take(ctx, &db.ids.conversation, 1)
	if err != nil {
		return 0, err
	}
	return got[0], nil
}

// Supply leases what a batch of events may need; see intake.Store.
func (db *DB) Supply(ctx context.Context, n, events int) (intake.Supply, error) {
	i := db.ids
	i.mu.Lock()
	defer i.mu.Unlock()
	s := &supply{ids: i}
	var err error
	if s.id.values, err = i.take(ctx, &i.id, n); err != nil {
		return nil, err
	}
	if s.conversation.values, err = i.take(ctx, &i.conversation, events); err != nil {
		return nil, err
	}
	s.request.values, err = i.take(ctx, &i.request, events)
	return s, err
}

// supply is a stock of ids for one batch.
type supply struct {
	ids                       *ids
	id, conversation, request stock
}

type stock struct {
	values []int64
	used   int
}

func (s *stock) take() int64 {
	v := s.values[s.used]
	s.used++
	return v
}

func (s *supply) ID() int64                 { return s.id.take() }
func (s *supply) ConversationNumber() int64 { return s.conversation.take() }
func (s *supply) RequestNumber() int64      { return s.request.take() }

func (s *supply) Rewind() { s.id.used, s.conversation.used, s.request.used = 0, 0, 0 }

func (s *supply) Release() {
	s.ids.mu.Lock()
	defer s.ids.mu.Unlock()
	s.ids.conversation.back(s.conversation)
	s.ids.request.back(s.request)
}

// back takes unused values, and straight into the range where they came last from it.
func (b *block) back(s stock) {
	for i := len(s.values) - 1; i >= s.used; i-- {
		if v := s.values[i]; v == b.next-1 {
			b.next = v
		} else {
			b.spare = append(b.spare, v)
		}
	}
}
