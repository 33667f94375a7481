package intake

import (
	"parley/channels"
	"parley/inbox"
	"parley/inbox/contact"
)

// maxPress is how much a button may hand back, in bytes.
const maxPress = 4000

// normalisePress bounds what a pressed button says of itself.
func normalisePress(m *channels.Message) {
	if m.Press == nil {
		return
	}
	p := *m.Press
	p.Data = short(p.Data, maxPress)
	if p.RemoteID = contact.Storable(p.RemoteID); len(p.RemoteID) > maxAddress {
		p.RemoteID = ""
	}
	m.Press = &p
}

// choose notes which button a message chooses: the one that was pressed, or that whose
// number was typed below a text with numbers.
func (d *decision) choose(ev *channels.Event, m *inbox.Message) {
	said := ev.Message.Press
	offer := d.state.Offers[m.ConversationID]
	if said == nil {
		if b, ok := offer.Choose("", ev.Message.Text); ok {
			m.Press = &inbox.Press{MessageID: offer.MessageID, Data: b.Data, Text: b.Text}
		}
		return
	}
	m.Press = &inbox.Press{Data: said.Data, Text: short(m.Text, maxName)}
	if ours := d.offering(m, said); ours != nil {
		m.Press.MessageID = ours.ID
	}
	if b, ok := offer.Choose(said.Data, ""); ok && said.Data != "" && (m.Press.MessageID == 0 || m.Press.MessageID == offer.MessageID) {
		m.Press.MessageID, m.Press.Text = offer.MessageID, b.Text
	}
	if m.ReplyTo == 0 {
		m.ReplyTo = m.Press.MessageID
	}
}

// offering is the message of ours that a press names. What it says comes from outside, so
// that the message must be of the same chat.
func (d *decision) offering(m *inbox.Message, p *channels.Press) *inbox.Message {
	ours := d.state.Messages[inbox.MessageID(p.MessageID)]
	if p.RemoteID != "" {
		ours = d.state.Remotes[RemoteRef{m.AccountID, p.RemoteID}]
	}
	if ours == nil || ours.AccountID != m.AccountID || ours.Direction != inbox.Outbound {
		return nil
	}
	here, there := d.state.Conversations[m.ConversationID], d.state.Conversations[ours.ConversationID]
	if here == nil || there == nil || here.Chat != there.Chat {
		return nil
	}
	return ours
}
