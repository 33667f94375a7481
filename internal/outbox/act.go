package outbox

import (
	"context"
	"time"

	"parley/channels"
)

// Deed is what is done about a message.
type Deed string

// The deeds. Zero sends it; the others change what the network has already. They can be repeated without harm, so an
// attempt whose outcome is not known is made again.
const (
	Send   Deed = ""
	Edit   Deed = "edit"
	Delete Deed = "delete"
	React  Deed = "react"
)

// Act is a deed with what it needs besides Item.Out.
type Act struct {
	Deed Deed
	// RemoteIDs name the message: its first part, and where it became several those too.
	RemoteIDs []string
	Emoji     string // of a reaction; "" takes it back
}

// actGiveUp is how long a change is tried: who asked for it sees it wait, and later it would surprise them.
const actGiveUp = 10 * time.Minute

// patience is how long an item is tried before it is given up.
func (i *Item) patience() time.Duration {
	if i.Act.Deed == Send {
		return giveUp
	}
	return actGiveUp
}

// repeatable tells whether an attempt may be made again though nobody knows what came of the last one.
func (i *Item) repeatable(l channels.Limits) bool { return l.SafeResend || i.Act.Deed != Send }

// do makes the attempt by the ability that it needs.
func do(ctx context.Context, a channels.Adapter, i *Item) (channels.Sent, error) {
	remote := ""
	if len(i.Act.RemoteIDs) > 0 {
		remote = i.Act.RemoteIDs[0]
	}
	switch i.Act.Deed {
	case Send:
		return a.Send(ctx, i.Out)
	case Edit:
		if can, ok := a.(channels.Editor); ok {
			return channels.Sent{}, can.Edit(ctx, remote, i.Out)
		}
	case Delete:
		if can, ok := a.(channels.Deleter); ok {
			return channels.Sent{}, withdraw(ctx, can, i)
		}
	case React:
		if can, ok := a.(channels.Reactor); ok {
			return channels.Sent{}, can.React(ctx, i.Out.Chat, remote, i.Act.Emoji)
		}
	}
	return channels.Sent{}, &channels.Error{Kind: channels.Permanent, Code: CodeUnable, Text: phrases[CodeUnable].EN}
}

// withdraw deletes every part of a message, the last one first: as long as anything fails its beginning stands.
func withdraw(ctx context.Context, can channels.Deleter, i *Item) error {
	for n := len(i.Act.RemoteIDs) - 1; n >= 0; n-- {
		if err := can.Delete(ctx, i.Out.Chat, i.Act.RemoteIDs[n]); err != nil {
			return err
		}
	}
	return nil
}
