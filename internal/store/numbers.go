package store

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// soon is how quickly a block of numbers has to be used up for the next to be twice as large.
const soon = time.Second

// NextRequestNumber returns one fresh request number, inside a transaction or outside.
func (db *DB) NextRequestNumber(ctx context.Context) (int64, error) {
	return db.ids.request.number(ctx)
}

// NextConversationNumber returns one fresh conversation number, likewise.
func (db *DB) NextConversationNumber(ctx context.Context) (int64, error) {
	return db.ids.conversation.number(ctx)
}

// number returns one value. What a transaction took comes back when it fails: it may be begun
// several times, and would leave a hole each time.
func (b *block) number(ctx context.Context) (int64, error) {
	t := txOf(ctx)
	n, err := first(b.take(ctx, 1))
	switch short, ok := errors.AsType[noReserve](err); {
	case t == nil:
	case ok:
		short.taken = len(t.numbers[b])
		return 0, short
	case err == nil:
		if t.numbers == nil {
			t.numbers = map[*block][]int64{}
		}
		t.numbers[b] = append(t.numbers[b], n)
	}
	return n, err
}

// failed gives back the numbers that a transaction took.
func (t *tx) failed() {
	for b, values := range t.numbers {
		b.back(stock{values: values})
	}
	t.numbers = nil
}

// pace is how many values the next lease takes: few while they are used slowly, so that a node that
// is killed leaves a hole of as many at most; twice as many as before when those did not last.
func (b *block) pace() int64 {
	at := b.now()
	if b.leased.IsZero() || at.Sub(b.leased) >= soon {
		b.size = b.least
	} else {
		b.size = min(2*b.size, b.most)
	}
	b.leased = at
	return b.size
}

// numbers are the blocks of numbers for people.
func (i *ids) numbers() []*block { return []*block{i.conversation, i.request} }

// giveBack returns the unused ends of the number blocks, so that a clean restart
// leaves no gaps.
func (i *ids) giveBack(ctx context.Context) {
	for _, b := range i.numbers() {
		_ = b.giveBack(ctx, 0)
	}
}

// settle returns what a busy moment has left over: a batch of many messages takes as many
// numbers, and needs few of them. It keeps as many as were taken since it was called last.
func (b *block) settle(ctx context.Context) error {
	b.mu.Lock()
	keep := max(b.taken, b.least)
	b.taken = 0
	b.mu.Unlock()
	return b.giveBack(ctx, keep)
}

// giveBack returns the unused end of the block, all but so many values, unless somebody
// else has leased since: then they stay, for whoever needs one next.
func (b *block) giveBack(ctx context.Context, keep int64) error {
	b.leasing.Lock()
	defer b.leasing.Unlock()
	b.mu.Lock()
	b.fold()
	from, end := b.next+keep, b.end
	b.end = min(from, end)
	b.mu.Unlock()
	if from >= end {
		return nil
	}
	var back int64
	err := b.db.run(ctx, AgentLane, func(ctx context.Context) (err error) {
		back, err = b.db.exec(ctx, `UPDATE id_blocks SET next = $1 WHERE name = $2 AND next = $3`, from, b.name, end)
		return err
	})
	if err != nil { // what became of them is unknown
		return fmt.Errorf("give %s block back: %w", b.name, err)
	}
	if back == 0 {
		b.back(stock{values: count(from, end)})
	}
	return nil
}

// count lists the values of a range.
func count(from, end int64) []int64 {
	list := make([]int64, 0, end-from)
	for v := from; v < end; v++ {
		list = append(list, v)
	}
	return list
}
