package desk

import (
	"context"
	"net/http"

	"parley/inbox/suppression"
	"parley/internal/auth"
	"parley/web/rest"
)

// Suppression is somebody who wants no messages by a kind of network.
type Suppression struct {
	ID      rest.ID `json:"id"`
	Scope   string  `json:"scope" doc:"Of the address, such as phone."`
	Address string  `json:"address"`
	Stop
}

func showSuppression(s suppression.Suppression) Suppression {
	return Suppression{ID: rest.IDOf(s.ID), Scope: s.Scope, Address: s.Address, Stop: showStop(s)}
}

func (d *Desk) declareSuppressions(api *rest.API) {
	rest.Add(api, rest.Op{
		ID: "list-suppressions", Method: http.MethodGet, Path: "/suppressions", Need: rest.Read("contacts").For(auth.RoleAdmin, auth.RoleLead),
		Summary: "Everybody who asked for no more messages, the newest first",
	}, func(ctx context.Context, who rest.Caller, in *rest.Paging) (*rest.Body[rest.Page[Suppression]], error) {
		limit := 50
		if in.Limit > 0 {
			limit = in.Limit
		}
		list, next, err := d.inbox.Suppressed(ctx, who.Viewer, in.Cursor, limit)
		if err != nil {
			return nil, err
		}
		return rest.List(list, next, showSuppression), nil
	})
	rest.Add(api, rest.Op{
		ID: "remove-suppression", Method: http.MethodDelete, Path: "/suppressions/{id}", Need: rest.Write("contacts").For(auth.RoleAdmin, auth.RoleLead),
		Summary: "Let somebody be written to again who asked for no more messages",
	}, func(ctx context.Context, who rest.Caller, in *ByID) (*rest.None, error) {
		return nil, d.inbox.Unsuppress(ctx, who.Viewer, rest.Num[int64](in.ID))
	})
}
