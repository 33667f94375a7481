package inbox

import (
	"context"
	"strconv"
	"time"

	"parley/channels"
	"parley/inbox/actor"
	"parley/inbox/pipeline"
	"parley/internal/fault"
)

// MaxLinks is how many other conversations one may be linked to.
const MaxLinks = 50

// Linked is a conversation that belongs together with another one.
type Linked struct {
	ID          ConversationID
	Number      int64
	AccountKind channels.Kind
	ContactName string
	Subject     string
	Status      Status
	Spam        bool
	At          time.Time
}

// Linking keeps which conversations belong together.
type Linking interface {
	// Links returns those that a conversation is linked to and that the viewer may see, the
	// latest link first.
	Links(ctx context.Context, v actor.Viewer, c ConversationID) ([]Linked, error)
	// PutLink links two conversations; fresh is false when they were.
	PutLink(ctx context.Context, one, other ConversationID, at time.Time) (fresh bool, err error)
	// DropLink takes a link back; found is false when there was none.
	DropLink(ctx context.Context, one, other ConversationID) (found bool, err error)
	// CountLinks counts the links of a conversation, whoever may see them.
	CountLinks(ctx context.Context, c ConversationID) (int, error)
	// Request returns a request that the viewer may see.
	Request(ctx context.Context, v actor.Viewer, id pipeline.RequestID) (r pipeline.RequestRow, found bool, err error)
}

var (
	errLinkSelf  = fault.InvalidField("conversation_id", "same", fault.T("Диалог нельзя связать с самим собой.", "A conversation cannot be linked to itself."))
	errManyLinks = fault.New(fault.Conflict, "too_many_links", fault.T(
		"У диалога уже "+strconv.Itoa(MaxLinks)+" связей, больше нельзя. Снимите ненужные.",
		"A conversation has at most "+strconv.Itoa(MaxLinks)+" links. Remove those that are not needed."))
	// ErrNoLink says that two conversations are not linked.
	ErrNoLink = fault.New(fault.NotFound, "link_not_found", fault.T("Эти диалоги не связаны.", "These conversations are not linked."))
)

// Links returns the conversations that one is linked to, as far as the viewer may see them.
func (s *Service) Links(ctx context.Context, v actor.Viewer, c ConversationID) ([]Linked, error) {
	if _, err := s.Get(ctx, v, c); err != nil {
		return nil, err
	}
	return s.store.Links(ctx, v, c)
}

// Link says that two conversations belong together. Nothing else about them changes; doing it
// twice does it once.
func (s *Service) Link(ctx context.Context, v actor.Viewer, one, other ConversationID) error {
	if one == other {
		return errLinkSelf
	}
	return s.tie(ctx, v, one, other, false, func(ctx context.Context, now time.Time) (bool, error) {
		for _, c := range []ConversationID{one, other} {
			if n, err := s.store.CountLinks(ctx, c); err != nil || n >= MaxLinks {
				return false, orMissing(err, errManyLinks)
			}
		}
		return s.store.PutLink(ctx, one, other, now)
	})
}

// Unlink takes a link back.
func (s *Service) Unlink(ctx context.Context, v actor.Viewer, one, other ConversationID) error {
	if one == other {
		return ErrNoLink
	}
	return s.tie(ctx, v, one, other, true, func(ctx context.Context, _ time.Time) (bool, error) {
		found, err := s.store.DropLink(ctx, one, other)
		if err == nil && !found {
			err = ErrNoLink
		}
		return found, err
	})
}

// tie changes what links two conversations, and says so in both.
func (s *Service) tie(ctx context.Context, v actor.Viewer, one, other ConversationID, undone bool, change func(context.Context, time.Time) (bool, error)) error {
	if _, err := s.Get(ctx, v, one); err != nil { // before anything is said of the other one
		return err
	}
	ids, err := s.store.NextIDs(ctx, 2)
	if err != nil {
		return err
	}
	return s.store.Write(ctx, func(ctx context.Context) error {
		a, b, err := s.lockTwo(ctx, v, one, other)
		if err != nil {
			return err
		}
		now := s.time()
		if changed, err := change(ctx, now); err != nil || !changed {
			return err
		}
		ch := &Changes{}
		for i, pair := range [][2]*Conversation{{a, b}, {b, a}} {
			ch.Conversation(pair[0], v.Cause, now)
			data := map[string]any{"number": pair[1].Number, "conversation_id": text(int64(pair[1].ID))}
			if undone {
				data["undone"] = true
			}
			ch.Enter(ids[i], pair[0].ID, "link", v.Cause, now, data)
		}
		return s.store.Save(ctx, ch)
	})
}

// belong says which request a conversation belongs to. What it belonged to before goes on
// without it.
func (s *Service) belong(ctx context.Context, e *edit, p *Patch) error {
	if p.Request == nil || *p.Request == e.c.RequestID {
		return nil
	}
	data := map[string]any{"linked": *p.Request != 0}
	for _, x := range []struct {
		id   pipeline.RequestID
		name string
	}{{e.c.RequestID, "was"}, {*p.Request, "number"}} {
		if x.id == 0 {
			continue
		}
		r, err := s.request(ctx, e, x.id)
		if err != nil {
			return err
		}
		if r != nil {
			data[x.name] = r.Number
			e.ch.Request(r, "request.updated", e.cause, e.now)
		}
	}
	data["request_id"] = text(int64(*p.Request))
	e.c.RequestID = *p.Request
	e.enter("request", data)
	return nil
}
