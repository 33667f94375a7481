package intake

import (
	"maps"
	"slices"
	"strings"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
)

// join makes two conversations one, as far as one of them misses its beginning and
// both could go on, and returns the one that stays: the open one, else the older one. What
// people put aside as spam is joined to nothing else, and what comes goes to the other one.
func (d *decision) join(a, b *inbox.Conversation, ev *channels.Event, why actor.Cause) *inbox.Conversation {
	orphanA, orphanB := len(d.state.Orphans[a.ID]) > 0, len(d.state.Orphans[b.ID]) > 0
	busy := d.state.Busy[a.ID] && d.state.Busy[b.ID] // one message at a time is on its way out of a conversation
	if !orphanA && !orphanB || busy || !d.continues(a, ev) || !d.continues(b, ev) {
		return a
	}
	if a.Spam() && !b.Spam() {
		return b
	}
	if b.Spam() && !a.Spam() {
		return a
	}
	keep, gone := a, b
	if aClosed, bClosed := a.Status == inbox.Closed, b.Status == inbox.Closed; aClosed && !bClosed || aClosed == bClosed && b.ID < a.ID {
		keep, gone = b, a
	}
	j := inbox.Join{From: gone.ID, Into: keep.ID, Shift: keep.Seq, Rooted: !orphanA || !orphanB}
	d.moveMessages(j)
	d.moveThread(j)
	d.out.Joins = append(d.out.Joins, j)
	d.out.Enter(d.supply.ID(), keep.ID, "merge", why, d.state.Now, map[string]any{"number": gone.Number, "conversation_id": idText(gone.ID)})
	keep.Absorb(gone, d.state.Now)
	d.out.Conversation(keep, why, d.state.Now)
	d.out.Conversation(gone, why, d.state.Now)
	return keep
}

// moveMessages moves what is in memory; the rest moves in the database.
func (d *decision) moveMessages(j inbox.Join) {
	moved := map[*inbox.Message]bool{}
	move := func(m *inbox.Message) {
		if m.ConversationID == j.From && !moved[m] {
			moved[m] = true
			m.ConversationID = j.Into
			if m.Seq != 0 {
				m.Seq += j.Shift
			}
		}
	}
	for _, m := range d.out.NewMessages {
		move(m)
	}
	for _, m := range d.state.Messages {
		move(m)
	}
	for _, m := range d.state.Remotes {
		move(m)
	}
	for _, list := range d.state.Earlier {
		for _, m := range list {
			move(m)
		}
	}
	d.state.Earlier[j.Into] = append(d.state.Earlier[j.Into], d.state.Earlier[j.From]...)
	delete(d.state.Earlier, j.From)
	for i := range d.out.Received {
		if r := &d.out.Received[i]; r.ConversationID == j.From {
			r.ConversationID = j.Into
		}
	}
	for _, l := range d.out.Leads {
		if l.ConversationID == int64(j.From) {
			l.ConversationID = int64(j.Into)
		}
	}
	for _, r := range d.out.Requests {
		if r.ConversationID == int64(j.From) {
			r.ConversationID = int64(j.Into)
		}
	}
	for i := range d.out.Feed {
		if n := &d.out.Feed[i]; n.ConversationID == j.From && strings.HasPrefix(n.Type, "message.") {
			n.ConversationID = j.Into
		}
	}
}

func (d *decision) moveThread(j inbox.Join) {
	for ref, list := range d.state.Mentions {
		d.state.Mentions[ref] = slices.DeleteFunc(list, func(n *inbox.Mention) bool {
			if n.ConversationID != j.From {
				n.Root = n.Root && !(j.Rooted && n.ConversationID == j.Into)
				return false
			}
			n.ConversationID, n.Root = j.Into, n.Root && !j.Rooted
			at := slices.IndexFunc(list, func(x *inbox.Mention) bool { return x != n && x.ConversationID == j.Into })
			if at < 0 {
				return false
			}
			if kept := list[at]; n.Arrived && !kept.Arrived {
				kept.Arrived, kept.Root, kept.Direct, kept.By = true, false, false, inbox.Party{}
				d.noteMention(kept)
			}
			d.out.Mentions = slices.DeleteFunc(d.out.Mentions, func(x *inbox.Mention) bool { return x == n })
			return true
		})
	}
	d.meet(j.Into, d.state.Parties[j.From])
	d.out.Participants = slices.DeleteFunc(d.out.Participants, func(p inbox.Participant) bool { return p.ConversationID == j.From })
	orphan := d.state.Orphans[j.Into]
	if orphan != nil {
		maps.Copy(orphan, d.state.Orphans[j.From])
	}
	if j.Rooted {
		delete(d.state.Orphans, j.Into)
	}
	delete(d.state.Orphans, j.From)
	if d.state.Busy[j.From] {
		d.state.Busy[j.Into] = true
	}
}
