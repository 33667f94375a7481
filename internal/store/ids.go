package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"parley/inbox/intake"
)

// The sequences that ids and numbers are leased from.
const (
	seqID           = "id"
	seqConversation = "conversation_number"
	seqRequest      = "request_number"
)

// How many values one lease takes. Numbers are for people, who take a hole for something lost:
// their blocks are as small as the pace allows, and what is left at a clean stop is given back.
const (
	idBlock    = 100_000
	fewNumbers = 4
	mostAtOnce = 256
)

// ids gives ids and numbers from blocks leased in the database.
type ids struct {
	id, conversation, request *block
}

// block is what is left of the ranges leased from one sequence, and the values that
// came back. Two locks keep a taker inside a transaction from waiting for a lease that
// itself waits for the only writer: leasing is held during a lease, mu never.
type block struct {
	db          *DB
	name        string
	least, most int64 // that one lease takes
	now         func() time.Time

	leasing sync.Mutex
	size    int64      // of the last lease
	leased  time.Time  // when that was
	mu      sync.Mutex // guards what follows
	next    int64
	end     int64
	spare   []int64
	taken   int64 // since it was settled
}

func newIDs(db *DB) *ids {
	return &ids{
		id:           &block{db: db, name: seqID, least: idBlock, most: idBlock, now: time.Now},
		conversation: &block{db: db, name: seqConversation, least: fewNumbers, most: mostAtOnce, now: time.Now},
		request:      &block{db: db, name: seqRequest, least: fewNumbers, most: mostAtOnce, now: time.Now},
	}
}

// noReserve is the error of a transaction that needs more values than memory holds.
type noReserve struct {
	block *block
	n     int
	taken int // numbers that it took before, which have come back
}

func (e noReserve) Error() string {
	return fmt.Sprintf("no %d values of %s in reserve", e.n, e.block.name)
}

// wanted is how many to lease for a transaction that ran out. Ids are plenty, and others
// may take what was leased for it; numbers are for people, so few are made ready, unless it
// takes many, one by one: it must not be begun again for each.
func (e noReserve) wanted() int64 {
	if e.block.name == seqID {
		return int64(max(e.n, idReserve))
	}
	return int64(e.n + 4*e.taken)
}

// take returns n values. Inside a transaction it serves from memory alone, because a
// lease needs the writer that the transaction holds on SQLite, and a second connection
// on PostgreSQL: when every connection holds a transaction, each would wait for another.
func (b *block) take(ctx context.Context, n int) ([]int64, error) {
	for {
		if got := b.fromMemory(n); got != nil {
			return got, nil
		}
		if txOf(ctx) != nil {
			return nil, noReserve{block: b, n: n}
		}
		if err := b.lease(ctx, int64(n)); err != nil {
			return nil, err
		}
	}
}

// suppliedRuns is how often a transaction is begun for want of values: others may take
// what was leased for it.
const suppliedRuns = 5

// supplied runs a transaction, and once more with a fresh lease when it ran out of
// values.
func (db *DB) supplied(ctx context.Context, run func() error) error {
	for n := 1; ; n++ {
		err := run()
		short, ok := errors.AsType[noReserve](err)
		if !ok || n == suppliedRuns {
			return err
		}
		if err := short.block.lease(ctx, short.wanted()); err != nil {
			return err
		}
	}
}

func (b *block) left() int64 { return b.end - b.next + int64(len(b.spare)) }

// fromMemory returns n values, or nil when it has not so many.
func (b *block) fromMemory(n int) []int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.left() < int64(n) {
		return nil
	}
	b.taken += int64(n)
	out := make([]int64, 0, n)
	for len(out) < n && len(b.spare) > 0 {
		out = append(out, b.spare[len(b.spare)-1])
		b.spare = b.spare[:len(b.spare)-1]
	}
	for len(out) < n {
		out = append(out, b.next)
		b.next++
	}
	return out
}

// lease takes a further range so that at least n values are there.
func (b *block) lease(ctx context.Context, n int64) error {
	b.leasing.Lock()
	defer b.leasing.Unlock()
	b.mu.Lock()
	enough := b.left() >= n
	b.mu.Unlock()
	if enough { // somebody else leased meanwhile
		return nil
	}
	size := max(b.pace(), n)
	var next int64
	err := b.db.run(ctx, AgentLane, func(ctx context.Context) error {
		_, err := b.db.one(ctx, `INSERT INTO id_blocks (name, next) VALUES ($1, $2)
			ON CONFLICT (name) DO UPDATE SET next = id_blocks.next + $3 RETURNING next`, []any{b.name, 1 + size, size}, &next)
		return err
	})
	if err != nil {
		return fmt.Errorf("lease %s block: %w", b.name, err)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.end == next-size && b.next < b.end { // the new range continues the old one
		b.end = next
		return nil
	}
	for v := b.end - 1; v >= b.next; v-- {
		b.spare = append(b.spare, v)
	}
	b.next, b.end = next-size, next
	return nil
}

// idReserve is how many ids a transaction finds in memory, unless others are quicker.
const idReserve = 10_000

// topUp leases when few values are left. What it could not lease is missed, and
// reported, by whoever then needs it.
func (b *block) topUp(ctx context.Context) {
	b.mu.Lock()
	low := b.left() < idReserve
	b.mu.Unlock()
	if low {
		_ = b.lease(ctx, idReserve)
	}
}

// ReserveIDs makes sure that transactions find ids in memory, and that no more numbers are
// there than are soon used. The house calls it after the migration and from time to time.
func (db *DB) ReserveIDs(ctx context.Context) error {
	for _, b := range db.ids.numbers() {
		if err := b.settle(ctx); err != nil {
			return err
		}
	}
	return db.ids.id.lease(ctx, idBlock/2)
}

// NextID returns one fresh id, inside a transaction or outside.
func (db *DB) NextID(ctx context.Context) (int64, error) { return first(db.ids.id.take(ctx, 1)) }

// NextIDs returns n fresh ids, inside a transaction or outside.
func (db *DB) NextIDs(ctx context.Context, n int) ([]int64, error) {
	return db.ids.id.take(ctx, n)
}

func first(got []int64, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return got[0], nil
}

// Supply leases what a batch of events may need; see intake.Store.
func (db *DB) Supply(ctx context.Context, n, events int) (intake.Supply, error) {
	s := &supply{ids: db.ids}
	var err error
	if s.id.values, err = db.ids.id.take(ctx, n); err != nil {
		return nil, err
	}
	if s.conversation.values, err = db.ids.conversation.take(ctx, events); err != nil {
		return nil, err
	}
	if s.request.values, err = db.ids.request.take(ctx, events); err != nil {
		db.ids.conversation.back(s.conversation)
		return nil, err
	}
	return s, nil
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
	s.ids.id.untake(s.id)
	s.ids.conversation.back(s.conversation)
	s.ids.request.back(s.request)
}

// fold puts values that came back into the range again, as far as they touch it.
func (b *block) fold() {
	slices.Sort(b.spare)
	for n := len(b.spare); n > 0 && b.spare[n-1] == b.next-1; n-- {
		b.next--
		b.spare = b.spare[:n-1]
	}
}

// back takes unused values, and straight into the range where they came last from it.
func (b *block) back(s stock) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i := len(s.values) - 1; i >= s.used; i-- {
		if v := s.values[i]; v == b.next-1 {
			b.next = v
		} else {
			b.spare = append(b.spare, v)
		}
	}
}

// untake takes unused values back as far as nobody took any since, and drops the rest:
// ids order what happened at the same moment, so a late one must not be an earlier one,
// and there are enough of them.
func (b *block) untake(s stock) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i := len(s.values) - 1; i >= s.used && s.values[i] == b.next-1; i-- {
		b.next--
	}
}
