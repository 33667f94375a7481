package suppression

import (
	"time"

	"parley/channels"
	"parley/inbox/actor"
)

// Reason is why somebody gets no messages.
type Reason string

// Asked is a contact who wrote that they want none, such as STOP in an SMS.
const Asked Reason = "asked"

// Key is what is suppressed: an address in its scope, for a kind of network. A number that
// wants no SMS may still be written to by a messenger.
type Key struct {
	Kind    channels.Kind
	Scope   string
	Address string
}

// Suppression is one address that gets no messages by one kind of network.
type Suppression struct {
	ID int64
	Key
	Reason Reason
	Word   string // what the contact wrote, as they did; may be empty
	Cause  actor.Cause
	At     time.Time
}
