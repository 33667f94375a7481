package search

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"parley/inbox/actor"
)

// mostCut is by how many runes a stem may be shorter than the word being typed, and textsAtOnce how many texts are in
// memory at once while it is looked for what begins so.
const (
	mostCut     = 4
	textsAtOnce = 64
)

// begun is a match for a last word that is typed further than the stem of what it will be, as
// "runni" is. It gives more than was asked for: whoever uses it compares the texts themselves.
func (s *Service) begun(ctx context.Context, q *Query, prefix string) (Match, error) {
	word, ok := q.typing()
	if !ok {
		return nil, nil
	}
	m := q.groups(prefix, nil)
	last := &m[len(m)-1]
	*last = nil
	for runes := []rune(word); len(runes) > minPrefix && len(*last) < mostCut; {
		runes = runes[:len(runes)-1]
		*last = append(*last, prefix+string(runes))
	}
	known, err := s.store.KnownWords(ctx, slices.Concat(m...))
	if err != nil {
		return nil, fmt.Errorf("look up beginnings: %w", err)
	}
	return m.only(known), nil
}

// beginning keeps of the messages that such a match found those that have a word which begins so, newest first, until
// there are as many as asked for.
func (s *Service) beginning(ctx context.Context, v actor.Viewer, f *Filter, q *Query, ids []int64, limit int) ([]MessageHit, error) {
	var out []MessageHit
	for some := range slices.Chunk(ids, textsAtOnce) {
		list, err := s.store.FoundMessages(ctx, v, f, some, len(some))
		if err != nil {
			return nil, err
		}
		for _, h := range list {
			if q.beginsIn(h.Text) {
				out = append(out, h)
			}
		}
		if len(out) >= limit {
			break
		}
	}
	return out, nil
}

// beginsIn tells whether a word of a text begins as the last one typed. The index knows of the others, so nothing is
// stemmed.
func (q *Query) beginsIn(text string) (found bool) {
	begin, _ := q.typing()
	spans(text, func(s span) bool {
		found = strings.HasPrefix(s.word, begin)
		return !found
	})
	return found
}
