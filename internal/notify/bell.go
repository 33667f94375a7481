package notify

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"parley/internal/notify/webpush"
)

// The kinds of jobs that a Bell leaves; app routes them to Bell.Push and Bell.Mail.
const (
	JobPush = "notify.push"
	JobMail = "notify.mail"
)

// Alert is something that an agent is to be told of.
type Alert struct {
	Agent int64
	// Key names what happened. An agent is told once of each.
	Key          string
	Kind         Kind
	Conversation int64
	Number       int64 // of the conversation, for people
	Message      int64 // 0 = it is about none
	By           int64 // the colleague who gave them the conversation; 0 = none
	At           time.Time
	// As is a kind that the same thing is told as too, under AsKey; "" = none. Where all its ways are also those of
	// Kind, once is enough.
	As    Kind
	AsKey string
}

// Told is an Alert as it is kept.
type Told struct {
	Alert
	ID int64
	// Badge and Sound are what open pages do about it.
	Badge, Sound bool
}

// Hearer is an agent who may be told something.
type Hearer struct {
	Agent     int64
	Colleague // where mails go
	Disabled  bool
	// Away says that they have no page open, or are set to away or offline; Here is when they
	// were seen at a page last. Apart says that their presence makes them away: they are,
	// though a page is open.
	Away, Apart bool
	Here        time.Time
	Prefs       Prefs
}

// Quoted is what a push may quote.
type Quoted struct{ Author, Text string }

// Bells keeps what agents are told, and how they wish to be.
type Bells interface {
	// AddTold keeps what an agent is told and tells their pages, in the transaction of
	// ctx; false when they were told of it before.
	AddTold(ctx context.Context, t *Told) (fresh bool, err error)
	// Told returns one.
	Told(ctx context.Context, id int64) (t Told, found bool, err error)
	// Hearer returns an agent as of now.
	Hearer(ctx context.Context, agent int64, now time.Time) (h Hearer, found bool, err error)
	// SetPrefs stores how an agent wishes to be told.
	SetPrefs(ctx context.Context, agent int64, p Prefs) error
	// Quote returns what a message says; found is false when it is gone.
	Quote(ctx context.Context, message int64) (q Quoted, found bool, err error)
	// NoteMailed notes that an agent who is away gets a mail about a conversation; false
	// when they got one since they left.
	NoteMailed(ctx context.Context, agent, conversation int64, at time.Time) (first bool, err error)
	Subscriptions
}

// BellOptions are what a Bell is made of. All are needed but Log.
type BellOptions struct {
	Store Bells
	Post  *Post
	// LeaveAt leaves a durable job behind, in the transaction of ctx.
	LeaveAt func(ctx context.Context, kind, key, payload string, due time.Time) error
	NextID  func(ctx context.Context) (int64, error)
	// MaySee tells whether an agent may see a conversation. What waits is asked about again
	// before it goes out: the conversation or the agent may have moved meanwhile.
	MaySee func(ctx context.Context, agent, conversation int64) (bool, error)
	// Sender signs pushes, and Client, which reaches public addresses only, carries them.
	Sender *webpush.Sender
	Client *http.Client
	// Seal and Open protect the addresses of browsers, bound to a use.
	Seal func(plain, use []byte) []byte
	Open func(sealed, use []byte) ([]byte, error)
	Now  func() time.Time
	Log  *slog.Logger
}

// Bell tells agents. Safe for concurrent use.
type Bell struct{ o BellOptions }

// NewBell makes a Bell.
func NewBell(o BellOptions) *Bell {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Bell{o}
}

// patience is how long somebody may be away before a mail goes out: pages reload, and
// people change rooms.
const patience = time.Minute

// Ring tells an agent, in the transaction of ctx: their pages at once, and by jobs their
// browsers and, if they are away, their mailbox.
func (b *Bell) Ring(ctx context.Context, a Alert) error {
	now := b.o.Now().UTC()
	h, found, err := b.o.Store.Hearer(ctx, a.Agent, now)
	if err != nil {
		return fmt.Errorf("find who is told: %w", err)
	}
	if !found || h.Disabled {
		return nil
	}
	if a.As != "" && h.Prefs.covers(a.Kind, a.As) {
		a.Key = a.AsKey // whichever comes second was told before
	}
	quiet := h.Prefs.Quiet.Until(now)
	t := Told{Alert: a, Badge: h.Prefs.Wants(a.Kind, Badge), Sound: h.Prefs.Wants(a.Kind, Sound) && quiet.IsZero()}
	if t.ID, err = b.o.NextID(ctx); err != nil {
		return fmt.Errorf("tell agent: %w", err)
	}
	if fresh, err := b.o.Store.AddTold(ctx, &t); err != nil || !fresh {
		return err
	}
	if h.Prefs.Wants(a.Kind, Push) && quiet.IsZero() {
		if err := b.leavePushes(ctx, &t, now); err != nil {
			return err
		}
	}
	if !h.Away || !h.Prefs.Wants(a.Kind, Mail) {
		return nil
	}
	due := now.Add(patience)
	if quiet.After(due) {
		due = quiet
	}
	key := fmt.Sprintf("away/%d/%d", a.Agent, a.Conversation)
	if err := b.o.LeaveAt(ctx, JobMail, key, strconv.FormatInt(t.ID, 10), due); err != nil {
		return fmt.Errorf("leave mail: %w", err)
	}
	return nil
}

// Mail does the work of a JobMail, in the transaction that deletes it: who is still away
// gets a letter. A time that is not zero says when to look again.
func (b *Bell) Mail(ctx context.Context, payload string) (again time.Time, err error) {
	id, err := strconv.ParseInt(payload, 10, 64)
	if err != nil {
		return time.Time{}, errors.New("read mail job: it is malformed")
	}
	t, found, err := b.o.Store.Told(ctx, id)
	if err != nil || !found {
		return time.Time{}, err
	}
	now := b.o.Now().UTC()
	h, found, err := b.o.Store.Hearer(ctx, t.Agent, now)
	if err != nil || !found {
		return time.Time{}, err
	}
	seen := !h.Apart && h.Here.After(t.At) // they were back at a page since
	if h.Disabled || !h.Away || seen || !h.Prefs.Wants(t.Kind, Mail) {
		return time.Time{}, nil
	}
	if quiet := h.Prefs.Quiet.Until(now); !quiet.IsZero() {
		return quiet, nil
	}
	if sees, err := b.o.MaySee(ctx, t.Agent, t.Conversation); err != nil || !sees {
		return time.Time{}, err
	}
	if first, err := b.o.Store.NoteMailed(ctx, t.Agent, t.Conversation, now); err != nil || !first {
		return time.Time{}, err
	}
	words := t.words()
	return time.Time{}, b.o.Post.Tell(ctx, h.Colleague, words.subject(t.Number), words.mail.In(h.Language), t.path())
}

// path is that of the page which it is about: the list where many conversations are meant.
func (t *Told) path() string {
	if t.Kind == Overdue {
		return "/inbox"
	}
	return "/inbox/" + strconv.FormatInt(t.Conversation, 10)
}

// Prefs are how an agent wishes to be told.
func (b *Bell) Prefs(ctx context.Context, agent int64) (Prefs, error) {
	h, found, err := b.o.Store.Hearer(ctx, agent, b.o.Now())
	if err != nil || !found {
		return DefaultPrefs(), err
	}
	return h.Prefs, nil
}

// SetPrefs changes how an agent wishes to be told.
func (b *Bell) SetPrefs(ctx context.Context, agent int64, p Prefs) error {
	if err := p.Check(); err != nil {
		return err
	}
	return b.o.Store.SetPrefs(ctx, agent, p)
}
