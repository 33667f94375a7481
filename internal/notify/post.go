package notify

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"
)

// JobLetter is the kind of job that sends one letter; app routes it to Send.
const JobLetter = "notify.letter"

// Mailbox sends letters. Its errors hold no addresses and no links.
type Mailbox interface {
	// Ready tells whether there is a mailbox to send by.
	Ready(ctx context.Context) (bool, error)
	// Deliver makes one attempt. ErrLater says that another may help; other errors are final.
	Deliver(ctx context.Context, l Letter) error
}

// People gives links to those who forgot their passwords.
type People interface {
	// ResetFor makes a token by which the agent of an address sets a new password; found is
	// false when nobody active has the address.
	ResetFor(ctx context.Context, email string) (name, language, token string, found bool, err error)
}

// ErrLater says that a letter may be delivered later.
var ErrLater = errors.New("the letter cannot be sent now")

// Options of a Post. All but Log are required.
type Options struct {
	Mailbox Mailbox
	People  People
	// Leave leaves a durable job behind.
	Leave func(ctx context.Context, kind, key, payload string) error
	// NextID gives an id that nothing else has.
	NextID func(ctx context.Context) (int64, error)
	// Seal and Open protect what waits, bound to a use.
	Seal func(plain, use []byte) []byte
	Open func(sealed, use []byte) ([]byte, error)
	// Base is the address of the installation, without a slash at the end. It must not come
	// from a request: whoever sends one could put their own there.
	Base func() string
	Now  func() time.Time
	Log  *slog.Logger
}

// Post writes and sends system mail. It is safe for concurrent use.
type Post struct{ o Options }

// New makes a Post.
func New(o Options) *Post {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Post{o}
}

// The kinds of letters that wait.
const (
	kindInvitation = "invitation"
	kindReset      = "reset"
	kindForgot     = "forgot"
	kindTold       = "told"
)

// lifetime is how long a letter is worth sending whose link has no end of its own.
const lifetime = 24 * time.Hour

// The bounds of the rest between two tries of a letter that cannot be sent for now.
const (
	shortestRest = 30 * time.Second
	longestRest  = 15 * time.Minute
)

// waiting is a letter in the database. Sealed is the link's path, with its token; a
// forgotten password has none yet, as nobody knows whether anyone will get one.
type waiting struct {
	ID       int64     `json:"id"`
	Kind     string    `json:"kind"`
	To       string    `json:"to"`
	Name     string    `json:"name,omitempty"`
	Language string    `json:"language,omitempty"`
	Sealed   string    `json:"sealed,omitempty"`
	Left     time.Time `json:"left"`
	Until    time.Time `json:"until"` // when the link ends, and with it the tries
}

// Ready tells whether letters can be sent.
func (p *Post) Ready(ctx context.Context) (bool, error) { return p.o.Mailbox.Ready(ctx) }

// Invitation leaves a letter with a link to join, which works until a time; path is "/join#TOKEN".
func (p *Post) Invitation(ctx context.Context, to, name, language, path string, until time.Time) error {
	return p.leave(ctx, waiting{Kind: kindInvitation, To: to, Name: name, Language: language, Until: until}, path)
}

// Reset leaves a letter with a link to set a password, which works until a time; path is
// "/reset#TOKEN".
func (p *Post) Reset(ctx context.Context, to, name, language, path string, until time.Time) error {
	return p.leave(ctx, waiting{Kind: kindReset, To: to, Name: name, Language: language, Until: until}, path)
}

// Forgot leaves a letter for whoever has an address, if anybody does. It does the same,
// and takes as long, for every address.
func (p *Post) Forgot(ctx context.Context, to string) error {
	return p.leave(ctx, waiting{Kind: kindForgot, To: to}, "")
}

func (p *Post) leave(ctx context.Context, w waiting, path string) error {
	var err error
	if w.ID, err = p.o.NextID(ctx); err != nil {
		return fmt.Errorf("leave letter: %w", err)
	}
	if w.Left = p.o.Now(); w.Until.IsZero() {
		w.Until = w.Left.Add(lifetime)
	}
	if path != "" {
		w.Sealed = base64.StdEncoding.EncodeToString(p.o.Seal([]byte(path), use(w)))
	}
	payload, err := json.Marshal(w)
	if err != nil {
		return fmt.Errorf("encode letter: %w", err)
	}
	if err := p.o.Leave(ctx, JobLetter, fmt.Sprintf("letter/%d", w.ID), string(payload)); err != nil {
		return fmt.Errorf("leave letter: %w", err)
	}
	return nil
}

func use(w waiting) []byte { return fmt.Appendf(nil, "notify/letter/%d", w.ID) }

// Again is when a letter should be tried again that could not be sent: after a part of the time
// that it has waited already. It is tried until its link ends.
func (p *Post) Again(payload string) time.Time {
	var w waiting
	now := p.o.Now()
	if json.Unmarshal([]byte(payload), &w) != nil {
		return now.Add(longestRest)
	}
	return now.Add(min(max(now.Sub(w.Left)/4, shortestRest), longestRest))
}

// Send does the work of a JobLetter. ErrLater means that it should be tried as Again says,
// another error that something is wrong here.
func (p *Post) Send(ctx context.Context, payload string) error {
	var w waiting
	if err := json.Unmarshal([]byte(payload), &w); err != nil {
		return errors.New("read letter: it is malformed") // the cause would quote it
	}
	if !p.o.Now().Before(w.Until) {
		p.o.Log.Warn("system mail is too old to be sent", "letter_id", w.ID, "kind", w.Kind)
		return nil
	}
	ready, err := p.o.Mailbox.Ready(ctx)
	if err != nil {
		return fmt.Errorf("find mailbox: %w", err)
	}
	if !ready {
		return ErrLater // before a link is made that nobody would get
	}
	l, found, err := p.write(ctx, w)
	if err != nil || !found {
		return err
	}
	switch err := p.o.Mailbox.Deliver(ctx, l); {
	case errors.Is(err, ErrLater):
		return err
	case err != nil:
		p.o.Log.Warn("system mail not sent", "letter_id", w.ID, "kind", w.Kind, "error", err)
	}
	return nil
}

// write turns what waits into a letter; found is false when nobody is to get one.
func (p *Post) write(ctx context.Context, w waiting) (l Letter, found bool, err error) {
	if w.Kind == kindTold {
		l, err := p.tell(w)
		return l, true, err
	}
	what, path := reset(), ""
	switch w.Kind {
	case kindForgot:
		var token string
		if w.Name, w.Language, token, found, err = p.o.People.ResetFor(ctx, w.To); err != nil || !found {
			return Letter{}, false, err
		}
		path = "/reset#" + token
	case kindInvitation:
		what = invitation()
		fallthrough
	default:
		sealed, _ := base64.StdEncoding.DecodeString(w.Sealed)
		plain, err := p.o.Open(sealed, use(w))
		if err != nil {
			return Letter{}, false, fmt.Errorf("open letter: %w", err)
		}
		path = string(plain)
	}
	l = what.write(w.Language, w.To, w.Name, p.o.Base()+path)
	l.ID = w.ID
	return l, true, nil
}
