package intake

import (
	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/suppression"
)

// talks tells whether an event is a person's who wants something of us. Whoever asks for no
// more messages wants no answer either.
func talks(ev *channels.Event) bool {
	return ev.Nature == channels.NaturePerson && ev.Consent != channels.ConsentStopped
}

// consent keeps what the author of a message lets us send from now on. History does not
// count: they may have changed their mind since.
func (d *decision) consent(a *Arrival, c *inbox.Conversation, why actor.Cause) {
	ev := &a.Event
	if ev.Consent == channels.ConsentUnsaid || ev.Historic || ev.Direction != channels.Inward {
		return
	}
	key := suppression.Key{Kind: d.state.Accounts[a.AccountID].Kind, Scope: ev.Sender.Scope, Address: ev.Sender.Address}
	word := short(ev.Message.Text, maxWord)
	if ev.Consent == channels.ConsentGiven {
		d.out.Allow(key)
	} else {
		d.out.Suppress(suppression.Suppression{ID: d.supply.ID(), Key: key, Reason: suppression.Asked, Word: word, Cause: why, At: d.state.Now})
	}
	d.out.Enter(d.supply.ID(), c.ID, inbox.EntrySuppression, why, d.state.Now, map[string]any{
		"lifted": ev.Consent == channels.ConsentGiven, "word": word,
	})
}

// maxWord bounds what is kept of the words, in bytes.
const maxWord = 100
