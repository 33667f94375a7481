package notify

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/url"
	"time"

	"parley/internal/fault"
	"parley/internal/notify/webpush"
)

// Subscription is a browser that an agent allowed to show pushes.
type Subscription struct {
	ID      int64
	Agent   int64
	Session int64 // pushes end with it
	// Hash tells endpoints apart; Sealed holds the endpoint and the browser's keys.
	Hash, Sealed string
	Browser      string // as it called itself
	CreatedAt    time.Time
}

// Subscriptions keeps them.
type Subscriptions interface {
	// PutSubscription keeps one in place of others with the same endpoint, and removes the
	// oldest of an agent who has more than some.
	PutSubscription(ctx context.Context, s Subscription, most int) error
	// SubscriptionsOf returns those of an agent whose sessions last, the oldest first.
	SubscriptionsOf(ctx context.Context, agent int64, now time.Time) ([]Subscription, error)
	Subscription(ctx context.Context, id int64, now time.Time) (s Subscription, found bool, err error)
	// DropSubscription removes one; agent 0 stands for whoever's it is.
	DropSubscription(ctx context.Context, agent, id int64) (found bool, err error)
}

// address is what is sealed.
type address struct {
	Endpoint string `json:"endpoint"`
	P256DH   string `json:"p256dh"`
	Auth     string `json:"auth"`
}

// Offer is what a browser hands over when it subscribes.
type Offer struct {
	Endpoint, P256DH, Auth string
	Agent, Session         int64
	Browser                string
}

// mostBrowsers is how many an agent may have subscribed; the oldest go.
const mostBrowsers = 10

// PublicKey is what browsers subscribe with.
func (b *Bell) PublicKey() string { return b.o.Sender.Public() }

// Subscribe keeps a browser.
func (b *Bell) Subscribe(ctx context.Context, o Offer) (Subscription, error) {
	if !endpointUsable(o.Endpoint) {
		return Subscription{}, fault.InvalidField("endpoint", "address", fault.T("Это не адрес службы уведомлений.", "This is not the address of a push service."))
	}
	if _, err := webpush.ReadKeys(o.P256DH, o.Auth); err != nil {
		return Subscription{}, fault.InvalidField("keys", "malformed", fault.T("Ключи браузера не читаются.", "The keys of the browser cannot be read."))
	}
	id, err := b.o.NextID(ctx)
	if err != nil {
		return Subscription{}, fmt.Errorf("keep subscription: %w", err)
	}
	sum := sha256.Sum256([]byte(o.Endpoint))
	s := Subscription{ID: id, Agent: o.Agent, Session: o.Session, Hash: hex.EncodeToString(sum[:]), Browser: cut(o.Browser, 300), CreatedAt: b.o.Now().UTC()}
	if s.Sealed, err = b.seal(s.Hash, address{o.Endpoint, o.P256DH, o.Auth}); err != nil {
		return Subscription{}, err
	}
	return s, b.o.Store.PutSubscription(ctx, s, mostBrowsers)
}

// Browsers returns those of an agent.
func (b *Bell) Browsers(ctx context.Context, agent int64) ([]Subscription, error) {
	return b.o.Store.SubscriptionsOf(ctx, agent, b.o.Now())
}

// Unsubscribe forgets a browser of an agent.
func (b *Bell) Unsubscribe(ctx context.Context, agent, id int64) error {
	found, err := b.o.Store.DropSubscription(ctx, agent, id)
	if err == nil && !found {
		return ErrNoBrowser
	}
	return err
}

// ErrNoBrowser says that there is no such subscription.
var ErrNoBrowser = fault.New(fault.NotFound, "subscription_not_found", fault.T("Такого браузера в списке нет.", "There is no such browser on the list."))

// endpointUsable tells whether a push may be sent there at all: by TLS, or to this machine,
// which Client refuses unless it was told otherwise.
func endpointUsable(endpoint string) bool {
	u, err := url.Parse(endpoint)
	if err != nil || u.Hostname() == "" || u.User != nil || len(endpoint) > 2000 {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Scheme == "https" || u.Scheme == "http" && ip != nil && ip.IsLoopback()
}

// use binds what is sealed to its row.
func (s *Subscription) use() []byte { return []byte("notify/subscription/" + s.Hash) }

func (b *Bell) seal(hash string, a address) (string, error) {
	plain, err := json.Marshal(a)
	if err != nil {
		return "", fmt.Errorf("write subscription: %w", err)
	}
	return base64.StdEncoding.EncodeToString(b.o.Seal(plain, (&Subscription{Hash: hash}).use())), nil
}

// open returns where pushes to a browser go, and its keys.
func (b *Bell) open(s *Subscription) (a address, err error) {
	sealed, err := base64.StdEncoding.DecodeString(s.Sealed)
	if err != nil {
		return a, fmt.Errorf("decode subscription: %w", err)
	}
	plain, err := b.o.Open(sealed, s.use())
	if err != nil {
		return a, fmt.Errorf("open subscription: %w", err)
	}
	if json.Unmarshal(plain, &a) != nil {
		return a, errors.New("read subscription: it is malformed") // the cause would quote it
	}
	return a, nil
}
