package twilio

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"

	"parley/channels"
)

// maxFile bounds a file of a message, in bytes: Twilio takes 5 MB in (accepted-mime-types,
// 2026-11-22), and some more does no harm.
const maxFile = 10 << 20

// Fetch implements channels.Fetcher.
func (a *Account) Fetch(ctx context.Context, m channels.Media, to channels.Files) (channels.File, error) {
	if !strings.HasPrefix(m.Ref, version) {
		return channels.File{}, failure(channels.Permanent, codeFileLink, nil)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, a.Base+m.Ref, nil)
	if err != nil {
		return channels.File{}, failure(channels.Permanent, codeFileLink, nil)
	}
	req.SetBasicAuth(a.AccountSID, a.AuthToken) // net/http keeps it from other hosts that Twilio leads to
	res, err := channels.Unhurried(a.env.HTTP).Do(req)
	if err != nil {
		var inURL *url.Error
		if errors.As(err, &inURL) {
			err = inURL.Err
		}
		return channels.File{}, failure(channels.Transient, channels.CodeUnreachable, err)
	}
	defer res.Body.Close()
	switch {
	case res.StatusCode == http.StatusNotFound || res.StatusCode == http.StatusGone:
		return channels.File{}, failure(channels.Permanent, codeFileGone, nil)
	case res.StatusCode == http.StatusUnauthorized:
		return channels.File{}, &channels.Error{Kind: channels.AuthFailed, Code: codeOf(20003), Scope: channels.ScopeAccount, Text: codes[20003].words.EN}
	case res.StatusCode != http.StatusOK:
		return channels.File{}, failure(channels.Transient, codeFileStatus, channels.Said("HTTP "+strconv.Itoa(res.StatusCode)))
	case res.ContentLength > maxFile:
		return channels.File{}, failure(channels.Permanent, channels.CodeFileTooLarge, nil)
	}
	kind := m.Type
	if kind == "" {
		kind = res.Header.Get("Content-Type")
	}
	f, err := to.Put(ctx, path.Base(m.Ref), kind, res.Body, maxFile)
	if err != nil {
		return channels.File{}, failure(channels.Transient, codeNotStored, err)
	}
	return f, nil
}
