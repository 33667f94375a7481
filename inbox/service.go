package inbox

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"parley/channels"
	"parley/inbox/actor"
)

// LimitsOf tells what an account accepts; ok is false when the account is unknown
// or not usable now.
type LimitsOf func(channels.AccountID) (l channels.Limits, ok bool)

// Service is everything that people do with conversations. Safe for concurrent use.
type Service struct {
	store  Store
	limits LimitsOf
	now    func() time.Time
	log    *slog.Logger
	clean  func(html string) string // what people write
	others func(html string) string // what they pass on

	template TemplateOf
	standing StandingOf
}

// Option changes a Service that is being made.
type Option func(*Service)

// WithHTML has HTML that people write or pass on made harmless by clean. Without it there is
// none: it is turned into text.
func WithHTML(clean func(html string) string) Option {
	return func(s *Service) { s.clean, s.others = clean, clean }
}

// WithForwarded has HTML that people pass on, which may look as its author wanted, made harmless
// by another function. It stands behind WithHTML.
func WithForwarded(clean func(html string) string) Option {
	return func(s *Service) { s.others = clean }
}

// New returns a Service.
func New(store Store, limits LimitsOf, now func() time.Time, log *slog.Logger, options ...Option) *Service {
	none := func(string) string { return "" }
	s := &Service{store: store, limits: limits, now: now, log: log, clean: none, others: none,
		standing: func(channels.AccountID) Standing { return "" }}
	for _, o := range options {
		o(s)
	}
	return s
}

func (s *Service) time() time.Time { return s.now().UTC().Truncate(time.Microsecond) }

// Job kinds that this room leaves behind; app routes them to Release and Wake.
const (
	JobRelease = "message.release"
	JobWake    = "conversation.wake"
)

func jobKey(c ConversationID) string { return fmt.Sprintf("conversation:%d", c) }

// List returns a page of conversations.
func (s *Service) List(ctx context.Context, v actor.Viewer, f Filter) (Page[Row], error) {
	f.Limit = clamp(f.Limit, 30, 100)
	return s.store.Conversations(ctx, v, f)
}

// Get returns one conversation.
func (s *Service) Get(ctx context.Context, v actor.Viewer, id ConversationID) (Row, error) {
	row, found, err := s.store.ConversationRow(ctx, v, id)
	if err == nil && !found {
		err = ErrNoConversation
	}
	return row, err
}

// Count returns how long a list is, up to SizeCap.
func (s *Service) Count(ctx context.Context, v actor.Viewer, f Filter) (int, error) {
	return s.store.ConversationCount(ctx, v, f)
}

// Counts returns the numbers beside the views.
func (s *Service) Counts(ctx context.Context, v actor.Viewer) (Counts, error) {
	return s.store.Counts(ctx, v)
}

// Messages returns a piece of a conversation.
func (s *Service) Messages(ctx context.Context, v actor.Viewer, c ConversationID, f MessageFilter) (MessagePage, error) {
	f.Limit = clamp(f.Limit, 50, 200)
	page, found, err := s.store.Messages(ctx, v, c, f)
	if err == nil && !found {
		err = ErrNoConversation
	}
	return page, err
}

// Message returns one message.
func (s *Service) Message(ctx context.Context, v actor.Viewer, id MessageID) (Message, error) {
	m, found, err := s.store.Message(ctx, v, id)
	if err == nil && !found {
		err = ErrNoMessage
	}
	return m, err
}

// Timeline returns a piece of everything that happened in a conversation.
func (s *Service) Timeline(ctx context.Context, v actor.Viewer, c ConversationID, cursor string, limit int) (Page[TimelineItem], error) {
	page, found, err := s.store.Timeline(ctx, v, c, cursor, clamp(limit, 50, 200))
	if err == nil && !found {
		err = ErrNoConversation
	}
	return page, err
}

// MarkRead notes how far the viewer has read. The contact's messages up to there are
// read by our side from then on, which channels that can show it show. Keys without a
// person read nothing.
func (s *Service) MarkRead(ctx context.Context, v actor.Viewer, c ConversationID, seq int64) error {
	if v.AgentID == 0 {
		return nil
	}
	row, err := s.Get(ctx, v, c)
	if err != nil {
		return err
	}
	seq = min(seq, row.Seq)
	if seq <= row.ReadSeq {
		return nil
	}
	return s.store.Write(ctx, func(ctx context.Context) error {
		if err := s.store.MarkRead(ctx, AgentID(v.AgentID), c, seq); err != nil {
			return err
		}
		now := s.time()
		last, found, err := s.store.ReadInbound(ctx, c, seq, now)
		if err != nil || !found {
			return err
		}
		return s.store.Save(ctx, &Changes{Feed: []Notice{{At: now, Type: "message.updated", ObjectID: int64(last), ConversationID: c, Cause: v.Cause}}})
	})
}

// clamp brings a page size into bounds; 0 means the usual one.
func clamp(n, usual, most int) int {
	if n <= 0 {
		return usual
	}
	return min(n, most)
}
