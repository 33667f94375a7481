package links

import (
	"context"
	"net/http"

	"parley/accounts"
	"parley/channels"
	"parley/internal/fault"
	"parley/web/rest"
)

type newAccount struct {
	Kind   channels.Kind       `json:"kind" maxLength:"40"`
	Name   string              `json:"name" maxLength:"200"`
	Config map[string]any      `json:"config,omitempty"`
	TeamID rest.Maybe[rest.ID] `json:"team_id,omitempty" required:"false"`
}

type accountPatch struct {
	Kind   *channels.Kind      `json:"kind,omitempty" doc:"Cannot be changed; may be sent back as it was."`
	Name   *string             `json:"name,omitempty" maxLength:"200"`
	Config map[string]any      `json:"config,omitempty" doc:"The values to change; null takes one away."`
	TeamID rest.Maybe[rest.ID] `json:"team_id,omitempty" required:"false"`

	Archived *bool `json:"archived,omitempty" doc:"true disconnects it and keeps it for its conversations; false brings it back with its settings."`
}

// ListedAccounts says which accounts to list.
type ListedAccounts struct {
	rest.Paging
	Archived bool `query:"archived" required:"false" doc:"The archived ones in place of the others."`
}

func (l *Links) declareAccounts(api *rest.API) {
	read, write := rest.Read("accounts"), rest.Write("accounts").For(connectors...)
	rest.Add(api, rest.Op{
		ID: "list-accounts", Method: http.MethodGet, Path: "/accounts", Need: read, Summary: "Connected accounts",
	}, func(ctx context.Context, who rest.Caller, in *ListedAccounts) (*rest.Body[rest.Page[Account]], error) {
		list := l.accounts.List
		if in.Archived {
			list = l.accounts.Archived
		}
		all, err := list(ctx, who.Viewer)
		if err != nil {
			return nil, err
		}
		sizes, err := l.quarantineSizes(ctx, who)
		if err != nil {
			return nil, err
		}
		return rest.Slice(all, in.Paging, func(a accounts.Account) channels.AccountID { return a.ID }, func(a accounts.Account) Account {
			out := l.show(who)(a)
			out.Quarantined = sizes[a.ID]
			return out
		})
	})
	rest.Add(api, rest.Op{
		ID: "create-account", Method: http.MethodPost, Path: "/accounts", Need: write, Status: http.StatusCreated, Summary: "Connect an account",
	}, func(ctx context.Context, who rest.Caller, in *struct{ Body newAccount }) (*rest.Body[Account], error) {
		b := in.Body
		a, err := l.accounts.Create(ctx, who.Viewer, accounts.Draft{
			Kind: b.Kind, Name: b.Name, Config: b.Config, TeamID: rest.Num[int64](b.TeamID.Value),
		})
		return l.one(who, a, err)
	})
	rest.Add(api, rest.Op{
		ID: "get-account", Method: http.MethodGet, Path: "/accounts/{id}", Need: read, Summary: "One account",
	}, func(ctx context.Context, who rest.Caller, in *ByAccount) (*rest.Body[Account], error) {
		a, err := l.accounts.Get(ctx, who.Viewer, in.account())
		return l.one(who, a, err)
	})
	rest.Add(api, rest.Op{
		ID: "update-account", Method: http.MethodPatch, Path: "/accounts/{id}", Need: write, Summary: "Change an account",
	}, func(ctx context.Context, who rest.Caller, in *struct {
		ByAccount
		Body accountPatch
	}) (*rest.Body[Account], error) {
		a, err := l.change(ctx, who, in.account(), in.Body)
		return l.one(who, a, err)
	})
	rest.Add(api, rest.Op{
		ID: "delete-account", Method: http.MethodDelete, Path: "/accounts/{id}", Need: write,
		Summary: "Remove an account; one with conversations is refused unless archive is true",
	}, func(ctx context.Context, who rest.Caller, in *struct {
		ByAccount
		Archive bool `query:"archive" required:"false" doc:"Keep it for its conversations, disconnected."`
	}) (*rest.None, error) {
		return nil, l.accounts.Delete(ctx, who.Viewer, in.account(), in.Archive)
	})
}

func (l *Links) change(ctx context.Context, who rest.Caller, id channels.AccountID, b accountPatch) (accounts.Account, error) {
	if b.Kind != nil {
		before, err := l.accounts.Get(ctx, who.Viewer, id)
		if err != nil {
			return before, err
		}
		if before.Kind != *b.Kind {
			return before, fault.InvalidField("kind", "fixed", fault.T(
				"Вид канала не меняется. Подключите новый канал.", "An account's kind does not change. Connect another account."))
		}
	}
	return l.accounts.Patch(ctx, who.Viewer, id, accounts.Patch{
		Name: b.Name, Config: b.Config, TeamID: rest.NumPtr[int64](b.TeamID), Archived: b.Archived,
	})
}

func (l *Links) one(who rest.Caller, a accounts.Account, err error) (*rest.Body[Account], error) {
	if err != nil {
		return nil, err
	}
	return rest.Reply(l.show(who)(a)), nil
}
