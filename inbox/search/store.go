package search

import (
	"context"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/contact"
)

// Index is one of the two that are kept.
type Index string

// The indexes: messages with the names of their files, and people.
const (
	OfMessages Index = "messages"
	OfPeople   Index = "people"
)

// Store is what searching needs of the database. What a viewer may not see is left out by its
// own queries.
type Store interface {
	// Progress tells how far the index got.
	Progress(ctx context.Context) (Progress, error)
	// Completions returns stored words that begin so, the shortest first.
	Completions(ctx context.Context, beginning string, limit int) ([]string, error)
	// KnownWords returns those of some words that are stored.
	KnownWords(ctx context.Context, words []string) ([]string, error)
	// Candidates returns the ids of entries that match, descending, below an id: at least n of
	// them, or more may be looked for below next; next is 0 when there are none.
	Candidates(ctx context.Context, index Index, m Match, below int64, n int) (ids []int64, next int64, err error)
	// Few returns the ids, descending and below an id, of every message that the viewer may see and the filter lets pass, and
	// it may be of some others; few is false when they are more than that many, or in more than so many conversations,
	// or when there is no short way to them.
	Few(ctx context.Context, v actor.Viewer, f *Filter, below int64, talks, messages int) (ids []int64, few bool, err error)
	// Among tries at most n of some ids, which descend, below an id, and returns those whose messages match, descending;
	// next is below which it goes on, 0 at the end.
	Among(ctx context.Context, m Match, ids []int64, below int64, n int) (hits []int64, next int64, err error)
	// FoundMessages returns those of some messages, newest first and at most limit, that the
	// viewer may see and the filter lets pass.
	FoundMessages(ctx context.Context, v actor.Viewer, f *Filter, ids []int64, limit int) ([]MessageHit, error)
	// FoundFiles returns all files of those messages, as FoundMessages.
	FoundFiles(ctx context.Context, v actor.Viewer, f *Filter, ids []int64) ([]FileHit, error)
	// FoundPeople returns those of some contacts that the viewer may see, newest first.
	FoundPeople(ctx context.Context, v actor.Viewer, ids []int64, limit int) ([]contact.Contact, error)
	// Numbered returns the conversation and the request that have a number, as far as the
	// viewer may see them.
	Numbered(ctx context.Context, v actor.Viewer, number int64) ([]NumberHit, error)
}

// IndexStore is what keeping the index needs of the database.
type IndexStore interface {
	FeedAfter(ctx context.Context, id int64, limit int) ([]inbox.Fed, error)
	// Progress tells how far the index got.
	Progress(ctx context.Context) (Progress, error)
	// IndexedMessages returns the texts of messages by id; one that is not there is Gone.
	IndexedMessages(ctx context.Context, ids []int64) ([]MessageText, error)
	// IndexedPeople returns the texts of contacts by id, as IndexedMessages.
	IndexedPeople(ctx context.Context, ids []int64) ([]PersonText, error)
	// MessagesBelow and PeopleBelow return ids, descending, at most limit.
	MessagesBelow(ctx context.Context, id int64, limit int) ([]int64, error)
	PeopleBelow(ctx context.Context, id int64, limit int) ([]int64, error)
	// Enter writes entries and the progress in one transaction, unless the progress is no
	// longer what it was: then another node was quicker, nothing is written and entered is
	// false. took is how long the writing itself lasted.
	Enter(ctx context.Context, was, is Progress, messages, people []Document, words []string) (entered bool, took time.Duration, err error)
}

// Progress says what the index holds: every notice of the feed up to Feed, and of what was
// there before the index was begun, all messages and people from those ids upwards.
type Progress struct {
	Feed     int64
	Messages int64
	People   int64
}
