package history

import (
	"context"

	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/inbox/pipeline"
)

// Store is what reading histories needs of the database.
type Store interface {
	// HistoryOf returns a page of the lines of an object that the viewer may see, the latest
	// first. A contact's are also those of all who became part of it.
	HistoryOf(ctx context.Context, v actor.Viewer, noun Noun, id int64, cursor string, limit int) (page Page, found bool, err error)
	// Latest returns for each of the fields the line that made it what it is (From of the
	// change); where there is none, one that says nothing but that.
	Latest(ctx context.Context, v actor.Viewer, noun Noun, id int64, fields []Change) ([]Line, error)
}

// Page is a piece of a history. Next is the cursor of the following piece, "" at the end.
type Page struct {
	Of    int64 // whose it is: not the one asked for when that has become part of another
	Items []Line
	Next  string
}

// Service reads histories. Safe for concurrent use.
type Service struct{ store Store }

// New returns a Service.
func New(store Store) *Service { return &Service{store: store} }

// missing is what is said of objects that are not there, or that the viewer may not see.
var missing = map[Noun]error{Contact: contact.ErrNoContact, Lead: pipeline.ErrNoLead, Request: pipeline.ErrNoRequest}

// bounds of a page.
const (
	usual = 30
	most  = 100
)

// Of returns a page of the history of an object, the latest line first.
func (s *Service) Of(ctx context.Context, v actor.Viewer, noun Noun, id int64, cursor string, limit int) (Page, error) {
	if limit <= 0 {
		limit = usual
	}
	page, found, err := s.store.HistoryOf(ctx, v, noun, id, cursor, min(limit, most))
	if err == nil && !found {
		err = missing[noun]
	}
	return page, err
}
