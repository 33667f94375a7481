package quickreply

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/inbox/actor"
)

// Filter selects replies. Zero values select everything.
type Filter struct {
	Query    string // words of the shortcut, the name, the folder or the text
	Language string // those in it and those for any come first
	Folder   string
	Scope    Scope
	// Conversation is what the reply is looked for: without a Language its contact's counts.
	Conversation int64
}

// List returns those that the viewer may see, the most useful first.
func (s *Service) List(ctx context.Context, v actor.Viewer, f Filter) ([]Reply, error) {
	list, err := s.store.QuickReplies(ctx, v)
	if err != nil {
		return nil, fmt.Errorf("list quick replies: %w", err)
	}
	if f.Language == "" && f.Conversation != 0 {
		if _, f.Language, _, err = s.store.ConversationValues(ctx, v, f.Conversation); err != nil {
			return nil, fmt.Errorf("read language of contact: %w", err)
		}
	}
	return Rank(list, f, s.now()), nil
}

// Rank selects and orders replies: by how well they match what is looked for, then by language, then by use.
func Rank(list []Reply, f Filter, now time.Time) []Reply {
	type ranked struct {
		reply  Reply
		match  int
		tongue int
		use    float64
	}
	words := strings.Fields(Fold(strings.TrimLeft(strings.TrimSpace(f.Query), "/")))
	var found []ranked
	for _, r := range list {
		if f.Folder != "" && r.Folder != f.Folder || f.Scope != "" && r.Scope != f.Scope {
			continue
		}
		if m, ok := match(&r, words); ok {
			found = append(found, ranked{r, m, tongue(r.Language, f.Language), usefulness(&r, now)})
		}
	}
	slices.SortStableFunc(found, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(a.match, b.match), cmp.Compare(a.tongue, b.tongue), -cmp.Compare(a.use, b.use),
			strings.Compare(Fold(a.reply.Name), Fold(b.reply.Name)), cmp.Compare(a.reply.ID, b.reply.ID))
	})
	out := make([]Reply, len(found))
	for i := range found {
		out[i] = found[i].reply
	}
	return out
}

// match says where the words were found; lower is better. All of them must be somewhere.
func match(r *Reply, words []string) (int, bool) {
	if len(words) == 0 {
		return 0, true
	}
	shortcut, name := Fold(r.Shortcut), Fold(r.Name)
	rest := Fold(r.Folder) + "\n" + Fold(r.Text)
	worst := 0
	for _, w := range words {
		at := 5
		switch {
		case shortcut == w:
			at = 0
		case shortcut != "" && strings.HasPrefix(shortcut, w):
			at = 1
		case strings.HasPrefix(name, w) || strings.Contains(name, " "+w):
			at = 2
		case strings.Contains(name, w) || strings.Contains(shortcut, w):
			at = 3
		case strings.Contains(rest, w):
			at = 4
		default:
			return 0, false
		}
		worst = max(worst, at)
	}
	return worst, true
}

// tongue is 0 for what is in the wanted language, 1 for what is in any, 2 for others. "ru" is wanted also by "ru-RU".
func tongue(has, wanted string) int {
	first := func(tag string) string {
		short, _, _ := strings.Cut(strings.ToLower(tag), "-")
		return short
	}
	switch {
	case wanted == "" || first(has) == first(wanted):
		return 0
	case has == "":
		return 1
	}
	return 2
}

// halfLife is after what time a use counts for half.
const halfLife = 30 * 24 * time.Hour

// usefulness weighs use by how long ago it was; one's own use counts five times.
func usefulness(r *Reply, now time.Time) float64 {
	fresh := func(at time.Time) float64 {
		if at.IsZero() {
			return 0
		}
		return 1 / (1 + float64(max(0, now.Sub(at)))/float64(halfLife))
	}
	return 5*float64(r.MyUses)*fresh(r.MyLastUse) + float64(r.Uses)*fresh(r.LastUsedAt)
}

// Fold is how shortcuts and words are compared.
func Fold(text string) string { return strings.ReplaceAll(strings.ToLower(text), "ё", "е") }
