package intake

import (
	"slices"

	"parley/channels"
	"parley/inbox"
)

// maxPeople is how many participants are noted of one conversation.
const maxPeople = 200

// ourselves stands for who writes on our side: they are a party everywhere.
var ourselves = inbox.Party{Scope: "*"}

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

// party tells whether somebody wrote in a conversation or was written to.
func (d *decision) party(c *inbox.Conversation, who inbox.Party) bool {
	return c != nil && slices.ContainsFunc(d.state.Parties[c.ID], who.Same)
}
