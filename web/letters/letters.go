package letters

import (
	"context"
	"log/slog"
	"net/http"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/web/rest"
)

// Messages returns a message that the viewer may see; inbox.Service has it.
type Messages interface {
	Message(ctx context.Context, v actor.Viewer, id inbox.MessageID) (inbox.Message, error)
}

// Deps is what Letters are made of.
type Deps struct {
	Messages Messages
	// Fold wraps the quoted part of a mail's HTML in <details class="parley-quote"> with
	// a label. It gets HTML as it came. Nil folds nothing.
	Fold func(html, label string) string
	// Client fetches pictures; it must refuse addresses that are not public.
	Client *http.Client
	// Key seals the addresses of pictures: 32 bytes that serve nothing else.
	Key []byte
	Log *slog.Logger
}

// Letters declares the operations of this package.
type Letters struct {
	messages Messages
	fold     func(html, label string) string
	seal     *seal
	proxy    *proxy
}

// New makes Letters.
func New(d Deps) *Letters {
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	if d.Fold == nil {
		d.Fold = func(html, _ string) string { return html }
	}
	return &Letters{messages: d.Messages, fold: d.Fold, seal: newSeal(d.Key), proxy: newProxy(d.Client, d.Log)}
}

// Declare adds the operations to an API.
func (l *Letters) Declare(api *rest.API) {
	rest.Add(api, rest.Op{
		ID: "get-message-html", Method: http.MethodGet, Path: "/messages/{id}/html", Need: rest.Read("conversations"),
		Summary: "Read a message as a page for a sandboxed frame",
	}, l.page)
	rest.Add(api, rest.Op{
		ID: "get-picture", Method: http.MethodGet, Path: picturePath + "/{token}", Need: rest.Read("conversations"),
		Summary: "See a picture that a message's page names and that is elsewhere",
	}, l.picture)
}
