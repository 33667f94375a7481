package intake

import (
	"crypto/sha256"
	"encoding/base32"
	"slices"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
)

// isMail tells whether an event belongs to a thread by what it refers to, and not by a
// chat that its network keeps.
func isMail(ev *channels.Event) bool {
	m := ev.Message
	return m != nil && (ev.Original != nil || m.From != nil || len(m.References) > 0 || len(m.To) > 0 || len(m.Cc) > 0)
}

// thread finds the conversation that a mail continues, nil when there is none. It
// must not matter in which order mails come. So a mail joins what it refers to when its
// author is a party there, and what refers to it joins when *its* author is a party to
// this mail: the same question, asked later. Nothing joins by mentioning somebody else's
// mail, whenever that comes, and nothing by the mail of a newcomer.
func (d *decision) thread(a *Arrival, why actor.Cause) (target *inbox.Conversation, newcomer bool) {
	target = d.continued(a)
	if newcomer = d.newcomer(a, target); newcomer || a.Event.Nature != channels.NaturePerson {
		return target, newcomer
	}
	parties := d.partiesOf(a)
	own := RemoteRef{a.AccountID, a.Event.Message.RemoteID}
	for _, n := range slices.Clone(d.state.Mentions[own]) {
		c := d.current(n.ConversationID)
		if n.Arrived || c == nil || c == target || n.By != ourselves && !slices.ContainsFunc(parties, n.By.Same) && !d.party(target, n.By) {
			continue
		}
		if target == nil {
			target = c
		} else {
			target = d.join(target, c, &a.Event, why)
		}
	}
	return target, false
}

// newcomer tells whether a mail comes into a conversation by its proof alone: whoever wrote
// it has a mail of ours, and neither wrote here before nor was written to. It may have been
// forwarded to them, or found.
func (d *decision) newcomer(a *Arrival, c *inbox.Conversation) bool {
	ev := &a.Event
	if c == nil || ev.Direction != channels.Inward || ev.Message.Answers == 0 {
		return false
	}
	who, known := d.state.Identities[IdentityRef{ev.Sender.Scope, ev.Sender.Address}]
	return !(known && who.ContactID == c.ContactID) && !d.party(c, inbox.Party{Scope: ev.Sender.Scope, Address: ev.Sender.Address})
}

// continued finds the conversation that a mail continues: the one that it proves to
// answer, else that of the nearest thing it refers to whose party the author is.
func (d *decision) continued(a *Arrival) *inbox.Conversation {
	ev := &a.Event
	if m := d.state.Messages[inbox.MessageID(ev.Message.Answers)]; m != nil && m.AccountID == a.AccountID {
		if c := d.current(m.ConversationID); c != nil {
			return c
		}
	}
	author := inbox.Party{Scope: ev.Sender.Scope, Address: ev.Sender.Address}
	near := []string{ev.Message.RemoteID} // a copy of what we have goes beside it
	for _, id := range slices.Backward(ev.Message.References) {
		near = append(near, id)
	}
	for _, id := range near {
		for _, n := range d.state.Mentions[RemoteRef{a.AccountID, id}] {
			if c := d.current(n.ConversationID); n.Arrived && c != nil && d.joins(ev, c, author) {
				return c
			}
		}
	}
	for _, id := range near[1:] {
		for _, n := range d.state.Mentions[RemoteRef{a.AccountID, id}] {
			if c := d.current(n.ConversationID); !n.Arrived && c != nil && d.alike(a, c, n, author) {
				return c
			}
		}
	}
	for i := range ev.Message.Reports { // a bounce that says nothing else of what it is about
		if m := d.reported(a, &ev.Message.Reports[i]); m != nil && ev.Nature != channels.NaturePerson {
			return d.current(m.ConversationID)
		}
	}
	return nil
}

// joins tells whether the author of a mail may join a conversation that holds what the
// mail refers to.
func (d *decision) joins(ev *channels.Event, c *inbox.Conversation, author inbox.Party) bool {
	return ev.Direction == channels.Echo || d.party(c, author)
}

// alike tells whether a mail goes beside one that refers to the same missing mail. Who
// was put among the recipients of that one says nothing, only who wrote it.
func (d *decision) alike(a *Arrival, c *inbox.Conversation, n *inbox.Mention, author inbox.Party) bool {
	switch {
	case n.By == ourselves:
		return d.joins(&a.Event, c, author)
	case a.Event.Direction == channels.Echo:
		return slices.ContainsFunc(d.partiesOf(a), n.By.Same)
	default:
		return n.By.Same(author)
	}
}

// current is the conversation that goes on where another one was. People may merge over
// accounts; a mail stays in its own, or its answer would leave by another one. Then it is
// the merged one, after which its thread begins a new episode.
func (d *decision) current(id inbox.ConversationID) *inbox.Conversation {
	c := d.state.Conversations[id]
	if c == nil {
		return nil
	}
	for c.MergedInto != 0 {
		into := d.state.Conversations[c.MergedInto]
		if into == nil || into.AccountID != c.AccountID {
			break
		}
		c = into
	}
	if last := d.state.Threads[ThreadRef{c.AccountID, c.Chat}]; last != nil && last.MergedInto == 0 {
		return last
	}
	return c
}

// chatOf is the key of a new thread: what its adapter proposes, unless a thread that
// the author is no party to has it.
func (d *decision) chatOf(a *Arrival) string {
	chat := a.Event.Chat
	if d.state.Threads[ThreadRef{a.AccountID, chat}] == nil {
		return chat
	}
	sum := sha256.Sum256([]byte(a.Event.Key))
	suffix := "#" + base32.HexEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:10])
	return short(chat, channels.MaxChat-len(suffix)) + suffix
}
