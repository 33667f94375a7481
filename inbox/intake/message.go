package intake

import (
	"strconv"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/inbox/pipeline"
)

// message decides new content: whose it is, which conversation it belongs to, and
// what it opens besides.
func (d *decision) message(a *Arrival) channels.Outcome {
	ev := &a.Event
	if ours := d.state.Remotes[RemoteRef{a.AccountID, ev.Message.RemoteID}]; ours != nil && ev.Direction == channels.Echo && ev.Message.RemoteID != "" {
		// The network repeats what we sent through it.
		return channels.Outcome{
			Kind: channels.OutcomeDuplicate, MessageID: int64(ours.ID), ConversationID: int64(ours.ConversationID), Seq: ours.Seq, At: ours.CreatedAt,
		}
	}
	if o, settled := d.settle(a); settled {
		return o
	}
	if d.borrowed(a) {
		a = renamed(a)
		ev = &a.Event
	}
	if attaches(ev.Nature) {
		return d.attach(a)
	}
	if c := d.echoing(a); c != nil {
		return d.parkEcho(a)
	}
	rule := d.rule(a)
	if rule != nil && rule.Then.Ignore {
		return channels.Outcome{Kind: channels.OutcomeIgnored}
	}
	person, known := d.person(a)
	why := cause(ev, int64(person.Contact.ID))
	rejects := rule != nil && rule.Then.Reject != ""
	if rejects {
		why = actor.Cause{Kind: actor.Rule, ID: int64(rule.ID)}
	}
	d.reports(a, why)
	at := d.conversation(a, person, why)
	conv, fresh := at.Conversation, at.fresh
	if rejects && !fresh && (conv.Status != inbox.Closed || conv.Spam()) { // a dialog under way is no opening, and its messages are answered; nobody answers spam
		rule, rejects, why = nil, false, cause(ev, int64(person.Contact.ID))
	}
	if rejects {
		if fresh {
			conv.Status, conv.ClosedAt = inbox.Closed, d.state.Now
		}
	} else if !fresh {
		d.reopen(conv, ev, why)
	} else if rule != nil {
		d.shape(rule, conv, why)
	}
	if first := d.albumOf(a, conv, person); first != nil {
		return d.joinAlbum(a, conv, first, why)
	}
	m := d.newMessage(a, conv, person, why)
	m.Newcomer = at.newcomer
	live := !ev.Historic && !rejects && !conv.Spam()
	if live && ev.Direction == channels.Inward && talks(ev) && !d.answered(a, conv) {
		conv.Wait(m.CreatedAt)
	}
	if live && ev.Direction == channels.Echo && !d.passedOn(a, conv) {
		conv.Answered()
	}
	switch {
	case at.newcomer && ev.Message.RemoteID != "":
		d.arrived(RemoteRef{a.AccountID, ev.Message.RemoteID}, conv)
	case isMail(ev) && !at.newcomer:
		d.weave(a, conv, at.began)
	}
	note(ev, conv, m)
	d.consent(a, conv, why)
	if live && ev.Direction == channels.Inward && talks(ev) {
		d.opens(a, rule, conv, person, known, why)
		d.releaseHeld(conv)
	}
	if !fresh {
		d.out.Conversation(conv, why, d.state.Now)
	}
	d.out.Message(m, d.state.Now)
	d.applyParked(a.AccountID, m)
	kind := kindOf(ev, fresh)
	if rejects {
		kind = channels.OutcomeRejected
		d.reject(rule, conv, why)
	}
	return channels.Outcome{
		Kind: kind, MessageID: int64(m.ID), ConversationID: int64(conv.ID), Seq: m.Seq, At: m.CreatedAt,
		Author: person.Contact.Name,
	}
}

// note has a conversation end with a message. What a network says of its own accord, such as that a number has
// changed, was not written by the contact: it opens no window for free answers.
func note(ev *channels.Event, c *inbox.Conversation, m *inbox.Message) {
	heard, wrote := c.LastInboundAt, c.WroteAt
	c.Note(m)
	if ev.Nature != channels.NaturePerson && !isMail(ev) {
		c.LastInboundAt, c.WroteAt = heard, wrote
	}
}

func kindOf(ev *channels.Event, fresh bool) channels.OutcomeKind {
	switch {
	case ev.Historic:
		return channels.OutcomeHistoric
	case ev.Direction == channels.Echo:
		return channels.OutcomeEcho
	case ev.Nature == channels.NatureBounce:
		return channels.OutcomeBounce
	case ev.Nature == channels.NatureComplaint:
		return channels.OutcomeComplaint
	case ev.Nature != channels.NaturePerson:
		return channels.OutcomeAuto
	case fresh:
		return channels.OutcomeMessage
	default:
		return channels.OutcomeReply
	}
}

// person finds the contact of an event or makes one. known is false for a stranger.
func (d *decision) person(a *Arrival) (p *Person, known bool) {
	ev := &a.Event
	now := d.state.Now
	refs := []IdentityRef{{ev.Sender.Scope, ev.Sender.Address}}
	for _, x := range ev.Sender.Extra {
		if x.Verified {
			refs = append(refs, IdentityRef{x.Scope, x.Address})
		}
	}
	for _, ref := range refs {
		if id, ok := d.state.Identities[ref]; ok {
			p = d.state.People[id.ContactID]
			break
		}
	}
	if p == nil {
		p = &Person{Contact: &contact.Contact{ID: contact.ID(d.supply.ID()), Name: ev.Sender.Name, CreatedAt: now}}
		d.state.People[p.Contact.ID] = p
		d.out.Contact(p.Contact, "contact.created", cause(ev, int64(p.Contact.ID)), now)
	} else {
		known = true
		if p.Contact.Name == "" && ev.Sender.Name != "" && ev.Direction == channels.Inward {
			p.Contact.Name = ev.Sender.Name
			d.out.Contact(p.Contact, "contact.updated", cause(ev, int64(p.Contact.ID)), now)
		}
	}
	for _, ref := range refs {
		d.identity(p, ref, true)
	}
	for _, x := range ev.Sender.Extra {
		if !x.Verified && !known {
			d.identity(p, IdentityRef{x.Scope, x.Address}, false)
		}
	}
	return p, known
}

// identity adds an address to a person. A verified one that somebody holds already
// stays with its holder.
func (d *decision) identity(p *Person, ref IdentityRef, verified bool) {
	if _, taken := d.state.Identities[ref]; verified && taken {
		return
	}
	id := contact.Identity{
		ID: contact.IdentityID(d.supply.ID()), ContactID: p.Contact.ID,
		Scope: ref.Scope, Address: ref.Address, Verified: verified, CreatedAt: d.state.Now,
	}
	if verified {
		d.state.Identities[ref] = id
	}
	d.out.Identities = append(d.out.Identities, &id)
}

// place is the episode that a message belongs to.
type place struct {
	*inbox.Conversation
	fresh    bool // the message begins it
	began    bool // its thread is new as well
	newcomer bool // the author has come in by proof alone
}

// conversation finds the episode that a message belongs to, or begins one.
func (d *decision) conversation(a *Arrival, p *Person, why actor.Cause) place {
	ev, now := &a.Event, d.state.Now
	ref := ThreadRef{a.AccountID, ev.Chat}
	var c *inbox.Conversation
	newcomer := false
	if isMail(ev) {
		if c, newcomer = d.thread(a, why); c != nil {
			ref.Chat = c.Chat
		} else {
			ref.Chat = d.chatOf(a)
		}
	} else {
		c = d.state.Threads[ref]
	}
	if c != nil && d.continues(c, ev) {
		return place{Conversation: c, newcomer: newcomer}
	}
	before := c
	sender := d.state.Identities[IdentityRef{ev.Sender.Scope, ev.Sender.Address}]
	c = &inbox.Conversation{
		ID: inbox.ConversationID(d.supply.ID()), Number: d.supply.ConversationNumber(),
		AccountID: a.AccountID, Chat: ref.Chat, ContactID: p.Contact.ID, IdentityID: sender.ID,
		Subject: ev.Subject, Status: inbox.Open, Priority: inbox.Normal,
		TeamID: d.state.Accounts[a.AccountID].TeamID, CreatedAt: now, UpdatedAt: now,
	}
	if newcomer { // it goes on with whom it was with
		c.ContactID, c.IdentityID = before.ContactID, before.IdentityID
	}
	if ev.Historic {
		c.Status, c.ClosedAt = inbox.Closed, now
	}
	d.state.Threads[ref] = c
	d.state.Conversations[c.ID] = c
	if before != nil && isMail(ev) {
		d.meet(c.ID, d.state.Parties[before.ID])
	}
	if o, known := inbox.OriginOf(c.ID, ev.Source); known {
		d.out.Origins = append(d.out.Origins, o)
	}
	d.out.Created(c, why, now)
	return place{Conversation: c, fresh: true, began: before == nil, newcomer: newcomer}
}

// continues tells whether an event belongs to the thread's last conversation: always
// while that is not closed, within the policy's time after closing, for history, and while it
// is spam; never after it became part of another one.
func (d *decision) continues(c *inbox.Conversation, ev *channels.Event) bool {
	return c.MergedInto == 0 && (c.Status != inbox.Closed || c.Spam() || ev.Historic || d.state.Now.Sub(c.ClosedAt) <= d.policy.Reopen)
}

// reopen brings a closed, pending or snoozed conversation back when the contact writes; only
// people bring back what they have put aside.
func (d *decision) reopen(c *inbox.Conversation, ev *channels.Event, why actor.Cause) {
	if c.Spam() || ev.Historic || !talks(ev) || c.Status == inbox.Open || ev.Direction == channels.Echo && c.Status != inbox.Closed {
		return
	}
	d.out.Enter(d.supply.ID(), c.ID, "status", why, d.state.Now, map[string]any{"from": c.Status, "to": inbox.Open})
	c.Status = inbox.Open
	c.SnoozedUntil = zeroTime
	c.ClosedAt = zeroTime
}

func (d *decision) newMessage(a *Arrival, c *inbox.Conversation, p *Person, why actor.Cause) *inbox.Message {
	ev := &a.Event
	m := &inbox.Message{
		ID: inbox.MessageID(d.supply.ID()), ConversationID: c.ID, AccountID: a.AccountID, Seq: c.Seq + 1,
		Direction: inbox.Inbound, Kind: inbox.KindMessage, Author: authorOf(p),
		Text: ev.Message.Text, HTML: ev.Message.HTML, State: inbox.Received,
		RemoteID: ev.Message.RemoteID, EventKey: string(ev.Key), Cause: why,
		SentAt: ev.At, CreatedAt: stamp(ev, c, d.state.Now), UpdatedAt: d.state.Now,
	}
	if ev.Direction == channels.Echo {
		m.Direction, m.Author, m.State = inbox.Outbound, inbox.Author{Kind: "network"}, inbox.Sent
	}
	m.Mail = mailOf(ev)
	if answered := d.state.Remotes[RemoteRef{a.AccountID, ev.Message.ReplyTo}]; ev.Message.ReplyTo != "" && answered != nil && (answered.ConversationID == c.ID || !isMail(ev)) {
		m.ReplyTo = answered.ID
	}
	if ev.Direction == channels.Inward {
		d.choose(ev, m)
	}
	m.Files = d.files(ev)
	for _, x := range ev.Message.Media {
		d.out.Announce(m, announced(x), d.state.Now)
	}
	if m.Album = ev.Message.Album; m.Album != "" {
		d.state.Albums[AlbumRef{a.AccountID, m.Album}] = m
	}
	if m.RemoteID != "" {
		d.state.Remotes[RemoteRef{a.AccountID, m.RemoteID}] = m
	}
	return m
}

// files makes rows of an event's stored files.
func (d *decision) files(ev *channels.Event) (list []inbox.File) {
	for _, f := range ev.Message.Files {
		file := inbox.File{ID: inbox.FileID(f.ID), Hash: f.Hash, Name: f.Name, Type: f.Type, Size: f.Size, OwnerKind: "network", CreatedAt: d.state.Now, ContentID: f.ContentID, Inline: f.Inline}
		if f.ID == 0 {
			file.ID = inbox.FileID(d.supply.ID())
			d.out.Files = append(d.out.Files, &file)
		}
		list = append(list, file)
	}
	return list
}

// authorOf is who wrote an inbound message: a contact, or a machine that is none.
func authorOf(p *Person) inbox.Author {
	if p == nil {
		return inbox.Author{Kind: "network"}
	}
	return inbox.Author{Kind: "contact", ID: int64(p.Contact.ID), Name: p.Contact.Name}
}

// lead opens a lead for a stranger. A contact has one open lead at most.
func (d *decision) lead(a *Arrival, c *inbox.Conversation, p *Person, why actor.Cause) {
	if p.OpenLead != 0 {
		return
	}
	now := d.state.Now
	l := &pipeline.Lead{
		ID: pipeline.LeadID(d.supply.ID()), ContactID: p.Contact.ID, ConversationID: int64(c.ID), AccountID: int64(c.AccountID),
		TeamID: int64(c.TeamID), Status: pipeline.LeadOpen, PipelineID: d.state.Pipeline.ID, StageID: d.state.Pipeline.First(),
		Source: string(d.state.Accounts[a.AccountID].Kind), UTM: a.Event.Source.UTM, CreatedAt: now,
		Campaign: pipeline.CampaignOf(a.Event.Source.UTM),
	}
	p.OpenLead = l.ID
	c.LeadID = l.ID
	d.out.Lead(l, "lead.created", why, now)
	d.out.Enter(d.supply.ID(), c.ID, "lead", why, now, map[string]any{"lead_id": idText(l.ID)})
}

// request opens a request, appends to the contact's active one, or reopens the
// conversation's own.
func (d *decision) request(c *inbox.Conversation, p *Person, why actor.Cause) {
	now := d.state.Now
	if own := d.state.Requests[c.RequestID]; own != nil {
		if !own.Status.Active() {
			d.out.Enter(d.supply.ID(), c.ID, "request", why, now, map[string]any{"request_id": idText(own.ID), "number": own.Number, "from": own.Status, "to": pipeline.RequestOpen})
			own.Status, own.ResolvedAt = pipeline.RequestOpen, zeroTime
			d.out.Request(own, "request.updated", why, now)
		}
		return
	}
	if p.Request != nil && p.Request.Status.Active() {
		c.RequestID = p.Request.ID
		d.state.Requests[p.Request.ID] = p.Request
		return
	}
	r := &pipeline.Request{
		ID: pipeline.RequestID(d.supply.ID()), Number: d.supply.RequestNumber(), ContactID: p.Contact.ID, ConversationID: int64(c.ID),
		AccountID: int64(c.AccountID), TeamID: int64(c.TeamID), OwnerID: int64(c.AssigneeID), Subject: c.Subject,
		Type: "question", Priority: string(c.Priority), Status: pipeline.RequestOpen, CreatedAt: now,
	}
	p.Request = r
	c.RequestID = r.ID
	d.state.Requests[r.ID] = r
	d.out.Request(r, "request.created", why, now)
	d.out.Enter(d.supply.ID(), c.ID, "request", why, now, map[string]any{"request_id": idText(r.ID), "number": r.Number})
}

// idText is an id as the timeline shows it.
func idText[T ~int64](id T) string { return strconv.FormatInt(int64(id), 10) }
