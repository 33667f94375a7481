package intake

import (
	"parley/inbox"
	"parley/inbox/actor"
)

// reject tells the timeline why a message opened nothing, and leaves the job that answers
// its author. The message itself is kept, in a conversation that nobody waits for: a rule
// that rejects too much can be seen and the messages found.
func (d *decision) reject(r *Rule, c *inbox.Conversation, why actor.Cause) {
	d.out.Enter(d.supply.ID(), c.ID, "intake_rule", why, d.state.Now, map[string]any{"rule_id": idText(r.ID), "name": r.Name, "rejected": true})
	d.out.FollowUps = append(d.out.FollowUps, inbox.RejectFollowUp(c.ID, inbox.Rejection{Rule: int64(r.ID), Name: r.Name, Text: r.Then.Reject}, d.state.Now))
}
