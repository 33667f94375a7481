package intake

import (
	"slices"
	"strings"

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

// answered tells whether our answer to a mail came in before the mail itself.
func (d *decision) answered(a *Arrival, c *inbox.Conversation) bool {
	if !isMail(&a.Event) {
		return false
	}
	n := d.mention(RemoteRef{a.AccountID, a.Event.Message.RemoteID}, c.ID)
	return n != nil && !n.Arrived && n.Direct && n.By == ourselves
}

// forwards are the words before the subject of a mail that was passed on.
var forwards = []string{"fwd:", "fw:", "wg:", "tr:", "rv:", "enc:", "пересл:", "пер:"}

// passedOn tells whether a mail from here passes another one on to people who take no
// part in a conversation. It is no answer to those who do.
func (d *decision) passedOn(a *Arrival, c *inbox.Conversation) bool {
	subject := strings.ToLower(strings.TrimSpace(a.Event.Subject))
	return isMail(&a.Event) &&
		slices.ContainsFunc(forwards, func(word string) bool { return strings.HasPrefix(subject, word) }) &&
		!slices.ContainsFunc(d.partiesOf(a), func(p inbox.Party) bool { return d.party(c, p) })
}
