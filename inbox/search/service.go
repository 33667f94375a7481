package search

import (
	"context"
	"fmt"
	"slices"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/fault"
)

// Service answers questions. Safe for concurrent use.
type Service struct {
	store Store
	now   func() time.Time
}

// New makes a Service.
func New(store Store, now func() time.Time) *Service { return &Service{store: store, now: now} }

// Bounds of one question; of the looking itself, see gather.
const (
	// MaxLimit is the largest page.
	MaxLimit      = 50
	mostCompleted = 24
)

// Search answers a question. A query without a word finds nothing.
func (s *Service) Search(ctx context.Context, v actor.Viewer, f Filter) (Result, error) {
	var out Result
	if err := s.check(&f); err != nil {
		return out, err
	}
	below, err := f.place()
	if err != nil {
		return out, err
	}
	q := Read(f.Query)
	if q.Empty() {
		return out, nil
	}
	progress, err := s.store.Progress(ctx)
	if err != nil {
		return out, fmt.Errorf("read progress: %w", err)
	}
	out.Filling = progress.Messages > 0 || progress.People > 0
	if f.wants(Numbers) && q.number > 0 && below == Newest {
		if out.Numbers.Items, err = s.store.Numbered(ctx, v, q.number); err != nil {
			return out, fmt.Errorf("find number: %w", err)
		}
		if f.NoRequests {
			out.Numbers.Items = slices.DeleteFunc(out.Numbers.Items, func(n NumberHit) bool { return n.RequestID != 0 })
		}
	}
	if f.wants(People) && !f.narrows() && !f.NoPeople {
		if out.People, err = s.people(ctx, v, &f, &q, below); err != nil {
			return out, fmt.Errorf("find people: %w", err)
		}
	}
	if f.wants(Messages) {
		if out.Messages, err = s.messages(ctx, v, &f, &q, below); err != nil {
			return out, fmt.Errorf("find messages: %w", err)
		}
	}
	if f.wants(Files) {
		if out.Files, err = s.files(ctx, v, &f, &q, below); err != nil {
			return out, fmt.Errorf("find files: %w", err)
		}
	}
	return out, nil
}

func (s *Service) check(f *Filter) error {
	f.Limit = min(max(f.Limit, 1), MaxLimit)
	if f.Cursor != "" && f.Type == "" {
		return fault.InvalidField("type", "required", fault.T("С курсором нужен и вид результатов.", "A cursor needs the type of results with it."))
	}
	for _, status := range f.Statuses {
		switch status {
		case inbox.Open, inbox.Pending, inbox.Snoozed, inbox.Closed:
		default:
			return fault.InvalidField("status", "unknown", fault.T("Нет такого состояния.", "There is no such state."))
		}
	}
	return nil
}

// match says what the index must hold of a query's words, which are stored with a prefix. It names
// stored words alone: a word that nobody ever wrote need not be looked for.
func (s *Service) match(ctx context.Context, q *Query, prefix string) (Match, error) {
	var completions []string
	if word, ok := q.typing(); ok {
		var err error
		if completions, err = s.store.Completions(ctx, prefix+word, mostCompleted); err != nil {
			return nil, fmt.Errorf("complete word: %w", err)
		}
	}
	m := q.groups(prefix, completions)
	known, err := s.store.KnownWords(ctx, slices.Concat(m...))
	if err != nil {
		return nil, fmt.Errorf("look up words: %w", err)
	}
	return m.only(known), nil
}

func (s *Service) messages(ctx context.Context, v actor.Viewer, f *Filter, q *Query, below int64) (Group[MessageHit], error) {
	m, err := s.match(ctx, q, "")
	if err != nil {
		return Group[MessageHit]{}, err
	}
	found := func(ids []int64, limit int) ([]MessageHit, error) {
		return s.store.FoundMessages(ctx, v, f, ids, limit)
	}
	if m == nil { // the stems of what begins so may be shorter than what is typed
		if m, err = s.begun(ctx, q, ""); err != nil {
			return Group[MessageHit]{}, err
		}
		found = func(ids []int64, limit int) ([]MessageHit, error) { return s.beginning(ctx, v, f, q, ids, limit) }
	}
	g, err := gather(ctx, s, s.ofMessages(ctx, v, f, m), below, f.Limit, found,
		func(h *MessageHit) int64 { return int64(h.ID) })
	mark := q.marker()
	for i := range g.Items {
		g.Items[i].Snippet = mark.snippet(g.Items[i].Text)
	}
	return g, err
}

// files finds messages by the names of all their files together, and then those files of each
// that hold all words themselves.
func (s *Service) files(ctx context.Context, v actor.Viewer, f *Filter, q *Query, below int64) (Group[FileHit], error) {
	m, err := s.match(ctx, q, fileName)
	if m == nil && err == nil {
		m, err = s.begun(ctx, q, fileName)
	}
	if err != nil {
		return Group[FileHit]{}, err
	}
	g, err := gather(ctx, s, s.ofMessages(ctx, v, f, m), below, f.Limit,
		func(ids []int64, _ int) ([]FileHit, error) {
			list, err := s.store.FoundFiles(ctx, v, f, ids)
			kept := list[:0]
			for _, h := range list {
				if q.all(h.Name) {
					kept = append(kept, h)
				}
			}
			return kept, err
		},
		func(h *FileHit) int64 { return int64(h.MessageID) })
	mark := q.marker()
	for i := range g.Items {
		g.Items[i].Title = mark.mark(g.Items[i].Name)
	}
	return g, err
}

// people finds by words, or by a telephone number in any writing.
func (s *Service) people(ctx context.Context, v actor.Viewer, f *Filter, q *Query, below int64) (Group[PersonHit], error) {
	m := Match{{phonePart + q.phone}}
	if q.phone == "" {
		var err error
		if m, err = s.match(ctx, q, ofPeople); err != nil {
			return Group[PersonHit]{}, err
		}
	}
	mark := q.marker()
	return gather(ctx, s, s.from(ctx, OfPeople, m.without(ofPeople)), below, f.Limit,
		func(ids []int64, limit int) ([]PersonHit, error) {
			list, err := s.store.FoundPeople(ctx, v, ids, limit)
			out := make([]PersonHit, len(list))
			for i := range list {
				out[i] = PersonHit{Contact: list[i], Title: mark.mark(list[i].Name)}
			}
			return out, err
		},
		func(h *PersonHit) int64 { return int64(h.ID) })
}
