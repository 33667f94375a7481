package desk

import (
	"context"
	"net/http"

	"parley/inbox"
	"parley/internal/fault"
	"parley/web/rest"
)

func (d *Desk) declareOriginal(api *rest.API) {
	rest.Add(api, rest.Op{ID: "get-original", Method: http.MethodGet, Path: "/messages/{id}/original", Need: rest.Read("conversations"), Summary: "Read a mail as it came, as a download"}, d.original)
}

var errNoOriginal = fault.New(fault.NotFound, "no_original", fault.T("Оригинал этого сообщения не хранится.", "This message's original is not kept."))

func (d *Desk) original(ctx context.Context, who rest.Caller, in *ByID) (*rest.Download, error) {
	m, err := d.inbox.Message(ctx, who.Viewer, rest.Num[inbox.MessageID](in.ID))
	if err != nil {
		return nil, err
	}
	if m.Original == "" || d.files == nil {
		return nil, errNoOriginal
	}
	return d.files.Open(ctx, inbox.File{Hash: m.Original, Name: "message-" + string(in.ID) + ".eml", Type: "message/rfc822"})
}
