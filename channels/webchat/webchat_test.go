package webchat_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/webchat"
)

const secret = "identity-secret-of-the-site"

// browsers are visitors who post until their post was taken, as the widget does.
type browsers struct {
	journal *channeltest.Journal
	mu      sync.Mutex
	wake    chan struct{}
	queue   []webchat.Post
	ids     map[string]string // text → client id
}

func (b *browsers) post(text, id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ids[text] = id
	b.queue = append(b.queue, webchat.Post{ClientID: id, Text: text})
	close(b.wake)
	b.wake = make(chan struct{})
}

func (b *browsers) known(text string) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.ids[text]
}

// push stands for the endpoint of package web: a post is answered when it was stored.
func (b *browsers) push(ctx context.Context, a channels.Adapter, in channels.Inbound) {
	account := a.(*webchat.Account)
	visitor, err := account.Welcome(webchat.Introduction{}, time.Now())
	if err != nil {
		panic(err)
	}
	for {
		b.mu.Lock()
		var next *webchat.Post
		if len(b.queue) > 0 {
			next = &b.queue[0]
		}
		wake := b.wake
		b.mu.Unlock()
		if next == nil {
			select {
			case <-wake:
				continue
			case <-ctx.Done():
				return
			}
		}
		ev, err := account.Event(visitor, *next)
		if err != nil {
			panic(err)
		}
		if _, err := webchat.Deliver(ctx, in, ev); err != nil {
			if ctx.Err() != nil {
				return
			}
			continue
		}
		b.mu.Lock()
		b.queue = b.queue[1:]
		b.mu.Unlock()
		b.journal.Acknowledged(next.Text)
	}
}

func uuid() string {
	var b [16]byte
	rand.Read(b[:])
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

func TestConformance(t *testing.T) {
	t.Parallel()
	channeltest.Run(t, channeltest.Harness{Virtual: true, New: func(t testing.TB, j *channeltest.Journal) channeltest.Setup {
		b := &browsers{journal: j, wake: make(chan struct{}), ids: map[string]string{}}
		config := map[string]string{"identity_secret": secret, "sites": "shop.ru"}
		return channeltest.Setup{
			Driver:  webchat.NewDriver(nil),
			Account: channels.Account{ID: 7, Kind: channels.KindWebchat, Name: "Shop", Config: config},
			Chat:    "visitor",
			Arrive:  func(text string) { b.post(text, uuid()) },
			Again:   func(text string) { b.post(text, b.known(text)) },
			Push:    b.push,
			Garbage: func(raw []byte) bool { return refused(t, raw) },
			Script:  func(channeltest.Answer) {},
		}
	}})
}

// refused posts rubbish in every field and tells whether each was refused.
func refused(t testing.TB, raw []byte) bool {
	a := open(t, nil)
	if len(raw) > 64 {
		raw = raw[:64]
	}
	_, err := a.Event(visitor(t, a), webchat.Post{ClientID: string(raw), Text: "text"})
	_, tokenErr := webchat.NewTokens(key()).Open(7, string(raw), time.Now())
	return err != nil && errors.Is(tokenErr, webchat.ErrToken)
}

func open(t testing.TB, config map[string]string) *webchat.Account {
	t.Helper()
	a, err := webchat.NewDriver(nil).Open(channels.Account{ID: 7, Kind: channels.KindWebchat, Name: "Shop", Config: config}, channels.Env{})
	if err != nil {
		t.Fatal(err)
	}
	return a.(*webchat.Account)
}

func visitor(t testing.TB, a *webchat.Account) webchat.Visitor {
	t.Helper()
	v, err := a.Welcome(webchat.Introduction{}, time.Unix(1_700_000_000, 0))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func key() []byte { return []byte(strings.Repeat("k", 32)) }

func TestTypingReachesTheVisitor(t *testing.T) {
	t.Parallel()
	var got string
	d := webchat.NewDriver(func(account channels.AccountID, chat, name string) { got = fmt.Sprint(account, chat, name) })
	a, err := d.Open(channels.Account{ID: 7, Kind: channels.KindWebchat}, channels.Env{})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.(channels.Typer).Typing(t.Context(), "visitor", "Anna"); err != nil || got != "7visitorAnna" {
		t.Errorf("typing shown as %q, error %v", got, err)
	}
}

func TestSnippet(t *testing.T) {
	t.Parallel()
	want := `<script src="https://chat.example/widget.js?account=42" async></script>`
	if got := webchat.Snippet("https://chat.example/", 42); got != want {
		t.Errorf("snippet = %s", got)
	}
	if got := webchat.Snippet(`https://x"><b>`, 1); strings.Contains(got, `"><b>`) {
		t.Errorf("the address breaks out: %s", got)
	}
}
