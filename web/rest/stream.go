package rest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"parley/internal/live"
)

// EventStream is the output of an operation that answers with server-sent events.
type EventStream struct{ Body func(huma.Context) }

// Heartbeat is how often a quiet stream writes a comment, so that both sides notice
// when the other is gone.
const Heartbeat = 15 * time.Second

// writePatience is how long a client may take to accept what is written.
const writePatience = 30 * time.Second

// Stream answers with server-sent events that run writes. run's context ends when the
// server shuts down; run ends, with whatever error, when writing fails because the
// client is gone. It gets the request's values but not its deadline.
func (a *API) Stream(ctx context.Context, run func(ctx context.Context, out *EventWriter) error) *EventStream {
	return &EventStream{Body: func(hctx huma.Context) {
		c := rawOf(hctx)
		c.Status(fiber.StatusOK)
		c.Set(fiber.HeaderContentType, "text/event-stream")
		c.Set(fiber.HeaderCacheControl, "no-store")
		c.Set("X-Accel-Buffering", "no")
		conn := c.Context().Conn()
		c.Context().SetBodyStreamWriter(func(w *bufio.Writer) {
			ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
			defer cancel()
			stopped := make(chan struct{})
			defer close(stopped)
			go func() { // ends with the stream or the server
				select {
				case <-a.done:
					cancel()
				case <-stopped:
				}
			}()
			out := &EventWriter{w: w, conn: conn}
			if err := run(ctx, out); err != nil && !out.failed && ctx.Err() == nil {
				a.log.ErrorContext(ctx, "event stream failed", "request_id", RequestOf(ctx).ID, "route", RequestOf(ctx).Route, "error", err)
			}
		})
	}}
}

// EventWriter writes server-sent events. It is for one goroutine.
type EventWriter struct {
	w      *bufio.Writer
	conn   net.Conn
	failed bool
}

// Retry tells the client how long to wait before it connects again.
func (w *EventWriter) Retry(d time.Duration) error {
	return w.write(fmt.Appendf(nil, "retry: %d\n\n", d.Milliseconds()))
}

// Event writes one event; id is "" for what is not resumed after, and data is JSON
// without line breaks, or nil.
func (w *EventWriter) Event(id, name string, data []byte) error {
	return w.Events(Shown{ID: id, Name: name, Data: data})
}

// Comment writes a line that clients ignore.
func (w *EventWriter) Comment() error { return w.write([]byte(":\n\n")) }

func (w *EventWriter) write(b []byte) error {
	// The deadline bounds what a stalled client can hold; a failure to set it shows
	// when writing.
	deadline := w.conn.SetWriteDeadline(time.Now().Add(writePatience))
	_, err := w.w.Write(b)
	if err == nil {
		err = w.w.Flush()
	}
	if err != nil {
		w.failed = true
		return fmt.Errorf("write event: %w", errors.Join(err, deadline))
	}
	return nil
}

// Shown is an event as one client gets it; zero Name leaves it out.
type Shown struct {
	ID, Name string
	Data     []byte
}

// Follow writes the events of a subscription until it ends, the context ends or the
// client is gone. When it is quiet for long it tells the client, by the event
// "position", where the feed stands, so that resuming stays cheap; at says where.
func (w *EventWriter) Follow(ctx context.Context, sub *live.Subscription, at func() int64, show func(*live.Event) Shown) error {
	beat := time.NewTicker(Heartbeat)
	defer beat.Stop()
	told := sub.Position()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-beat.C:
			position := at() // whatever it covers is in the queue by now
			if len(sub.C) > 0 || position <= told {
				if err := w.Comment(); err != nil {
					return err
				}
				continue
			}
			told = position
			if err := w.Event(PlaceOf(position), "position", nil); err != nil {
				return err
			}
		case e, ok := <-sub.C:
			if !ok {
				return nil // the client connects again and resumes
			}
			told = max(told, e.ID)
			if err := w.Events(show(e)); err != nil {
				return err
			}
		}
	}
}

// LastEventID is embedded in the inputs of streams.
type LastEventID struct {
	Header string `header:"Last-Event-ID" maxLength:"40" required:"false" doc:"Where to go on."`
	Query  string `query:"last_event_id" maxLength:"40" required:"false" doc:"The same, where headers cannot be set."`
}

// Place is the id to go on after, "" at the first connection.
func (l LastEventID) Place() string {
	if l.Header != "" {
		return strings.TrimSpace(l.Header)
	}
	return strings.TrimSpace(l.Query)
}
