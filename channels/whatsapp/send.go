package whatsapp

import (
	"context"
	"encoding/json"

	"parley/channels"
)

// Send implements channels.Adapter. WhatsApp takes one file per message, so an outgoing message may be
// several calls; the first one's id names it.
func (a *Account) Send(ctx context.Context, m channels.Outgoing) (channels.Sent, error) {
	var parts []part
	var err *channels.Error
	if m.Template != nil {
		parts, err = a.renderTemplate(ctx, m)
	} else {
		parts, err = a.render(m)
	}
	if err != nil {
		return channels.Sent{}, err
	}
	// Every file is uploaded before anything is sent: most of what can go wrong goes wrong here, and has
	// reached nobody.
	for i := range parts {
		if parts[i].file == nil {
			continue
		}
		id, err := a.upload(ctx, *parts[i].file)
		if err != nil {
			return channels.Sent{}, err
		}
		parts[i].place(id)
	}
	var first string
	for i := range parts {
		switch { // what becomes of a beginning settles nothing: the rest may be missing
		case i == len(parts)-1:
		case i == 0:
			parts[i].payload.Mark = "" // its id is the message's
		default:
			parts[i].payload.Mark = a.mark.ofPart(m.MessageID)
		}
		id, err := a.deliver(ctx, parts[i].payload)
		if err != nil && i > 0 {
			return channels.Sent{}, partly(err)
		}
		if err != nil {
			return channels.Sent{}, err
		}
		if i == 0 {
			first = id
		}
	}
	return channels.Sent{RemoteID: first, At: a.env.Now().UTC()}, nil
}

// partly is the truth about a message whose beginning was taken and whose rest was not.
func partly(err *channels.Error) *channels.Error {
	e := failure(channels.Uncertain, CodePartly)
	e.RetryAfter, e.Scope, e.Err = err.RetryAfter, err.Scope, err
	return e
}

// deliver makes one call and returns the id that WhatsApp gave the message.
func (a *Account) deliver(ctx context.Context, p payload) (string, *channels.Error) {
	answer, err := a.graph.post(ctx, a.settings.number+"/messages", p)
	if err != nil {
		return "", err
	}
	var taken struct {
		Messages []struct {
			ID string `json:"id"`
		} `json:"messages"`
	}
	if json.Unmarshal(answer, &taken) != nil || len(taken.Messages) == 0 || taken.Messages[0].ID == "" {
		return "", failure(channels.Uncertain, CodeUnclear)
	}
	return taken.Messages[0].ID, nil
}

// React implements channels.Reactor; an empty emoji takes the reaction back.
func (a *Account) React(ctx context.Context, chat, remoteID, emoji string) error {
	p, err := addressOf(chat)
	if err != nil {
		return err
	}
	p.Type, p.Reaction = "reaction", &reaction{MessageID: remoteID, Emoji: emoji}
	_, err = a.deliver(ctx, p)
	return asError(err)
}

// receipt tells WhatsApp that a message was read, and perhaps that an answer is being written.
type receipt struct {
	Product   string  `json:"messaging_product"`
	Status    string  `json:"status"`
	MessageID string  `json:"message_id"`
	Typing    *typing `json:"typing_indicator,omitempty"`
}

type typing struct {
	Type string `json:"type"`
}

// MarkRead implements channels.ReadMarker. WhatsApp marks all earlier messages of the chat as well.
func (a *Account) MarkRead(ctx context.Context, _, remoteID string) error {
	if remoteID == "" {
		return nil
	}
	_, err := a.graph.post(ctx, a.settings.number+"/messages", receipt{Product: "whatsapp", Status: "read", MessageID: remoteID})
	return asError(harmless(err))
}

// Typing implements channels.Typer. WhatsApp shows it for 25 seconds, and only in answer to a message,
// which it marks as read; where none is known, nothing is shown.
func (a *Account) Typing(ctx context.Context, chat, _ string) error {
	last := a.recent.of(chat)
	if last == "" {
		return nil
	}
	_, err := a.graph.post(ctx, a.settings.number+"/messages", receipt{Product: "whatsapp", Status: "read", MessageID: last, Typing: &typing{Type: "text"}})
	return asError(harmless(err))
}
