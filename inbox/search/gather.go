package search

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"parley/inbox/actor"
)

// Bounds of looking for one page.
const (
	patience       = 400 * time.Millisecond // a page that is not full by then is given as it is
	mostAtOnce     = 1024                   // candidates are tried at once; at first a page of them, then four times as many
	mostTaken      = 8192                   // are taken from the index at once: it may look for the first of them as long as for all
	mostCandidates = 40_000
	patientTries   = 2 // before it is asked whether the filter lets but few pass
	// What few are. When one message in a hundred of a million passes, a page is found among three thousand candidates,
	// which costs what it costs to ask for ten thousand messages whether they match.
	fewTalks    = 3000
	fewMessages = 10_000
)

// look takes some candidates, as Store.Candidates gives them.
type look func(below int64, n int) (ids []int64, next int64, err error)

// candidates are what a page is gathered from.
type candidates struct {
	look
	// few tells whether so little passes the filter that it is quicker to ask of all of it whether it matches; then
	// another way of looking takes over, which finds the same. nil when that cannot be.
	few func(below int64) (look, error)
}

// from looks through an index; nothing matches without a match.
func (s *Service) from(ctx context.Context, index Index, m Match) candidates {
	if len(m) == 0 {
		return candidates{look: func(int64, int) ([]int64, int64, error) { return nil, 0, nil }}
	}
	return candidates{look: func(below int64, n int) ([]int64, int64, error) {
		return s.store.Candidates(ctx, index, m, below, n)
	}}
}

// ofMessages looks through the index of messages for what matches and, as far as the index knows it, passes a filter.
func (s *Service) ofMessages(ctx context.Context, v actor.Viewer, f *Filter, m Match) candidates {
	m = f.narrow(m, s.now())
	c := s.from(ctx, OfMessages, m)
	if len(m) == 0 {
		return c
	}
	c.few = func(below int64) (look, error) {
		ids, few, err := s.store.Few(ctx, v, f, below, fewTalks, fewMessages)
		if err != nil || !few {
			return nil, err
		}
		return func(below int64, n int) ([]int64, int64, error) { return s.store.Among(ctx, m, ids, below, n) }, nil
	}
	return c
}

// gather fills a page: it takes candidates, newest first, and keeps what found lets pass, until the page is full, there
// are no more, or enough was looked through. Hits of one key stay on one page.
func gather[T any](ctx context.Context, s *Service, from candidates, below int64, limit int,
	found func(ids []int64, limit int) ([]T, error), key func(*T) int64,
) (Group[T], error) {
	var g Group[T]
	var ids []int64 // taken and not tried yet
	until, next, most := s.now().Add(patience), below, mostTaken
	for tries, looked, n := 0, 0, limit+1; len(ids) > 0 || next > 0; tries, n = tries+1, min(n*4, mostAtOnce) {
		if tries == patientTries && from.few != nil {
			quicker, err := from.few(below)
			if err != nil {
				return g, fmt.Errorf("ask what passes: %w", err)
			}
			if quicker != nil {
				from.look, ids, next = quicker, nil, below
				most = mostAtOnce
			}
		}
		if len(ids) == 0 {
			take := n
			if tries >= patientTries {
				take = most
			}
			var err error
			if ids, next, err = from.look(next, take); err != nil {
				return g, err
			}
		}
		some := ids[:min(n, len(ids))]
		if ids = ids[len(some):]; len(some) > 0 {
			part, err := found(some, limit+1)
			if err != nil {
				return g, err
			}
			g.Items = append(g.Items, part...)
		}
		if len(g.Items) > limit {
			return g.cut(limit, key, len(ids) > 0 || next > 0), nil
		}
		if looked, below = looked+len(some), next; len(ids) > 0 {
			below = some[len(some)-1]
		}
		if below > 0 && (looked >= mostCandidates || s.now().After(until)) {
			g.Next = strconv.FormatInt(below, 10)
			return g, nil
		}
	}
	return g, nil
}

// cut ends a page after the key of its last place; more tells whether there are candidates beyond what was found.
func (g Group[T]) cut(limit int, key func(*T) int64, more bool) Group[T] {
	end := limit
	for end < len(g.Items) && key(&g.Items[end]) == key(&g.Items[limit-1]) {
		end++
	}
	if more || end < len(g.Items) {
		g.Next = strconv.FormatInt(key(&g.Items[limit-1]), 10)
	}
	g.Items = g.Items[:end]
	return g
}
