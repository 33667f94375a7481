package app

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"

	"parley/channels"
	"parley/internal/config"
	"parley/internal/live"
	"parley/internal/store"
)

// The topics on which nodes wake each other, besides those of package events.
const (
	topicFeed     = "feed"
	topicOutbox   = "outbox"
	topicJobs     = "jobs"
	topicLeases   = "leases"
	topicAccounts = "accounts"
	topicVisitor  = "visitor"
)

// visitorMoment tells the visitor of a site's chat, on whatever node they are, that an
// agent is writing.
type visitorMoment struct {
	Account channels.AccountID `json:"account"`
	Chat    string             `json:"chat"`
	Name    string             `json:"name"`
}

// wireLink makes the way to the other nodes, where there is a Redis. What travels is
// sealed: the Redis server may have other users.
func (a *App) wireLink() error {
	if a.Config.Redis.Empty() {
		return nil
	}
	link, err := live.NewLink(live.LinkOptions{
		URL: a.Config.Redis.Reveal(), Channel: "parley:" + hex.EncodeToString(a.Box.Derive("redis channel")[:8]), Log: a.Log, Receive: a.heard,
		Seal: func(plain []byte) []byte { return a.Box.Seal(plain, []byte(topicOfSeal)) },
		Open: func(sealed []byte) ([]byte, error) { return a.Box.Open(sealed, []byte(topicOfSeal)) },
	})
	if err != nil {
		return &config.Error{Flag: "redis", Env: "PARLEY_REDIS", Problem: "is not a Redis address", Remedy: "write it as redis://host:6379/0"}
	}
	a.link = link
	return nil
}

// topicOfSeal binds what is sealed to its use.
const topicOfSeal = "between nodes"

// heard takes what another node sent.
func (a *App) heard(from, topic string, body []byte) {
	switch topic {
	case topicFeed:
		a.Feed.Wake()
	case topicOutbox:
		a.Outbox.Wake()
	case topicJobs:
		a.Jobs.Wake()
	case topicLeases:
		if a.node != nil {
			a.node.Wake()
		}
	case topicAccounts:
		a.Supervisor.Look()
	case topicVisitor:
		var v visitorMoment
		if json.Unmarshal(body, &v) == nil {
			a.Web.VisitorTyping(v.Account, v.Chat, v.Name)
		}
	default:
		a.Feed.Heard(from, topic, body)
	}
}

// wakeOthers has the other nodes look at a topic.
func (a *App) wakeOthers(topic string) {
	if a.link != nil {
		a.link.Wake(topic)
	}
}

// passOn tells the other nodes what a commit left.
func (a *App) passOn(topic store.Topic) {
	if topic&store.OutboxQueued != 0 {
		a.wakeOthers(topicOutbox)
	}
	if topic&store.JobsQueued != 0 {
		a.wakeOthers(topicJobs)
	}
	if topic&store.FeedWritten != 0 {
		a.wakeOthers(topicFeed)
	}
}

// across is how package events tells the other nodes; nil without Redis.
func (a *App) across() func(topic string, body []byte) {
	if a.link == nil {
		return nil
	}
	return a.link.Send
}

// stopLink says good-bye; that Redis is gone is no reason for a stop to fail.
func (a *App) stopLink() {
	if a.link == nil {
		return
	}
	if err := a.link.Stop(); err != nil && !errors.Is(err, context.Canceled) {
		a.Log.Warn("redis not reached at the end", "error", err)
	}
}
