package people

import (
	"context"
	"net/http"
	"time"

	"parley/internal/auth"
	"parley/web/rest"
)

// APIKey lets a program in.
type APIKey struct {
	ID         rest.ID    `json:"id"`
	Name       string     `json:"name"`
	Prefix     string     `json:"prefix" doc:"The beginning of the key, to tell keys apart."`
	Scopes     []string   `json:"scopes" doc:"Such as conversations:read; empty is everything."`
	CreatedAt  time.Time  `json:"created_at"`
	LastUsedAt *time.Time `json:"last_used_at"`
	Key        string     `json:"key,omitempty" doc:"The key itself; shown once."`
}

type newKey struct {
	Name   string   `json:"name" maxLength:"200"`
	Scopes []string `json:"scopes,omitempty" maxItems:"100"`
}

func (p *People) declareKeys(api *rest.API) {
	rest.Add(api, rest.Op{
		ID: "list-api-keys", Method: http.MethodGet, Path: "/api-keys", Need: rest.Read("api-keys").For(auth.RoleAdmin),
		Summary: "Every API key",
	}, func(ctx context.Context, who rest.Caller, in *rest.Paging) (*rest.Body[rest.Page[APIKey]], error) {
		all, err := p.auth.APIKeys(ctx, who.Auth)
		if err != nil {
			return nil, err
		}
		return rest.Slice(all, *in, func(k auth.APIKey) auth.APIKeyID { return k.ID }, showKey)
	})
	rest.Add(api, rest.Op{
		ID: "create-api-key", Method: http.MethodPost, Path: "/api-keys", Need: rest.Write("api-keys").For(auth.RoleAdmin), Status: http.StatusCreated,
		Summary: "Make an API key; a key makes none that may do more than itself",
		Secret:  true,
	}, func(ctx context.Context, who rest.Caller, in *struct{ Body newKey }) (*rest.Body[APIKey], error) {
		k, text, err := p.auth.CreateAPIKey(ctx, who.Auth, in.Body.Name, in.Body.Scopes)
		if err != nil {
			return nil, err
		}
		out := showKey(k)
		out.Key = text.Reveal()
		return rest.Reply(out), nil
	})
	rest.Add(api, rest.Op{
		ID: "delete-api-key", Method: http.MethodDelete, Path: "/api-keys/{id}", Need: rest.Write("api-keys").For(auth.RoleAdmin),
		Summary: "Revoke an API key at once",
	}, func(ctx context.Context, who rest.Caller, in *byID) (*rest.None, error) {
		return nil, p.told(p.auth.DeleteAPIKey(ctx, who.Auth, rest.Num[auth.APIKeyID](in.ID)))
	})
}

func showKey(k auth.APIKey) APIKey {
	return APIKey{
		ID: rest.IDOf(k.ID), Name: k.Name, Prefix: k.Prefix, Scopes: append([]string{}, k.Scopes...),
		CreatedAt: rest.Time(k.CreatedAt), LastUsedAt: rest.TimeOrNull(k.LastUsedAt),
	}
}
