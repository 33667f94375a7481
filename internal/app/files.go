package app

import (
	"context"
	"io"

	"parley/channels"
	"parley/internal/blob"
)

// fileShelf lends adapters the blob store.
type fileShelf struct{ blobs blob.Store }

var _ channels.Files = (*fileShelf)(nil)

func (f *fileShelf) Put(ctx context.Context, name, mediaType string, r io.Reader, most int64) (channels.File, error) {
	ref, err := f.blobs.Put(ctx, r, most)
	return channels.File{Hash: ref.Hash, Name: name, Type: mediaType, Size: ref.Size}, err
}

func (f *fileShelf) Open(ctx context.Context, file channels.File) (io.ReadCloser, error) {
	r, _, err := f.blobs.Open(ctx, file.Hash)
	return r, err
}
