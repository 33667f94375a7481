package auth

import (
	"context"
	"errors"

	"parley/internal/secret"
)

// APIKeys lists every key, ascending by id. Admins only.
func (s *Service) APIKeys(ctx context.Context, v Viewer) ([]APIKey, error) {
	if !v.IsAdmin() {
		return nil, ErrForbidden
	}
	all, err := s.store.APIKeys(ctx)
	return all, said(err, "list API keys", nil, nil)
}

// CreateAPIKey makes a key and returns its text, which cannot be had again. No
// scopes means everything. Admins only; a key makes no key that may do more than
// itself.
func (s *Service) CreateAPIKey(ctx context.Context, v Viewer, name string, scopes []string) (APIKey, secret.String, error) {
	none := secret.String{}
	if !v.IsAdmin() {
		return APIKey{}, none, ErrForbidden
	}
	k := APIKey{CreatedAt: s.now()}
	var err error
	if k.Name, err = cleanName("name", name); err != nil {
		return APIKey{}, none, err
	}
	if k.Scopes, err = ParseScopes(scopes, s.nouns); err != nil {
		return APIKey{}, none, err
	}
	if v.Key != 0 && !k.Scopes.Within(v.Scopes) {
		return APIKey{}, none, ErrForbidden
	}
	if k.ID, err = id[APIKeyID](ctx, s); err != nil {
		return APIKey{}, none, err
	}
	// Prefixes have 40 random bits: a second try is rare, a third is a bug.
	for range 3 {
		prefix, text := newKeyText()
		k.Prefix, k.Hash = prefix, HashToken(text.Reveal())
		err = s.store.Write(ctx, func(ctx context.Context) error { return s.store.InsertAPIKey(ctx, k) })
		if err == nil {
			return k, text, nil
		}
		if !errors.Is(err, ErrTaken) {
			break
		}
	}
	return APIKey{}, none, said(err, "make API key", nil, nil)
}

// DeleteAPIKey revokes a key at once. Admins only.
func (s *Service) DeleteAPIKey(ctx context.Context, v Viewer, key APIKeyID) error {
	if !v.IsAdmin() {
		return ErrForbidden
	}
	err := s.store.Write(ctx, func(ctx context.Context) error { return s.store.DeleteAPIKey(ctx, key) })
	return said(err, "delete API key", ErrNoKey, nil)
}
