package letters

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"parley/internal/fault"
	"parley/web/rest"
)

// Bounds on what is fetched for readers.
const (
	// MaxPicture is how large a picture from elsewhere may be, in bytes.
	MaxPicture = 10 << 20
	// PictureTimeout bounds fetching one, redirects and body included.
	PictureTimeout = 15 * time.Second

	fetchAtOnce = 8 // pictures in memory on this node
)

// Errors of pictures from elsewhere.
var (
	ErrNoPicture = fault.New(fault.NotFound, "picture_not_found", fault.T(
		"Такой картинки нет.", "There is no such picture."))
	ErrNotFetched = fault.New(fault.Unavailable, "picture_not_fetched", fault.T(
		"Картинку не удалось получить.", "The picture could not be fetched."))
)

// proxy fetches pictures for readers, so that the far side meets nobody but us.
type proxy struct {
	client *http.Client
	log    *slog.Logger
	turns  chan struct{}
}

func newProxy(client *http.Client, log *slog.Logger) *proxy {
	return &proxy{client: discreet(client), log: log, turns: make(chan struct{}, fetchAtOnce)}
}

// discreet is a client that sends no cookies and does not say, on a redirect, where it
// comes from.
func discreet(client *http.Client) *http.Client {
	if client == nil {
		client = &http.Client{}
	}
	quiet := *client
	quiet.Jar = nil
	follow := client.CheckRedirect
	quiet.CheckRedirect = func(next *http.Request, via []*http.Request) error {
		next.Header.Del("Referer")
		switch {
		case follow != nil:
			return follow(next, via)
		case len(via) >= 5:
			return http.ErrUseLastResponse
		}
		return nil
	}
	return &quiet
}

type pictureInput struct {
	Token string `path:"token" maxLength:"20000"`
}

func (l *Letters) picture(ctx context.Context, _ rest.Caller, in *pictureInput) (*rest.Download, error) {
	address, ok := l.seal.open(in.Token)
	if !ok {
		return nil, ErrNoPicture
	}
	body, kind, err := l.proxy.fetch(ctx, address)
	if err != nil {
		// the address may hold who the mail was for
		l.proxy.log.DebugContext(ctx, "picture not fetched", "request_id", rest.RequestOf(ctx).ID, "error", withoutAddress(err))
		return nil, ErrNotFetched.Because(err)
	}
	sum := sha256.Sum256(body)
	return rest.Send(ctx, rest.Content{
		Name: "picture", Type: kind, Tag: hex.EncodeToString(sum[:16]), Size: int64(len(body)),
		Body: memory{bytes.NewReader(body)}, Keep: "private, max-age=86400",
	}), nil
}

// memory is a body that has nothing to close.
type memory struct{ *bytes.Reader }

// Close implements io.Closer.
func (memory) Close() error { return nil }

// fetch returns a picture and its media type.
func (p *proxy) fetch(ctx context.Context, address string) ([]byte, string, error) {
	ctx, cancel := context.WithTimeout(ctx, PictureTimeout)
	defer cancel()
	select {
	case p.turns <- struct{}{}:
		defer func() { <-p.turns }()
	case <-ctx.Done():
		return nil, "", fmt.Errorf("wait for turn: %w", ctx.Err())
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, "", fmt.Errorf("make request: %w", err)
	}
	req.URL.User = nil
	req.Header.Set("Accept", "image/webp,image/png,image/jpeg,image/gif;q=0.9")
	req.Header.Set("User-Agent", "Mozilla/5.0 (compatible; picture proxy)")
	res, err := p.client.Do(req)
	if err != nil {
		return nil, "", fmt.Errorf("fetch picture: %w", err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, "", fmt.Errorf("fetch picture: status %d", res.StatusCode)
	}
	body, err := io.ReadAll(io.LimitReader(res.Body, MaxPicture+1))
	if err != nil {
		return nil, "", fmt.Errorf("read picture: %w", err)
	}
	if len(body) > MaxPicture {
		return nil, "", errTooLarge
	}
	kind, err := rasterType(body)
	return body, kind, err
}

var errTooLarge = errors.New("picture is too large")

// withoutAddress is an error without the address that was called.
func withoutAddress(err error) error {
	var at *url.Error
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}
