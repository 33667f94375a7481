package app

import (
	"context"
	"errors"
	"io"
	"time"

	"parley/channels"
)

// errStalled says that a network sent nothing for too long.
var errStalled = errors.New("nothing came for too long")

// moving are files for one fetch, whose context ends when nothing comes for fetchStall: before the first byte, and
// between any two. How long it takes in all is as long as it takes.
type moving struct {
	channels.Files
	timer *time.Timer
}

// whileMoving makes the files and the context of one fetch; stop is called when it has ended.
func whileMoving(ctx context.Context, files channels.Files) (within context.Context, m *moving, stop func()) {
	within, end := context.WithCancelCause(ctx)
	m = &moving{files, time.AfterFunc(fetchStall, func() { end(errStalled) })}
	return within, m, func() {
		m.timer.Stop()
		end(nil)
	}
}

// Put implements channels.Files.
func (m *moving) Put(ctx context.Context, name, mediaType string, r io.Reader, most int64) (channels.File, error) {
	f, err := m.Files.Put(ctx, name, mediaType, &movingReader{r, m.timer}, most)
	if err != nil && errors.Is(context.Cause(ctx), errStalled) {
		err = errStalled
	}
	return f, err
}

// movingReader puts the end off with every byte that comes.
type movingReader struct {
	io.Reader
	timer *time.Timer
}

func (r *movingReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	if n > 0 {
		r.timer.Reset(fetchStall)
	}
	return n, err
}
