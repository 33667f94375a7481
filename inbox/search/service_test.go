package search_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/search"
	"parley/internal/fault"
)

// shelf is a store of messages with ids from 1 up to n, of which the viewer may see every one
// divisible by each.
type shelf struct {
	search.Store
	n, each int64
	text    string
	asked   int
	match   search.Match
}

func (s *shelf) Progress(context.Context) (search.Progress, error) { return search.Progress{}, nil }

func (s *shelf) Completions(context.Context, string, int) ([]string, error) { return nil, nil }

func (s *shelf) KnownWords(_ context.Context, words []string) ([]string, error) { return words, nil }

func (s *shelf) Candidates(_ context.Context, _ search.Index, m search.Match, below int64, n int) (ids []int64, next int64, err error) {
	s.match = m
	for id := min(below-1, s.n); id > 0 && len(ids) < n; id-- {
		ids = append(ids, id)
	}
	s.asked += len(ids)
	if len(ids) == n {
		next = ids[n-1]
	}
	return ids, next, nil
}

func (s *shelf) Few(_ context.Context, _ actor.Viewer, _ *search.Filter, below int64, _, messages int) (ids []int64, few bool, err error) {
	if s.n/s.each > int64(messages) {
		return nil, false, nil
	}
	for id := min(below-1, s.n) / s.each * s.each; id > 0; id -= s.each {
		ids = append(ids, id)
	}
	return ids, true, nil
}

func (s *shelf) Among(_ context.Context, _ search.Match, ids []int64, below int64, n int) (hits []int64, next int64, err error) {
	for i, id := range ids {
		if id >= below {
			continue
		}
		s.asked++
		if hits = append(hits, id); len(hits) == n && i < len(ids)-1 {
			return hits, id, nil
		}
	}
	return hits, 0, nil
}

func (s *shelf) FoundMessages(_ context.Context, _ actor.Viewer, _ *search.Filter, ids []int64, limit int) (out []search.MessageHit, err error) {
	for _, id := range ids {
		if id%s.each == 0 && len(out) < limit {
			out = append(out, search.MessageHit{ID: inbox.MessageID(id), Text: s.text})
		}
	}
	return out, nil
}

func TestPagesHoldEverythingOnce(t *testing.T) {
	t.Parallel()
	for _, each := range []int64{1, 7, 90, 1000} {
		s := &shelf{n: 5000, each: each, text: "слово"}
		service := search.New(s, func() time.Time { return time.Unix(0, 0) })
		f := search.Filter{Query: "слово", Type: search.Messages, Limit: 50}
		want := s.n / each * each
		for pages := 0; ; pages++ {
			r, err := service.Search(t.Context(), actor.System(), f)
			if err != nil || pages > 200 {
				t.Fatal(err, pages)
			}
			for _, h := range r.Messages.Items {
				if int64(h.ID) != want {
					t.Fatalf("each %d: %d instead of %d", each, h.ID, want)
				}
				want -= each
			}
			if f.Cursor = r.Messages.Next; f.Cursor == "" {
				break
			}
		}
		if want != 0 {
			t.Errorf("each %d: ended above %d", each, want)
		}
	}
}

// letters are messages of which every other one has two files by the name that is looked for.
type letters struct{ shelf }

func (*letters) FoundFiles(_ context.Context, _ actor.Viewer, _ *search.Filter, ids []int64) (out []search.FileHit, err error) {
	for _, id := range ids {
		for file := range inbox.FileID(1-id%2) * 2 {
			out = append(out, search.FileHit{MessageID: inbox.MessageID(id), ID: inbox.FileID(id)*2 + file, Name: "word.pdf"})
		}
	}
	return out, nil
}

func (*letters) Few(context.Context, actor.Viewer, *search.Filter, int64, int, int) (ids []int64, few bool, err error) {
	return nil, false, nil
}

// TestFilesOfTheLastMessageEndNoPage asks for pages that end within the last message that was taken from the index.
func TestFilesOfTheLastMessageEndNoPage(t *testing.T) {
	t.Parallel()
	s := search.New(&letters{shelf{n: 9, each: 1}}, time.Now)
	var got []inbox.FileID
	f := search.Filter{Query: "word", Type: search.Files, Limit: 1}
	for page := 0; page == 0 || f.Cursor != "" && page < 20; page++ {
		r, err := s.Search(t.Context(), actor.System(), f)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range r.Files.Items {
			got = append(got, h.ID)
		}
		f.Cursor = r.Files.Next
	}
	if len(got) != 8 {
		t.Errorf("of 8 files %d were found: %v", len(got), got)
	}
}

func TestLookingEnds(t *testing.T) {
	t.Parallel()
	s := &shelf{n: 10_000_000, each: 1 << 40}
	many := &many{s}
	r, err := search.New(many, func() time.Time { return time.Unix(0, 0) }).Search(t.Context(), actor.System(), search.Filter{Query: "слово", Type: search.Messages, Limit: 30})
	if err != nil || r.Messages.Next == "" || s.asked > 50_000 {
		t.Errorf("looked at %d, goes on at %q: %v", s.asked, r.Messages.Next, err)
	}
	now := time.Unix(0, 0)
	s.asked = 0
	slow := func() time.Time { now = now.Add(300 * time.Millisecond); return now }
	if _, err := search.New(many, slow).Search(t.Context(), actor.System(), search.Filter{Query: "слово", Type: search.Messages}); err != nil || s.asked > 500 {
		t.Errorf("a slow database was asked for %d: %v", s.asked, err)
	}
}

// many is a shelf of which too much passes for all of it to be asked, though nothing does.
type many struct{ *shelf }

func (*many) Few(context.Context, actor.Viewer, *search.Filter, int64, int, int) (ids []int64, few bool, err error) {
	return nil, false, nil
}

// TestFewAreAskedFirst looks for the hundred messages that may be seen among ten million that match, and for none.
func TestFewAreAskedFirst(t *testing.T) {
	t.Parallel()
	for _, each := range []int64{100_000, 1 << 40} {
		s := &shelf{n: 10_000_000, each: each}
		r, err := search.New(s, func() time.Time { return time.Unix(0, 0) }).Search(t.Context(), actor.System(), search.Filter{Query: "слово", Type: search.Messages, Limit: 30})
		want := min(30, int(s.n/each))
		if err != nil || len(r.Messages.Items) != want || (r.Messages.Next != "") != (want == 30) || s.asked > 300 {
			t.Errorf("each %d: %d found among %d, goes on at %q: %v", each, len(r.Messages.Items), s.asked, r.Messages.Next, err)
		}
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	service := search.New(&shelf{n: 1, each: 1}, time.Now)
	for _, f := range []search.Filter{
		{Query: "a", Cursor: "5"}, {Query: "a", Type: search.People, Cursor: "x"}, {Query: "a", Type: search.Files, Cursor: "-1"}, {Query: "a", Statuses: []inbox.Status{"lost"}},
	} {
		if _, err := service.Search(t.Context(), actor.System(), f); !errors.As(err, new(*fault.Error)) {
			t.Errorf("%+v: %v", f, err)
		}
	}
}

// FuzzQuery holds everything that may be typed to a match that the databases take, and to a
// snippet that is part of the text.
func FuzzQuery(f *testing.F) {
	for _, seed := range [][2]string{
		{"счёт OR '1", "Ваш счёт № 1 оплачен"}, {"\"a\" AND NEAR(b*)", "A b"}, {strings.Repeat("слово ", 3000), "слово за словом"}, {"\xff\x00(:", "текст"}, {"8 (916) 123-45-67", "+7"},
	} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, typed, text string) {
		s := &shelf{n: 1, each: 1, text: strings.ToValidUTF8(text, "")}
		r, err := search.New(s, time.Now).Search(t.Context(), actor.System(), search.Filter{Query: typed, Type: search.Messages})
		if err != nil {
			t.Fatal(err)
		}
		if len(s.match) > 12 {
			t.Fatalf("%q asks for %d words", typed, len(s.match))
		}
		for _, group := range s.match {
			for _, token := range group {
				if token == "" || !utf8.ValidString(token) || strings.ContainsAny(token, " '\"|&!()*\\\x00") {
					t.Fatalf("%q asks for %q", typed, token)
				}
			}
		}
		for _, h := range r.Messages.Items {
			for _, p := range h.Snippet {
				if !utf8.ValidString(p.Text) || len(p.Text) > 1000 {
					t.Fatalf("%q in %q shows %q", typed, text, p.Text)
				}
			}
		}
	})
}
