package events

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"parley/internal/auth"
	"parley/internal/live"
	"parley/web/rest"
)

// Declare adds the stream of agents and programs to an API.
func (f *Feed) Declare(api *rest.API) {
	op := rest.Op{ID: "listen", Method: http.MethodGet, Path: "/events", Need: rest.Read("events"), Summary: "Follow what happens, as server-sent events"}
	rest.Add(api, op, func(ctx context.Context, who rest.Caller, in *struct{ rest.LastEventID }) (*rest.EventStream, error) {
		last := in.Place()
		return api.Stream(ctx, func(ctx context.Context, out *rest.EventWriter) error { return f.Serve(ctx, who, last, out) }), nil
	})
}

// Writer is where a stream goes. rest.EventWriter is one.
type Writer interface {
	Retry(d time.Duration) error
	Events(list ...rest.Shown) error
	Comment() error
}

var _ Writer = (*rest.EventWriter)(nil)

// retryAfter is how long clients wait before they connect again.
const retryAfter = time.Second

// Serve writes events that the caller may see until ctx ends, the client is gone or
// too slow, or the caller's rights change. It begins after the event last, "" for now.
func (f *Feed) Serve(ctx context.Context, who rest.Caller, last string, out Writer) error {
	l := &listener{viewer: who.Viewer, auth: who.Auth}
	sub := f.agents.Subscribe(l.wants, queue)
	defer sub.Close()
	if who.AgentID != 0 {
		f.here.enter(ctx, who.AgentID)
		defer f.here.leave(who.AgentID)
	}
	s := &stream{feed: f, sub: sub, hub: f.agents, out: out, show: l.show}
	if err := s.begin(ctx, last); err != nil {
		return err
	}
	return s.follow(ctx, func(ctx context.Context) bool { return f.still(ctx, l.auth) })
}

// show is an event as the listener gets it: what it has become, or that it is gone.
func (l *listener) show(e *live.Event) rest.Shown {
	a := e.Audience.(*audience)
	switch {
	case !l.may(e.Type):
		return rest.Shown{}
	case a.hears(l.viewer):
		return rest.Shown{ID: rest.PlaceOf(e.ID), Name: e.Type, Data: e.Data}
	case a.loses(l.viewer):
		return rest.Shown{ID: rest.PlaceOf(e.ID), Name: removedType, Data: a.removed}
	default:
		return rest.Shown{}
	}
}

// stream is one connection.
type stream struct {
	feed *Feed
	sub  *live.Subscription
	hub  *live.Hub
	out  Writer
	show func(*live.Event) rest.Shown
	told int64 // the last id that the client knows of
}

// begin tells the client where it stands and what it missed.
func (s *stream) begin(ctx context.Context, last string) error {
	if err := s.out.Retry(retryAfter); err != nil {
		return err
	}
	position := s.sub.Position()
	if last == "" {
		return s.mark("hello", position)
	}
	from, ok := rest.ParsePlace(last)
	if ok {
		var err error
		if ok, err = s.feed.kept(ctx, from, position); err != nil {
			return err
		}
	}
	if !ok {
		return s.mark("reset", position)
	}
	s.told = from
	return s.replay(ctx, from, position)
}

// mark writes an event of the stream itself, which moves the client to a position.
func (s *stream) mark(name string, position int64) error {
	s.told = position
	return s.out.Events(rest.Shown{ID: strconv.FormatInt(position, 10), Name: name})
}

// follow writes what the subscription yields, as much at once as has gathered. A quiet
// stream gets a comment, and each time the client's rights are looked at again: still
// tells whether they are what they were.
func (s *stream) follow(ctx context.Context, still func(context.Context) bool) error {
	beat := time.NewTicker(rest.Heartbeat)
	defer beat.Stop()
	changed := s.feed.people.changed()
	for {
		select {
		case <-ctx.Done():
			return nil
		case e, open := <-s.sub.C:
			if !open {
				return nil // the client connects again and resumes
			}
			if err := s.write(e); err != nil {
				return err
			}
		case <-beat.C:
			if !still(ctx) {
				return s.mark("reset", s.hub.Position())
			}
			if err := s.beat(); err != nil {
				return err
			}
		case <-changed:
			changed = s.feed.people.changed() // before asking, so that no change falls between
			if !still(ctx) {
				return s.mark("reset", s.hub.Position())
			}
		}
	}
}

// write writes an event and those that wait behind it.
func (s *stream) write(e *live.Event) error {
	list := make([]rest.Shown, 0, 8)
	for e != nil {
		if e.ID != 0 {
			s.told = e.ID
		}
		list = append(list, s.show(e))
		e = nil
		if len(list) < batch {
			select {
			case e = <-s.sub.C: // nil when the subscription has ended, which follow will see
			default:
			}
		}
	}
	return s.out.Events(list...)
}

// beat keeps the line alive. A client who has heard nothing for long because nothing
// was for them is told where the feed stands, so that resuming stays cheap.
func (s *stream) beat() error {
	position := s.hub.Position() // whatever it covers is in the queue by now
	for waiting := true; waiting; {
		select {
		case e, open := <-s.sub.C:
			if !open {
				return nil
			}
			if err := s.write(e); err != nil {
				return err
			}
		default:
			waiting = false
		}
	}
	if position > s.told {
		return s.mark("position", position)
	}
	return s.out.Comment()
}

// still tells whether a listener's rights are what they were when the stream began.
// Who cannot be asked about is believed until the next time.
func (f *Feed) still(ctx context.Context, was auth.Viewer) bool {
	if f.rights == nil {
		return true
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	now, err := f.rights(ctx, was)
	if err != nil {
		return !refused(err)
	}
	return sameRights(was, now)
}
