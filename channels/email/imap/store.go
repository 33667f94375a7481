package imap

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"

	"parley/channels"
)

// smallMail is up to how many bytes a mail is held in memory on its way; larger ones
// stream into the store and are read from there.
const smallMail = 256 << 10

// mailType is the media type of a mail as it came.
const mailType = "message/rfc822"

// putMail stores a mail as it came.
func putMail(ctx context.Context, files channels.Files, r io.Reader) (f channels.File, body string, err error) {
	b := newBodyHash()
	f, err = files.Put(ctx, "message.eml", mailType, io.TeeReader(r, b), MaxMail)
	if err != nil {
		return channels.File{}, "", fmt.Errorf("store mail: %w", err)
	}
	return f, b.sum(), nil
}

// bodyHash hashes what follows the first empty line, in whatever way lines end: the copies
// of a mail differ in their headers and in nothing else.
type bodyHash struct {
	sum256 hash.Hash
	body   bool
	line   int // bytes of the current line of the header, without its end
}

func newBodyHash() *bodyHash { return &bodyHash{sum256: sha256.New()} }

// Write implements io.Writer.
func (b *bodyHash) Write(p []byte) (int, error) {
	n := len(p)
	for !b.body && len(p) > 0 {
		end := bytes.IndexByte(p, '\n')
		if end < 0 {
			b.line += len(bytes.TrimRight(p, "\r"))
			return n, nil
		}
		b.line += len(bytes.TrimRight(p[:end], "\r"))
		p = p[end+1:]
		b.body = b.line == 0
		b.line = 0
	}
	b.sum256.Write(p)
	return n, nil
}

func (b *bodyHash) sum() string { return hex.EncodeToString(b.sum256.Sum(nil)[:8]) }

// BodyOf is Mail.Body of a mail as stored.
func BodyOf(r io.Reader) (string, error) {
	b := newBodyHash()
	if _, err := io.Copy(b, r); err != nil {
		return "", fmt.Errorf("read stored mail: %w", err)
	}
	return b.sum(), nil
}

// readStored opens a stored mail for reading.
func readStored(ctx context.Context, files channels.Files, m Mail, read func(io.Reader) error) (err error) {
	r, err := files.Open(ctx, m.Original)
	if err != nil {
		return fmt.Errorf("open stored mail: %w", err)
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	return read(r)
}
