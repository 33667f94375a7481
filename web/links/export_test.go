package links

import (
	"context"

	"parley/channels"
)

// Room bounds what pushes hold in memory, for its tests.
type Room struct{ *room }

// NewRoom makes one of some bytes.
func NewRoom(most int64) Room { return Room{newRoom(most)} }

// Enter waits for a place.
func (r Room) Enter(ctx context.Context, account channels.AccountID, size int64) (func(), error) {
	return r.enter(ctx, account, size)
}

// ErrFull is what waiting too long answers.
var ErrFull = errFull
