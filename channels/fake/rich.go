package fake

import (
	"context"

	"parley/channels"
)

// rich is an account with every ability that the network has.
type rich struct{ account }

var (
	_ channels.Adapter = (*rich)(nil)
	_ channels.Webhook = (*rich)(nil)
	_ channels.Editor  = (*rich)(nil)
	_ channels.Deleter = (*rich)(nil)
	_ channels.Reactor = (*rich)(nil)
	_ channels.Typer   = (*rich)(nil)
)

// Edit implements channels.Editor.
func (r *rich) Edit(ctx context.Context, remoteID string, m channels.Outgoing) error {
	if err := r.limits.Check(m); err != nil {
		return err
	}
	return r.do(ctx, MethodEdit, sendRequest{Chat: m.Chat, ID: remoteID, Text: m.Text})
}

// Delete implements channels.Deleter.
func (r *rich) Delete(ctx context.Context, chat, remoteID string) error {
	return r.do(ctx, MethodDelete, sendRequest{Chat: chat, ID: remoteID})
}

// React implements channels.Reactor.
func (r *rich) React(ctx context.Context, chat, remoteID, emoji string) error {
	return r.do(ctx, MethodReact, sendRequest{Chat: chat, ID: remoteID, Emoji: emoji})
}

// Typing implements channels.Typer.
func (r *rich) Typing(ctx context.Context, chat, agentName string) error {
	return r.do(ctx, MethodTyping, sendRequest{Chat: chat, Text: agentName})
}

func (r *rich) do(ctx context.Context, m Method, req sendRequest) error {
	_, err := r.call(ctx, m, req)
	return asError(err)
}
