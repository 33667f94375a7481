package links

import (
	"context"
	"net/http"

	"parley/web/rest"
)

// AccountTest is what a try of an account's configuration showed.
type AccountTest struct {
	OK   bool   `json:"ok"`
	Code string `json:"code"`
	Text string `json:"text" doc:"What the network said, for people."`
}

func (l *Links) declareStates(api *rest.API) {
	write := rest.Write("accounts").For(connectors...)
	rest.Add(api, rest.Op{
		ID: "test-account", Method: http.MethodPost, Path: "/accounts/{id}/test", Need: write, Summary: "Try an account's configuration",
	}, func(ctx context.Context, who rest.Caller, in *ByAccount) (*rest.Body[AccountTest], error) {
		r, err := l.accounts.Test(ctx, who.Viewer, in.account())
		if err != nil {
			return nil, err
		}
		return rest.Reply(AccountTest{OK: r.OK, Code: r.Code, Text: r.Text}), nil
	})
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
