package intake

import (
	"crypto/sha256"
	"encoding/base32"
	"maps"
	"slices"
	"strings"

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

// Bounds of threads.
const (
	maxClaims = 16  // conversations that may refer to one id; more are not noted
	maxCopies = 64  // conversations that may hold a message of one id
	maxPeople = 200 // participants noted of one conversation
)

// ourselves stands for who writes on our side: they are a party everywhere.
var ourselves = inbox.Party{Scope: "*"}

// thread finds the conversation that a mail continues, nil when there is none. It
// must not matter in which order mails come. So a mail joins what it refers to when its
// author is a party there, and what refers to it joins when *its* author is a party to
// this mail: the same question, asked later. Nothing joins by mentioning somebody else's
// mail, whenever that comes.
func (d *decision) thread(a *Arrival, why actor.Cause) *inbox.Conversation {
	target := d.continued(a)
	if a.Event.Nature != channels.NaturePerson {
		return target
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
	return target
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

// current is the conversation that goes on where another one was.
func (d *decision) current(id inbox.ConversationID) *inbox.Conversation {
	c := d.state.Conversations[id]
	for c != nil && c.MergedInto != 0 {
		c = d.state.Conversations[c.MergedInto]
	}
	if c == nil {
		return nil
	}
	if last := d.state.Threads[ThreadRef{c.AccountID, c.Chat}]; last != nil && last.MergedInto == 0 {
		return last
	}
	return c
}

// party tells whether somebody wrote in a conversation or was written to.
func (d *decision) party(c *inbox.Conversation, who inbox.Party) bool {
	return c != nil && slices.ContainsFunc(d.state.Parties[c.ID], who.Same)
}

// join makes two conversations one, as far as one of them misses its beginning and
// both could go on, and returns the one that stays: the open one, else the older one.
func (d *decision) join(a, b *inbox.Conversation, ev *channels.Event, why actor.Cause) *inbox.Conversation {
	orphanA, orphanB := len(d.state.Orphans[a.ID]) > 0, len(d.state.Orphans[b.ID]) > 0
	busy := d.state.Busy[a.ID] && d.state.Busy[b.ID] // one message at a time is on its way out of a conversation
	if !orphanA && !orphanB || busy || !d.continues(a, ev) || !d.continues(b, ev) {
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

// partiesOf lists who a mail is from and for, without ourselves.
func (d *decision) partiesOf(a *Arrival) []inbox.Party {
	ev := &a.Event
	list := []inbox.Party{{Scope: ev.Sender.Scope, Address: ev.Sender.Address, Name: ev.Sender.Name}}
	if ev.Direction == channels.Echo && len(ev.Message.To) > 0 {
		list = nil // the sender stands for who was addressed
	}
	for _, p := range slices.Concat(ev.Message.To, ev.Message.Cc) {
		list = append(list, partyOf(p))
	}
	own := d.state.Accounts[a.AccountID].Own
	return slices.DeleteFunc(list, func(p inbox.Party) bool { return inbox.OwnAddress(own, p.Address) != "" })
}

func partyOf(p channels.Address) inbox.Party {
	return inbox.Party{Scope: p.Scope, Address: p.Address, Name: p.Name}
}

// meet notes the participants of a conversation.
func (d *decision) meet(c inbox.ConversationID, list []inbox.Party) {
	have := d.state.Parties[c]
	for _, p := range list {
		if len(have) == maxPeople || slices.ContainsFunc(have, p.Same) {
			continue
		}
		have = append(have, p)
		d.out.Participants = append(d.out.Participants, inbox.Participant{ConversationID: c, Party: p, Position: int64(len(have))})
	}
	d.state.Parties[c] = have
}

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
