package routertest

import (
	"context"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
)

// Says delivers a message of a visitor and returns its conversation.
func (w *World) Says(visitor, key, text string) inbox.ConversationID {
	w.T.Helper()
	return w.Deliver(channels.Event{
		Key: channels.EventKey(key), Direction: channels.Inward, Chat: visitor, Sender: channels.Sender{Scope: "visitor", Address: visitor, Name: "Ann Lee"},
		Message: &channels.Message{Text: text},
	})
}

// Deliver brings events of the account, as one batch, and returns the conversation of
// the first.
func (w *World) Deliver(list ...channels.Event) inbox.ConversationID {
	w.T.Helper()
	in := w.intake.For(Account, func(context.Context, channels.Status) {})
	out, err := in.Deliver(w.T.Context(), channels.Batch{Events: list})
	w.must(err)
	return inbox.ConversationID(out[0].ConversationID)
}

// Conversation returns one as it is now.
func (w *World) Conversation(id inbox.ConversationID) inbox.Row {
	w.T.Helper()
	row, err := w.Inbox.Get(w.T.Context(), actor.System(), id)
	w.must(err)
	return row
}

// Entries are what the timeline tells of one type.
func (w *World) Entries(id inbox.ConversationID, typ string) (out []*inbox.Entry) {
	w.T.Helper()
	page, err := w.Inbox.Timeline(w.T.Context(), actor.System(), id, "", 200)
	w.must(err)
	for _, i := range page.Items {
		if i.Entry != nil && i.Entry.Type == typ {
			out = append(out, i.Entry)
		}
	}
	return out
}
