package app_test

import (
	"context"
	"errors"
	"io"
	"testing"
	"testing/synctest"
	"time"

	"parley/channels"
	"parley/internal/app"
)

// drip is a file of which a byte comes every pause, until all have come or ctx ends.
type drip struct {
	ctx   context.Context // as a response's body, which ends with its request
	pause time.Duration
	left  int
}

func (d *drip) Read(p []byte) (int, error) {
	if d.left == 0 {
		return 0, io.EOF
	}
	select {
	case <-d.ctx.Done():
		return 0, d.ctx.Err()
	case <-time.After(d.pause):
	}
	d.left--
	p[0] = 'x'
	return 1, nil
}

// kept are files that count what they are given.
type kept struct{ channels.Files }

func (kept) Put(_ context.Context, name, _ string, r io.Reader, most int64) (channels.File, error) {
	n, err := io.Copy(io.Discard, io.LimitReader(r, most))
	return channels.File{Name: name, Size: n, Hash: "h"}, err
}

func TestSlowFilesArriveAndStalledOnesDoNot(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		first, pause time.Duration
		bytes        int
		size         int64
		stalled      bool
	}{
		"slow for a quarter of an hour": {pause: 20 * time.Second, bytes: 45, size: 45},
		"stalls between two bytes":      {pause: 31 * time.Second, bytes: 2, stalled: true},
		"never begins":                  {first: 31 * time.Second, pause: time.Second, bytes: 1, stalled: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, files, stop := app.WhileMoving(t.Context(), kept{})
				defer stop()
				time.Sleep(c.first)
				f, err := files.Put(ctx, "film.mp4", "video/mp4", &drip{ctx, c.pause, c.bytes}, 100)
				if c.stalled != errors.Is(err, app.ErrStalled) || !c.stalled && (err != nil || f.Size != c.size) {
					t.Errorf("%+v %v", f, err)
				}
			})
		})
	}
}
