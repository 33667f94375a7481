package intake

import (
	"slices"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
)

// attaches tells which natures only ever add to a conversation and never open one.
func attaches(n channels.Nature) bool {
	switch n {
	case channels.NatureAutoReply, channels.NatureList, channels.NatureBounce, channels.NatureComplaint:
		return true
	}
	return false
}

// mailOf is what a message has besides where it is a mail.
func mailOf(ev *channels.Event) inbox.Mail {
	m := inbox.Mail{Quoted: ev.Message.Quoted, Nature: ev.Nature, Warning: ev.Message.Warning}
	if !isMail(ev) {
		return m
	}
	if ev.Original != nil {
		m.Original = ev.Original.Hash
	}
	m.Head = inbox.Head{Subject: ev.Subject, To: partiesOf(ev.Message.To), Cc: partiesOf(ev.Message.Cc), AnswerTo: partiesOf(ev.Message.AnswerTo), References: ev.Message.References, Unanswerable: ev.Message.Unanswerable, Damaged: ev.Message.Damaged}
	from := inbox.Party{Scope: ev.Sender.Scope, Address: ev.Sender.Address, Name: ev.Sender.Name}
	if ev.Message.From != nil {
		from = partyOf(*ev.Message.From)
	}
	if m.From = &from; ev.Direction == channels.Echo && ev.Message.From == nil {
		m.From = nil
	}
	return m
}

func partiesOf(list []channels.Address) []inbox.Party {
	var out []inbox.Party
	for _, a := range list {
		out = append(out, partyOf(a))
	}
	return out
}

// attach puts a machine's word beside what it answers, where that is known. It opens,
// reopens and asks nothing.
func (d *decision) attach(a *Arrival) channels.Outcome {
	ev := &a.Event
	var author *Person
	if id, known := d.state.Identities[IdentityRef{ev.Sender.Scope, ev.Sender.Address}]; known && ev.Nature != channels.NatureBounce {
		author = d.state.People[id.ContactID]
	}
	why := cause(ev, 0)
	if author != nil {
		why = cause(ev, int64(author.Contact.ID))
	}
	d.reports(a, why)
	var c *inbox.Conversation
	if isMail(ev) {
		c, _ = d.thread(a, why)
	} else {
		c = d.state.Threads[ThreadRef{a.AccountID, ev.Chat}]
	}
	if c == nil {
		return channels.Outcome{Kind: kindOf(ev, false)}
	}
	m := d.newMessage(a, c, author, why)
	if ev.Message.RemoteID != "" && isMail(ev) {
		d.arrived(RemoteRef{a.AccountID, ev.Message.RemoteID}, c)
	}
	note(ev, c, m)
	d.out.Conversation(c, why, d.state.Now)
	d.out.Message(m, d.state.Now)
	d.applyParked(a.AccountID, m)
	return channels.Outcome{Kind: kindOf(ev, false), MessageID: int64(m.ID), ConversationID: int64(c.ID), Seq: m.Seq, At: m.CreatedAt}
}

// reports marks those of our messages that a mail says something of.
func (d *decision) reports(a *Arrival, why actor.Cause) {
	for i := range a.Event.Message.Reports {
		r := &a.Event.Message.Reports[i]
		if m := d.reported(a, r); m != nil {
			d.advance(m, inbox.State(r.State), r, why)
		}
	}
}

// reported finds the message of ours that a report is about. One whose fate was unknown has
// no id of the network yet, so that ours comes first.
func (d *decision) reported(a *Arrival, r *channels.Receipt) *inbox.Message {
	m := d.state.Messages[inbox.MessageID(r.MessageID)]
	if m == nil && r.RemoteID != "" {
		m = d.state.Remotes[RemoteRef{a.AccountID, r.RemoteID}]
	}
	if m == nil || m.AccountID != a.AccountID || m.Direction != inbox.Outbound || m.Kind != inbox.KindMessage || m.Seq == 0 {
		return nil
	}
	return m
}

// settle recognises our own message by its proof: it has been sent, whatever became of
// the attempt, and nothing is added.
func (d *decision) settle(a *Arrival) (channels.Outcome, bool) {
	ev := &a.Event
	m := d.state.Messages[inbox.MessageID(ev.Message.Ours)]
	if ev.Message.Ours != 0 && m == nil { // system mail, which is nobody's conversation and holds secret links
		return channels.Outcome{Kind: channels.OutcomeIgnored}, true
	}
	if ev.Message.Ours == 0 || m == nil || m.AccountID != a.AccountID || m.Direction != inbox.Outbound || m.Kind != inbox.KindMessage || m.Seq == 0 {
		return channels.Outcome{}, false
	}
	if d.borrowed(a) {
		return channels.Outcome{}, false
	}
	changed := false
	if m.RemoteID == "" && ev.Message.RemoteID != "" {
		m.RemoteID, changed = ev.Message.RemoteID, true
	}
	switch m.State {
	case inbox.Queued, inbox.Sending, inbox.Uncertain:
		if m.State == inbox.Uncertain {
			d.out.Renew(m.ConversationID, actor.Cause{Kind: actor.Network}, d.state.Now)
		}
		m.State, m.ErrorCode, m.ErrorText, changed = inbox.Sent, "", "", true
		if m.SentAt = ev.At; ev.At.IsZero() {
			m.SentAt = d.state.Now
		}
		d.out.Unqueue = append(d.out.Unqueue, m.ID)
	}
	if changed {
		d.out.Update(m, actor.Cause{Kind: actor.Network}, d.state.Now)
	}
	if c := d.state.Conversations[m.ConversationID]; c != nil && ev.Message.RemoteID != "" {
		d.state.Remotes[RemoteRef{a.AccountID, ev.Message.RemoteID}] = m
		d.arrived(RemoteRef{a.AccountID, ev.Message.RemoteID}, c)
		d.applyParked(a.AccountID, m)
	}
	return channels.Outcome{Kind: channels.OutcomeEcho, MessageID: int64(m.ID), ConversationID: int64(m.ConversationID), Seq: m.Seq, At: m.CreatedAt}, true
}

// borrowed tells whether somebody else's mail carries the id of a message of ours, as
// programs make it that send on what they got. The id proves only that its author has
// our message, as an answer does.
func (d *decision) borrowed(a *Arrival) bool {
	ev := &a.Event
	m := d.state.Messages[inbox.MessageID(ev.Message.Ours)]
	return m != nil && m.AccountID == a.AccountID && ev.Direction != channels.Echo &&
		inbox.OwnAddress(d.state.Accounts[a.AccountID].Own, ev.Sender.Address) == ""
}

// renamed is a mail under a borrowed id as it is kept: it has no id of its own, so that
// what the network says of the id stays about our message, and counts as an answer to ours.
func renamed(a *Arrival) *Arrival {
	out, m := *a, *a.Event.Message
	if m.RemoteID != "" && !slices.Contains(m.References, m.RemoteID) {
		m.References = append(slices.Clone(m.References), m.RemoteID)
	}
	m.RemoteID, m.Answers, m.Ours = "", m.Ours, 0
	out.Event.Message = &m
	return &out
}

// JobParked is the kind of job that ends the wait of an echo; app routes it to TakeParked.
const JobParked = "intake.parked"

// echoing finds the conversation that an unknown echo may be the echo of something in
// that is being sent; nil when it need not wait.
func (d *decision) echoing(a *Arrival) *inbox.Conversation {
	ev := &a.Event
	if ev.Direction != channels.Echo || ev.Historic || ev.Message.RemoteID == "" || a.Parked != 0 {
		return nil
	}
	c := d.state.Threads[ThreadRef{a.AccountID, ev.Chat}]
	if isMail(ev) {
		c = d.continued(a)
	}
	if c == nil || !d.state.Busy[c.ID] {
		return nil
	}
	return c
}

// parkEcho keeps an echo until the network has named what is being sent, or for a while.
func (d *decision) parkEcho(a *Arrival) channels.Outcome {
	id := d.park(a, a.Event.Message.RemoteID)
	d.out.FollowUps = append(d.out.FollowUps, inbox.FollowUp{
		Kind: JobParked, Key: "parked:" + idText(id), Payload: idText(id), Due: d.state.Now.Add(d.policy.EchoWait),
	})
	return channels.Outcome{Kind: channels.OutcomeParked}
}
