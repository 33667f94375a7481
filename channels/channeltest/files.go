package channeltest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"sync"

	"parley/channels"
)

// Files keeps attachments in memory. The zero value is ready and safe for concurrent use.
type Files struct {
	mu    sync.Mutex
	bytes map[string][]byte
}

var _ channels.Files = (*Files)(nil)

// Put implements channels.Files.
func (f *Files) Put(_ context.Context, name, mediaType string, r io.Reader, limit int64) (channels.File, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return channels.File{}, fmt.Errorf("read file: %w", err)
	}
	if int64(len(data)) > limit {
		return channels.File{}, errors.New("the file is too large")
	}
	sum := sha256.Sum256(data)
	hash := hex.EncodeToString(sum[:])
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.bytes == nil {
		f.bytes = map[string][]byte{}
	}
	f.bytes[hash] = data
	return channels.File{Hash: hash, Name: name, Type: mediaType, Size: int64(len(data))}, nil
}

// Open implements channels.Files.
func (f *Files) Open(_ context.Context, file channels.File) (io.ReadCloser, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	data, ok := f.bytes[file.Hash]
	if !ok {
		return nil, errors.New("no such file")
	}
	return io.NopCloser(bytes.NewReader(data)), nil
}
