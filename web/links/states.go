package links

import (
	"context"
	"net/http"

	"parley/web/rest"
)

func (l *Links) declareStates(api *rest.API) {
	write := rest.Write("accounts").For(connectors...)
	rest.Add(api, rest.Op{
		ID: "pause-account", Method: http.MethodPost, Path: "/accounts/{id}/pause", Need: write, Summary: "Disconnect an account for now",
	}, func(ctx context.Context, who rest.Caller, in *ByAccount) (*rest.Body[Account], error) {
		a, err := l.accounts.Pause(ctx, who.Viewer, in.account())
		return l.one(who, a, err)
	})
	rest.Add(api, rest.Op{
		ID: "resume-account", Method: http.MethodPost, Path: "/accounts/{id}/resume", Need: write, Summary: "Connect a paused account again",
	}, func(ctx context.Context, who rest.Caller, in *ByAccount) (*rest.Body[Account], error) {
		a, err := l.accounts.Resume(ctx, who.Viewer, in.account())
		return l.one(who, a, err)
	})
}
