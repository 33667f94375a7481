package intake

import (
	"maps"
	"slices"

	"parley/inbox"
)

// releaseHeld lets the answers go that waited for the contact to write: of this
// conversation and of the episodes before it.
func (d *decision) releaseHeld(c *inbox.Conversation) {
	for _, id := range slices.Sorted(maps.Keys(d.state.Held)) {
		from := d.state.Conversations[id]
		if from == nil || from.AccountID != c.AccountID || from.Chat != c.Chat {
			continue
		}
		for _, m := range d.state.Held[id] {
			d.out.FollowUps = append(d.out.FollowUps, inbox.ReleaseFollowUp(m, id, d.state.Now))
		}
		delete(d.state.Held, id)
	}
}
