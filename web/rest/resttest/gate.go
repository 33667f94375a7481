package resttest

import (
	"context"

	"parley/internal/auth"
)

// Gate lets in whoever's name is the token or the key.
type Gate map[string]auth.Viewer

// Authenticate is that of rest.Gate.
func (g Gate) Authenticate(_ context.Context, token string) (auth.Principal, error) {
	v, ok := g[token]
	if !ok {
		return auth.Principal{}, auth.ErrUnauthenticated
	}
	return auth.Principal{Viewer: v}, nil
}

// AuthenticateKey is that of rest.Gate.
func (g Gate) AuthenticateKey(_ context.Context, text string) (auth.Viewer, error) {
	v, ok := g[text]
	if !ok {
		return auth.Viewer{}, auth.ErrBadKey
	}
	return v, nil
}
