package vk

import (
	"context"
	"errors"
	"io"
	"net/http"
	"path"
	"strconv"
	"strings"

	"parley/channels"
)

// Fetch implements channels.Fetcher. A reference names the message and the attachment; the address
// with its access key is asked for anew, so nothing that opens the file is stored.
func (a *Account) Fetch(ctx context.Context, m channels.Media, to channels.Files) (channels.File, error) {
	remote, which, _ := strings.Cut(m.Ref, " ")
	peer, number, err := messageID(remote)
	if err != nil {
		return channels.File{}, err
	}
	holder, err := a.reload(ctx, peer, number)
	if err != nil {
		return channels.File{}, err
	}
	f, ok := search(&holder, which, 0)
	if !ok {
		return channels.File{}, failure(channels.Permanent, CodeGone, nil)
	}
	file, err := a.download(ctx, f, to)
	if err != nil {
		return channels.File{}, err
	}
	return file, nil
}

// search finds an attachment in a message and those within it.
func search(m *message, which string, depth int) (found, bool) {
	if depth > maxDepth {
		return found{}, false
	}
	for _, list := range m.posts() {
		for _, at := range list {
			if f, ok := locate(at); ok && f.id == which {
				return f, true
			}
		}
	}
	for i := range m.Forwarded {
		if f, ok := search(&m.Forwarded[i], which, depth+1); ok {
			return f, true
		}
	}
	return found{}, false
}

// posts are a message's attachments, followed by those of posts among them.
func (m *message) posts() [][]attachment {
	lists := [][]attachment{m.Attachments}
	for level := 0; level < len(lists) && level < maxMedia; level++ {
		for _, at := range lists[level] {
			if at.Type == "wall" || at.Type == "wall_reply" {
				v := read[shown](at)
				lists = append(lists, v.Attachments, flatten(v.Copied))
			}
		}
	}
	return lists
}

func (a *Account) download(ctx context.Context, f found, to channels.Files) (channels.File, *channels.Error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, f.url, nil)
	if err != nil {
		return channels.File{}, failure(channels.Permanent, CodeGone, errors.New("the file's address is unusable"))
	}
	resp, err := a.env.HTTP.Do(req)
	if err != nil {
		return channels.File{}, failure(channels.Transient, CodeUnreachable, bare(err))
	}
	defer resp.Body.Close() //nolint:errcheck // it has been read
	switch s := resp.StatusCode; {
	case s == http.StatusNotFound || s == http.StatusGone || s == http.StatusForbidden:
		return channels.File{}, failure(channels.Permanent, CodeGone, errors.New("HTTP status "+strconv.Itoa(s)))
	case s != http.StatusOK:
		return channels.File{}, failure(channels.Transient, CodeUnavailable, errors.New("HTTP status "+strconv.Itoa(s)))
	case resp.ContentLength > maxFile:
		return channels.File{}, failure(channels.Permanent, CodeFileBig, nil)
	}
	f.fit(resp.Header.Get("Content-Type"))
	body := &counted{r: resp.Body}
	stored, err := to.Put(ctx, f.media.Name, f.media.Type, body, maxFile)
	switch {
	case err != nil && body.n > maxFile:
		return channels.File{}, failure(channels.Permanent, CodeFileBig, nil)
	case err != nil:
		return channels.File{}, failure(channels.Transient, CodeUnavailable, bare(err))
	}
	return stored, nil
}

// fit corrects what was announced by what came: VK serves some pictures as WebP or PNG.
func (f *found) fit(mediaType string) {
	mediaType, _, _ = strings.Cut(mediaType, ";")
	ext := map[string]string{"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "image/gif": ".gif"}[mediaType]
	if f.media.Kind == channels.MediaPhoto || f.media.Kind == channels.MediaSticker {
		if ext != "" {
			f.media.Type, f.media.Name = mediaType, strings.TrimSuffix(f.media.Name, path.Ext(f.media.Name))+ext
		}
	}
	if f.media.Type == "" {
		f.media.Type = first(mediaType, "application/octet-stream")
	}
}

// counted counts what was read.
type counted struct {
	r io.Reader
	n int64
}

// Read implements io.Reader.
func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err //nolint:wrapcheck // readers compare io.EOF
}
