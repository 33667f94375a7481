package search_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"parley/inbox/actor"
	"parley/inbox/search"
)

// stemmed knows one word alone, and how many texts were asked for at once.
type stemmed struct {
	shelf
	stem  string
	texts int
}

func (s *stemmed) KnownWords(_ context.Context, words []string) ([]string, error) {
	return slices.DeleteFunc(words, func(w string) bool { return w != s.stem }), nil
}

func (s *stemmed) FoundMessages(ctx context.Context, v actor.Viewer, f *search.Filter, ids []int64, limit int) ([]search.MessageHit, error) {
	s.texts = max(s.texts, len(ids))
	return s.shelf.FoundMessages(ctx, v, f, ids, limit)
}

// TestTypedFurtherThanAStem finds what begins so, however many have the stem, and reads few texts at once.
func TestTypedFurtherThanAStem(t *testing.T) {
	t.Parallel()
	for text, each := range map[string]int64{"running late": 90, "he was running": 1, "they run": 1} {
		s := &stemmed{shelf: shelf{n: 5000, each: each, text: text}, stem: "run"}
		service := search.New(s, func() time.Time { return time.Unix(0, 0) })
		f := search.Filter{Query: "runni", Type: search.Messages, Limit: 50}
		want := s.n / each * each
		if text == "they run" {
			want = 0
		}
		for {
			r, err := service.Search(t.Context(), actor.System(), f)
			if err != nil {
				t.Fatal(err)
			}
			for _, h := range r.Messages.Items {
				if int64(h.ID) != want {
					t.Fatalf("%s: %d instead of %d", text, h.ID, want)
				}
				want -= each
			}
			if f.Cursor = r.Messages.Next; f.Cursor == "" {
				break
			}
		}
		if want != 0 || s.texts > 64 {
			t.Errorf("%s: ended above %d, with up to %d texts at once", text, want, s.texts)
		}
	}
}
