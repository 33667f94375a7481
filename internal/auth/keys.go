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
	k, text, err := s.createAPIKey(ctx, v, name, scopes)
	if err != nil {
		return APIKey{}, secret.String{}, err
	}
	return k, text, nil
}

func (s *Service) createAPIKey(ctx context.Context, v Viewer, name string, scopes []string) (k APIKey, text secret.String, err error) {
	if !v.IsAdmin() {
		return k, text, ErrForbidden
	}
	if k.Name, err = cleanName("name", name); err != nil {
		return k, text, err
	}
	if k.Scopes, err = ParseScopes(scopes, s.nouns); err != nil {
		return k, text, err
	}
	if v.Key != 0 && !k.Scopes.Within(v.Scopes) {
		return k, text, ErrForbidden
	}
	if k.ID, err = id[APIKeyID](ctx, s); err != nil {
		return k, text, err
	}
	k.CreatedAt = s.now()
	// Prefixes have 40 random bits: a second try is rare, a third is a bug.
	for range 3 {
		k.Prefix, text = newKeyText()
		k.Hash = HashToken(text.Reveal())
		err = s.store.Write(ctx, func(ctx context.Context) error { return s.store.InsertAPIKey(ctx, k) })
		if !errors.Is(err, ErrTaken) {
			break
		}
	}
	return k, text, said(err, "make API key", nil, nil)
}

// DeleteAPIKey revokes a key at once. Admins only.
func (s *Service) DeleteAPIKey(ctx context.Context, v Viewer, key APIKeyID) error {
	if !v.IsAdmin() {
		return ErrForbidden
	}
	err := s.store.Write(ctx, func(ctx context.Context) error { return s.store.DeleteAPIKey(ctx, key) })
	return said(err, "delete API key", ErrNoKey, nil)
}
