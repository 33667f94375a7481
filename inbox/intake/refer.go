package intake

import (
	"strings"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
)

var zeroTime time.Time

// effect applies an event to the message it refers to and says what became of it.
type effect func(ev *channels.Event, m *inbox.Message, why actor.Cause) channels.OutcomeKind

// refer finds the message that an event speaks of. Unknown ones are parked: networks
// deliver receipts before the answer to our send has been stored.
func (d *decision) refer(a *Arrival, remoteID string, apply effect) channels.Outcome {
	ev := &a.Event
	m := d.ours(ev)
	if m == nil && remoteID != "" {
		m = d.state.Remotes[RemoteRef{a.AccountID, remoteID}]
	}
	if m != nil && m.AccountID != a.AccountID {
		m = nil
	}
	if m == nil && remoteID == "" {
		return channels.Outcome{Kind: channels.OutcomeIgnored}
	}
	if m == nil {
		d.park(a, remoteID)
		return channels.Outcome{Kind: channels.OutcomeParked}
	}
	kind := apply(ev, m, cause(ev, 0))
	return channels.Outcome{Kind: kind, MessageID: int64(m.ID), ConversationID: int64(m.ConversationID), Seq: m.Seq}
}

// ours finds the message that an event names by our own id. Such ids can be guessed,
// so where the sender's chat is known the message must be of that chat.
func (d *decision) ours(ev *channels.Event) *inbox.Message {
	m := d.state.Messages[inbox.MessageID(oursOf(ev))]
	if m == nil || ev.Chat == "" {
		return m
	}
	if c := d.state.Conversations[m.ConversationID]; c == nil || c.Chat != ev.Chat {
		return nil
	}
	return m
}

// park keeps an event until its message is known, which may be later in this batch.
func (d *decision) park(a *Arrival, remoteID string) int64 {
	p := inbox.Parked{ID: d.supply.ID(), AccountID: a.AccountID, RemoteID: remoteID, Event: a.Event, At: d.state.Now}
	p.Event.Raw = nil
	d.out.Parked = append(d.out.Parked, p)
	ref := RemoteRef{a.AccountID, remoteID}
	d.state.Parked[ref] = append(d.state.Parked[ref], p)
	return p.ID
}

func (d *decision) receipt(ev *channels.Event, m *inbox.Message, why actor.Cause) channels.OutcomeKind {
	to := inbox.State(ev.Receipt.State)
	if m.Direction != inbox.Outbound || m.Kind != inbox.KindMessage {
		return channels.OutcomeIgnored
	}
	d.advance(m, to, ev.Receipt, why)
	d.name(m, ev.Receipt.RemoteID, why)
	if ev.Receipt.UpTo && to != inbox.Failed {
		for _, earlier := range d.state.Earlier[m.ConversationID] {
			if earlier.Seq < m.Seq && accepted(earlier) {
				d.advance(earlier, to, ev.Receipt, why)
			}
		}
	}
	return channels.OutcomeReceipt
}

// accepted tells whether the network is known to have a message. Who reads up to a later one
// has not read what never came: an unknown outcome stays visible.
func accepted(m *inbox.Message) bool { return m.State == inbox.Sent || m.State == inbox.Delivered }

// name gives a message of ours the network's id when a receipt brings it: the answer to
// its attempt was lost, and later replies and edits name it by that id alone.
func (d *decision) name(m *inbox.Message, remoteID string, why actor.Cause) {
	ref := RemoteRef{m.AccountID, remoteID}
	if remoteID == "" || m.RemoteID != "" || d.state.Remotes[ref] != nil {
		return
	}
	m.RemoteID = remoteID
	d.state.Remotes[ref] = m
	d.out.Update(m, why, d.state.Now)
	d.applyParked(m.AccountID, m)
}

func (d *decision) advance(m *inbox.Message, to inbox.State, r *channels.Receipt, why actor.Cause) {
	if to == inbox.Failed && m.State == inbox.Failed && r.Recipient != "" && !strings.Contains(m.ErrorText, r.Recipient) && len(m.ErrorText) < maxFailures {
		m.ErrorText += "\n" + failure(r) // a further recipient whom it did not reach
		d.out.Update(m, why, d.state.Now)
		return
	}
	if !m.State.Advances(to) {
		return
	}
	went := m.State != inbox.Sending && m.State != inbox.Uncertain
	if to == inbox.Failed || m.State == inbox.Uncertain {
		d.out.Renew(m.ConversationID, why, d.state.Now)
	}
	m.State = to
	switch {
	case to == inbox.Failed && went && m.ErrorText != "": // it was not accepted for everybody even then
		m.ErrorCode, m.ErrorText = r.Code, failure(r)+"\n"+m.ErrorText
	case to == inbox.Failed:
		m.ErrorCode, m.ErrorText = r.Code, failure(r)
	case !went:
		m.ErrorCode, m.ErrorText = "", ""
	}
	d.out.Update(m, why, d.state.Now)
}

// maxFailures is how much is said about whom a message did not reach, in bytes.
const maxFailures = 8000

// failure says why a message failed and for whom.
func failure(r *channels.Receipt) string {
	if r.Recipient == "" {
		return r.Text
	}
	return r.Recipient + ": " + r.Text
}

func (d *decision) edit(ev *channels.Event, m *inbox.Message, why actor.Cause) channels.OutcomeKind {
	shown := d.shown(m)
	m.Text, m.HTML, m.EditedAt = ev.Edit.Text, ev.Edit.HTML, d.state.Now
	d.out.Update(m, why, d.state.Now)
	d.preview(m, shown, why)
	return channels.OutcomeEdit
}

func (d *decision) withdraw(_ *channels.Event, m *inbox.Message, why actor.Cause) channels.OutcomeKind {
	if m.DeletedAt.IsZero() {
		shown := d.shown(m)
		m.DeletedAt = d.state.Now
		d.out.Update(m, why, d.state.Now)
		d.preview(m, shown, why)
	}
	return channels.OutcomeDelete
}

func (d *decision) react(ev *channels.Event, m *inbox.Message, why actor.Cause) channels.OutcomeKind {
	m.Reaction = ev.Reaction.Emoji
	d.out.Update(m, why, d.state.Now)
	return channels.OutcomeReaction
}

// shown tells whether lists show a message that is about to change.
func (d *decision) shown(m *inbox.Message) bool {
	c := d.state.Conversations[m.ConversationID]
	return c != nil && c.Shows(m)
}

// preview renews the list's line when a message changed that was shown there. One that was
// deleted is not to be read there either.
func (d *decision) preview(m *inbox.Message, shown bool, why actor.Cause) {
	if c := d.state.Conversations[m.ConversationID]; shown {
		c.LastText = m.Line()
		if !m.DeletedAt.IsZero() {
			c.LastText = ""
		}
		d.out.Conversation(c, why, d.state.Now)
	}
}

// applyParked gives a message that arrives the events that came before it.
func (d *decision) applyParked(account channels.AccountID, m *inbox.Message) {
	d.giveParked(RemoteRef{account, m.RemoteID}, m)
}

// giveParked gives a message the events that came for one of its ids.
func (d *decision) giveParked(ref RemoteRef, m *inbox.Message) {
	for _, p := range d.state.Parked[ref] {
		ev := p.Event
		why := cause(&ev, 0)
		switch { // an echo that waited for this is what it says: nothing is added
		case ev.Receipt != nil:
			d.receipt(&ev, m, why)
		case ev.Edit != nil:
			d.edit(&ev, m, why)
		case ev.Delete != nil:
			d.withdraw(&ev, m, why)
		case ev.Reaction != nil:
			d.react(&ev, m, why)
		}
		d.out.Unparked = append(d.out.Unparked, p.ID)
	}
	delete(d.state.Parked, ref)
}
