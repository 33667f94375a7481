package telegram

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"parley/channels"
)

// Fetch implements channels.Fetcher: the file's path is asked for anew, for it is good for an hour alone. How long
// it may take is the caller's.
func (a *Account) Fetch(ctx context.Context, m channels.Media, to channels.Files) (channels.File, error) {
	if m.Size > maxDownload {
		return channels.File{}, failure(channels.Permanent, channels.CodeFileTooLarge)
	}
	var f *models.File
	if err := a.call(ctx, func(ctx context.Context) (err error) {
		f, err = a.bot.GetFile(ctx, &bot.GetFileParams{FileID: m.Ref})
		return err
	}); err != nil {
		return channels.File{}, nothingSent(err)
	}
	switch {
	case f.FileSize > maxDownload:
		return channels.File{}, failure(channels.Permanent, channels.CodeFileTooLarge)
	case f.FilePath == "" || strings.HasPrefix(f.FilePath, "/"): // a local server's, which only its machine can open
		return channels.File{}, failure(channels.Permanent, CodeFile)
	}
	return a.download(ctx, m, f, to)
}

func (a *Account) download(ctx context.Context, m channels.Media, f *models.File, to channels.Files) (channels.File, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, a.bot.FileDownloadLink(f), nil)
	if err != nil {
		return channels.File{}, failure(channels.Permanent, CodeFile)
	}
	res, err := a.wire.http.Do(r)
	if err != nil {
		e := failure(channels.Transient, CodeUnreachable)
		e.Err = a.wire.harmless(err)
		return channels.File{}, e
	}
	defer res.Body.Close()
	switch {
	case res.StatusCode == http.StatusNotFound:
		return channels.File{}, failure(channels.Permanent, CodeFile)
	case res.StatusCode != http.StatusOK:
		return channels.File{}, failure(channels.Transient, CodeServer)
	}
	file, err := to.Put(ctx, m.Name, m.Type, res.Body, maxDownload)
	if err != nil {
		e := failure(channels.Transient, CodeFile)
		e.Err = a.wire.harmless(errors.Join(err))
		return channels.File{}, e
	}
	return file, nil
}
