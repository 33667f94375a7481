package desk

import (
	"context"
	"net/http"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/contact"
	"parley/inbox/suppression"
	"parley/web/rest"
)

// Stop is that a contact asked for no more messages by a network.
type Stop struct {
	Kind   channels.Kind      `json:"kind" doc:"Of the network that it holds for."`
	Reason suppression.Reason `json:"reason" doc:"asked: they wrote so."`
	Word   string             `json:"word" doc:"What they wrote."`
	At     time.Time          `json:"at"`
}

func showStop(s suppression.Suppression) Stop {
	return Stop{Kind: s.Kind, Reason: s.Reason, Word: s.Word, At: rest.Time(s.At)}
}

func (d *Desk) declareStopped(api *rest.API) {
	rest.Add(api, rest.Op{
		ID: "lift-stop", Method: http.MethodDelete, Path: "/conversations/{id}/stop", Need: rest.Write("conversations"),
		Summary: "Let a contact who asked for no more messages be written to again",
	}, func(ctx context.Context, who rest.Caller, in *ByID) (*rest.None, error) {
		return nil, d.inbox.LiftStop(ctx, who.Viewer, rest.Num[inbox.ConversationID](in.ID))
	})
}

// stopped is what keeps a conversation's contact from being written to, nil when nothing does.
func (d *Desk) stopped(ctx context.Context, who rest.Caller, id inbox.ConversationID) (*Stop, error) {
	s, found, err := d.inbox.Stopped(ctx, who.Viewer, id)
	if err != nil || !found {
		return nil, err
	}
	out := showStop(s)
	return &out, nil
}

// Rest is that a conversation's account is not at work.
type Rest struct {
	Reason inbox.Standing `json:"reason" enum:"paused,archived" doc:"paused: what is written waits; archived: nothing can be sent."`
	Words  Words          `json:"words" doc:"What that means and what to do, for people."`
}

// resting is what keeps a conversation's account from work, nil when nothing does.
func (d *Desk) resting(ctx context.Context, who rest.Caller, id inbox.ConversationID) (*Rest, error) {
	s, err := d.inbox.Standing(ctx, who.Viewer, id)
	if err != nil || s == "" {
		return nil, err
	}
	return &Rest{Reason: s, Words: wordsOf(s.Words())}, nil
}

// withStops adds to a contact's addresses by which networks they want no messages.
func (d *Desk) withStops(ctx context.Context, id contact.ID, c Contact) (Contact, error) {
	list, err := d.inbox.StoppedFor(ctx, id)
	if err != nil {
		return c, err
	}
	for i := range c.Identities {
		for _, s := range list {
			if s.Scope == c.Identities[i].Scope && s.Address == c.Identities[i].Address {
				c.Identities[i].Stops = append(c.Identities[i].Stops, showStop(s))
			}
		}
	}
	return c, nil
}
