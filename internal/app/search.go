package app

import (
	"context"

	"parley/inbox/duplicates"
	"parley/inbox/search"
)

// wireSearch makes what finds messages and people by words: commits wake the one who keeps the
// index, on every node; the database decides whose step counts. Duplicates are looked for on one.
func (a *App) wireSearch() {
	a.Search = search.New(a.Store, a.Now)
	a.indexer = search.NewIndexer(a.Store, a.Log)
	a.finder = duplicates.NewFinder(a.Store, a.nodeID(), a.Log)
}

// Reindex has the search index made anew, by the server that runs or by the next that starts.
func (b *Base) Reindex(ctx context.Context) error { return b.Store.Reindex(ctx) }
