//go:build unix

package faults_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"sync"
	"testing"
	"time"

	"parley/channels/vk/vktest"
	"parley/channels/whatsapp/whatsapptest"
)

// line is one account of a network, and one person who writes to it.
type line interface {
	// account is what it is connected by: its kind and configuration.
	account() (kind string, config map[string]any)
	// connected tells where the network shall push to, a path that every node has.
	connected(hook string)
	// say has the person write; sent is what came to the person, repetitions that the network itself drops left out.
	say(text string)
	sent() []string
	// every is how many seconds the network lets pass between two answers.
	every() int
}

// telegramLine is one of the bots, asked by polls. Its network recognises no repetition.
type telegramLine struct {
	bots   *bots
	token  string
	person int64
}

func (l telegramLine) account() (string, map[string]any) {
	return "telegram", map[string]any{"token": l.token, "base_url": l.bots.URL}
}
func (telegramLine) connected(string)  {}
func (l telegramLine) say(text string) { l.bots.say(l.token, l.person, text) }
func (l telegramLine) sent() []string  { return l.bots.sent(l.token) }
func (telegramLine) every() int        { return 1 }

// vkLine is a community, asked by Long Poll. VK drops repetitions by random_id.
type vkLine struct{ far *vktest.Server }

const vkPerson = 77

func newVKLine(t *testing.T) vkLine {
	t.Helper()
	far := vktest.Start(vktest.Options{Token: "vk1.a.token-of-the-test", Group: 4242, Wait: 5 * time.Second})
	t.Cleanup(far.Close)
	far.Person(vkPerson, "Anna", "Orlova")
	return vkLine{far}
}

func (l vkLine) account() (string, map[string]any) {
	return "vk", map[string]any{"token": "vk1.a.token-of-the-test", "group_id": 4242, "mode": "longpoll", "base_url": l.far.BaseURL()}
}
func (vkLine) connected(string)  {}
func (l vkLine) say(text string) { l.far.Write(vkPerson, vkPerson, text) }
func (l vkLine) sent() (texts []string) {
	for _, m := range l.far.Shown(vkPerson) {
		if m.Out {
			texts = append(texts, m.Text)
		}
	}
	return texts
}
func (vkLine) every() int { return 1 }

// whatsAppLine is a number whose network pushes: to one node and, when that does not answer, to the other.
type whatsAppLine struct {
	t     *testing.T
	far   *whatsapptest.Server
	base  string
	nodes *nodes
}

const whatsAppPerson = "79001234567"

func newWhatsAppLine(t *testing.T, n *nodes) whatsAppLine {
	t.Helper()
	far := whatsapptest.New(whatsapptest.Account{Token: "EAAtokenofthetest", NumberID: "106540352242922", Number: "15550783881", BusinessID: "102290129340398", Secret: "0123456789abcdef0123456789abcdef", Verify: "a-word-of-ours"})
	server := httptest.NewServer(far)
	far.Listening(server.URL)
	t.Cleanup(func() { far.Stop(); server.Close() })
	return whatsAppLine{t, far, server.URL, n}
}

func (l whatsAppLine) account() (string, map[string]any) {
	a := l.far.Account
	return "whatsapp", map[string]any{
		"token": a.Token, "phone_number_id": a.NumberID, "business_id": a.BusinessID, "app_secret": a.Secret, "verify_token": a.Verify, "base_url": l.base,
	}
}

func (l whatsAppLine) connected(hook string) {
	u, err := url.Parse(hook)
	if err != nil || u.Path == "" {
		l.t.Fatalf("the webhook's address is %q", hook)
	}
	client := &http.Client{Timeout: 2 * time.Second}
	ctx, cancel := context.WithCancel(context.Background())
	var done sync.WaitGroup
	done.Go(func() {
		to := 0
		l.far.Deliver(ctx, func(ctx context.Context, body []byte, signature string) int {
			status := whatsapptest.Post(client, "http://"+l.nodes.address[to]+u.Path)(ctx, body, signature)
			if status != http.StatusOK {
				to = 1 - to
			}
			return status
		})
	})
	l.t.Cleanup(func() {
		cancel()
		done.Wait()
	})
}

func (l whatsAppLine) say(text string) {
	l.far.Offer(l.far.Message(whatsAppPerson, "Анна", map[string]any{"type": "text", "text": map[string]any{"body": text}}), nil)
}

func (l whatsAppLine) sent() (texts []string) {
	for _, c := range l.far.Calls() {
		if content, ok := c.Body["text"].(map[string]any); ok && c.ID != "" {
			text, _ := content["body"].(string)
			texts = append(texts, text)
		}
	}
	return slices.Clone(texts)
}

// every: one message per six seconds to a person.
func (whatsAppLine) every() int { return 7 }
