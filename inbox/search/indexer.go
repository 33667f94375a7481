package search

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"parley/inbox"
)

// Bounds of one step. A step is one transaction, which on SQLite holds up the others.
const (
	feedStep  = 400 // notices
	fewest    = 8   // entries
	most      = 256
	stepTime  = 10 * time.Millisecond
	mostWords = 200_000 // that are known to be stored
	quiet     = 300 * time.Millisecond
	poll      = time.Second
)

// Indexer keeps the index. On every node of an installation one may run: which of them takes
// a step is decided by the row that says how far the index got.
type Indexer struct {
	*inbox.Keeper
	store IndexStore
	stems *Stems
	// stored are words that are known to be in the database.
	stored map[string]bool
	pace   inbox.Pace // in entries
}

// NewIndexer makes one that stands still.
func NewIndexer(store IndexStore, log *slog.Logger) *Indexer {
	x := &Indexer{store: store, stems: NewStems(), stored: map[string]bool{}, pace: inbox.NewPace(fewest, most, stepTime)}
	x.Keeper = inbox.NewKeeper(inbox.KeeperOptions{Step: x.Step, Quiet: quiet, Poll: poll, Log: log, Failed: "search index not kept"})
	return x
}

// Step takes the next notices of the feed or, when there are none, the next of what was there
// before, newest first. It tells whether there may be more.
func (x *Indexer) Step(ctx context.Context) (more bool, err error) {
	was, err := x.store.Progress(ctx)
	if err != nil {
		return false, fmt.Errorf("read progress: %w", err)
	}
	is := was
	var messages, people []int64
	fresh, first := map[int64]bool{}, map[int64]time.Time{}
	fed, err := x.store.FeedAfter(ctx, was.Feed, feedStep)
	if err != nil {
		return false, err
	}
	for _, n := range fed {
		switch {
		case strings.HasPrefix(n.Type, "message."):
			messages = append(messages, n.ObjectID)
			fresh[n.ObjectID] = fresh[n.ObjectID] || n.Type == "message.created"
			if at, told := first[n.ObjectID]; !told || n.At.Before(at) {
				first[n.ObjectID] = n.At
			}
		case strings.HasPrefix(n.Type, "contact."):
			people = append(people, n.ObjectID)
		}
		is.Feed = n.ID
		if len(messages)+len(people) >= x.pace.Size {
			break
		}
	}
	if len(fed) == 0 {
		if messages, people, err = x.before(ctx, &is); err != nil {
			return false, err
		}
	}
	if is == was {
		return false, nil
	}
	keep := func(m MessageText) bool {
		// What was released since it was indexed is as new, and of another day: it is told of
		// in the moment from which it counts as written, receipts later.
		return len(fed) == 0 || fresh[m.ID] || m.Amended || m.Gone || !first[m.ID].After(m.Created)
	}
	if err := x.enter(ctx, was, is, unique(messages), unique(people), keep); err != nil {
		return false, err
	}
	return true, nil
}

// before takes what was there before the index was begun.
func (x *Indexer) before(ctx context.Context, is *Progress) (messages, people []int64, err error) {
	if is.People > 0 {
		if people, err = x.store.PeopleBelow(ctx, is.People, x.pace.Size); err != nil {
			return nil, nil, fmt.Errorf("list people: %w", err)
		}
		is.People = last(people)
		return nil, people, nil
	}
	if is.Messages > 0 {
		if messages, err = x.store.MessagesBelow(ctx, is.Messages, x.pace.Size); err != nil {
			return nil, nil, fmt.Errorf("list messages: %w", err)
		}
		is.Messages = last(messages)
	}
	return messages, nil, nil
}

// last is below which id there is more; 0 when there was nothing.
func last(ids []int64) int64 {
	if len(ids) == 0 {
		return 0
	}
	return ids[len(ids)-1]
}

// unique sorts ids, each once: an index takes ascending ones with less work.
func unique(ids []int64) []int64 {
	slices.Sort(ids)
	return slices.Compact(ids)
}

// enter writes a step. keep leaves out messages of which the index holds what it would get.
func (x *Indexer) enter(ctx context.Context, was, is Progress, messages, people []int64, keep func(MessageText) bool) error {
	texts, err := x.store.IndexedMessages(ctx, messages)
	if err != nil {
		return fmt.Errorf("read messages: %w", err)
	}
	texts = slices.DeleteFunc(texts, func(m MessageText) bool { return !keep(m) })
	persons, err := x.store.IndexedPeople(ctx, people)
	if err != nil {
		return fmt.Errorf("read people: %w", err)
	}
	entries, folk := MessageDocuments(texts, x.stems), PersonDocuments(persons, x.stems)
	words := x.unknown(entries, folk)
	entered, took, err := x.store.Enter(ctx, was, is, entries, folk, words)
	if err != nil {
		return fmt.Errorf("enter %d messages and %d people: %w", len(entries), len(folk), err)
	}
	if entered {
		x.learn(words)
	}
	x.pace.Took(len(entries)+len(folk), took)
	return nil
}

// unknown lists the words of entries that are not known to be stored: those of texts, names of
// files and names of people, not the other tokens.
func (x *Indexer) unknown(messages, people []Document) []string {
	var out []string
	seen := map[string]bool{}
	add := func(list []Document, prefix string) {
		for _, d := range list {
			for _, token := range d.Tokens {
				word := prefix + token
				if strings.ContainsRune(strings.TrimPrefix(token, fileName), ':') || x.stored[word] || seen[word] {
					continue
				}
				seen[word] = true
				out = append(out, word)
			}
		}
	}
	add(messages, "")
	add(people, ofPeople)
	slices.Sort(out)
	return out
}

func (x *Indexer) learn(words []string) {
	if len(x.stored)+len(words) > mostWords {
		clear(x.stored)
	}
	for _, w := range words {
		x.stored[w] = true
	}
}
