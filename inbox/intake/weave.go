package intake

import (
	"slices"

	"parley/channels"
	"parley/inbox"
)

// Bounds of what is noted of one remote id.
const (
	maxClaims = 16 // conversations that may refer to it
	maxCopies = 64 // conversations that may hold it
)

// weave notes what a mail in a conversation is and refers to; began says that the mail
// begins its thread, so that the thread hangs below what it refers to.
func (d *decision) weave(a *Arrival, c *inbox.Conversation, began bool) {
	ev := &a.Event
	d.meet(c.ID, d.partiesOf(a))
	if ev.Message.RemoteID != "" {
		began = d.arrived(RemoteRef{a.AccountID, ev.Message.RemoteID}, c) || began
	}
	by := inbox.Party{Scope: ev.Sender.Scope, Address: ev.Sender.Address}
	if ev.Direction == channels.Echo {
		by = ourselves
	}
	for i, id := range ev.Message.References {
		ref, direct := RemoteRef{a.AccountID, id}, i == len(ev.Message.References)-1
		n := d.mention(ref, c.ID)
		switch {
		case n == nil && len(d.state.Mentions[ref]) < maxClaims:
			n = &inbox.Mention{AccountID: a.AccountID, RemoteID: id, ConversationID: c.ID, Root: began && i == 0, Direct: direct, By: by}
			d.state.Mentions[ref] = append(d.state.Mentions[ref], n)
		case n == nil || n.Arrived:
			continue
		case direct && !n.Direct:
			n.Direct, n.By = true, by
			n.Root = n.Root || began && i == 0
		case began && i == 0 && !n.Root:
			n.Root = true
		default:
			continue
		}
		d.noteMention(n)
		if n.Root {
			if d.state.Orphans[c.ID] == nil {
				d.state.Orphans[c.ID] = map[string]bool{}
			}
			d.state.Orphans[c.ID][id] = true
		}
	}
}

// arrived notes that a message is in a conversation, and tells whether the
// conversation hung below it: then it hangs below what that one refers to.
func (d *decision) arrived(ref RemoteRef, c *inbox.Conversation) (root bool) {
	n := d.mention(ref, c.ID)
	if n == nil {
		if len(d.state.Mentions[ref]) >= maxCopies {
			return false
		}
		n = &inbox.Mention{AccountID: ref.AccountID, RemoteID: ref.RemoteID, ConversationID: c.ID}
		d.state.Mentions[ref] = append(d.state.Mentions[ref], n)
	}
	if n.Arrived {
		return false
	}
	root = n.Root
	n.Arrived, n.Root, n.Direct, n.By = true, false, false, inbox.Party{}
	if orphan := d.state.Orphans[c.ID]; orphan != nil {
		if delete(orphan, ref.RemoteID); len(orphan) == 0 {
			delete(d.state.Orphans, c.ID)
		}
	}
	d.noteMention(n)
	return root
}

func (d *decision) noteMention(n *inbox.Mention) {
	if !slices.Contains(d.out.Mentions, n) {
		d.out.Mentions = append(d.out.Mentions, n)
	}
}

func (d *decision) mention(ref RemoteRef, c inbox.ConversationID) *inbox.Mention {
	for _, n := range d.state.Mentions[ref] {
		if n.ConversationID == c {
			return n
		}
	}
	return nil
}
