package fake_test

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/fake"
)

const (
	token  = "token-of-the-account"
	secret = "secret-of-the-pushes"
)

func TestConformance(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		mode    string
		profile fake.Profile
		mood    func(n *fake.Network)
	}{
		"fetches":               {fake.ModePoll, fake.Messenger(), func(*fake.Network) {}},
		"is pushed to":          {fake.ModePush, fake.Messenger(), func(*fake.Network) {}},
		"plain":                 {fake.ModePoll, fake.Plain(), func(*fake.Network) {}},
		"in disorder and twice": {fake.ModePoll, fake.Messenger(), unruly},
		"pushed in disorder":    {fake.ModePush, fake.Plain(), unruly},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			channeltest.Run(t, channeltest.Harness{Virtual: true, New: func(_ testing.TB, j *channeltest.Journal) channeltest.Setup {
				n := fake.NewNetwork(c.profile, token, time.Now)
				c.mood(n)
				return setup(n, c.mode, j)
			}})
		})
	}
}

func unruly(n *fake.Network) {
	n.Disorder(true)
	n.Duplicate(true)
}

// answers says by which fault the network gives each of the suite's answers.
func answers() map[channeltest.Answer]fake.Fault {
	return map[channeltest.Answer]fake.Fault{
		channeltest.LoseReply: fake.LoseReply, channeltest.Hang: fake.Hang,
		channeltest.Garble: fake.Garble, channeltest.TooFast: fake.TooFast, channeltest.Unavailable: fake.Unavailable,
		channeltest.Unreachable: fake.Unreachable, channeltest.Reject: fake.Rejected, channeltest.Denied: fake.Denied,
	}
}

func setup(n *fake.Network, mode string, j *channeltest.Journal) channeltest.Setup {
	n.SetRetryAfter(channeltest.RetryAfter)
	n.OnAcknowledge(func(body []byte) {
		var u struct{ Text string }
		if json.Unmarshal(body, &u) == nil && u.Text != "" {
			j.Acknowledged(u.Text)
		}
	})
	written := map[string]string{}
	s := channeltest.Setup{
		Driver:  fake.NewDriver(n),
		Account: channels.Account{ID: 7, Kind: channels.KindFake, Config: map[string]string{"token": token, "secret": secret, "mode": mode}},
		Chat:    "contact",
		Arrive:  func(text string) { written[text] = n.Write("contact", "Contact", text) },
		Again:   func(text string) { n.Again(written[text]) },
		Garbage: func(raw []byte) bool { n.Garbage(raw); return false },
		Deny:    func() { n.Deny(true) },
		Answers: slices.Collect(maps.Keys(answers())),
		Script:  func(a channeltest.Answer) { n.Script(fake.MethodSend, answers()[a]) },
		Attempts: func() (list []channeltest.Attempt) {
			for _, a := range n.Attempts() {
				list = append(list, channeltest.Attempt{DedupID: a.RandomID, Chat: a.Chat, Text: a.Text})
			}
			return list
		},
	}
	if mode == fake.ModePush {
		s.Push = func(ctx context.Context, a channels.Adapter, in channels.Inbound) {
			n.Push(ctx, a.(channels.Webhook), secret, in)
		}
	}
	return s
}
