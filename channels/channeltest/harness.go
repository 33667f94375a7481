package channeltest

import (
	"context"
	"net/http"
	"testing"
	"time"

	"parley/channels"
)

// Harness says how to make the network of one adapter.
type Harness struct {
	// New makes a fresh network with one account on it; it is called for every check.
	// The network notes in the journal what was acknowledged to it.
	New func(t testing.TB, j *Journal) Setup
	// Virtual runs every check in a bubble of testing/synctest, where time costs
	// nothing. Only for networks that live in memory.
	Virtual bool
	// Patience is how long one step may take; zero means 10 s.
	Patience time.Duration
}

// Setup is an adapter's driver with the network that its account talks to. Functions
// that the network has no use for stay nil, and their checks are left out; Arrive
// and Again are needed always, and Script where anything can be sent.
type Setup struct {
	Driver channels.Driver
	// Account is valid, with a value of at least eight bytes in every secret field.
	Account channels.Account
	// HTTP is the way to the network; nil means that the adapter must not use HTTP.
	HTTP *http.Client
	// ReceivesOnly is a network to which nothing can be sent: the limits are empty, and every
	// send is refused for good.
	ReceivesOnly bool
	// Chat is where messages can be sent to, and To the addresses behind it.
	Chat string
	To   []channels.Address

	// Arrive makes a contact write text. The network offers the message until it is
	// acknowledged, and then calls Journal.Acknowledged with the text.
	Arrive func(text string)
	// Again offers an acknowledged message once more, as networks do whose
	// acknowledgement got lost, until it is acknowledged again.
	Again func(text string)
	// Push runs beside Adapter.Run, until ctx ends, for networks that call us.
	Push func(ctx context.Context, a channels.Adapter, in channels.Inbound)
	// Garbage offers bytes that no honest network sends. It reports whether they were
	// refused to the sender's face; what was not must end in quarantine.
	Garbage func(raw []byte) (refused bool)
	// Deny makes the network refuse the account's credentials from now on.
	Deny func()

	// Answers are those that the network can give to a send, and Script makes it give
	// one to the next. Without a script it accepts.
	Answers []Answer
	Script  func(Answer)
	// Attempts returns every send that reached the network. It is nil where storing is
	// sending and nothing leaves the house.
	Attempts func() []Attempt
}

// Attempt is a send as the network saw it.
type Attempt struct {
	DedupID string // by which the network recognises a repetition; "" when it does not
	Chat    string
	Text    string
}

// Answer is how a network behaves towards one send.
type Answer string

// The answers, with what the adapter must make of each.
const (
	Accept      Answer = "accept"      // nil
	LoseReply   Answer = "lose reply"  // taken, but the answer never arrives: Uncertain
	Hang        Answer = "hang"        // taken or not, no answer in time: Uncertain
	Garble      Answer = "garble"      // an answer that makes no sense: Uncertain
	TooFast     Answer = "too fast"    // not taken, wait RetryAfter: Transient
	Unavailable Answer = "unavailable" // not taken, for now: Transient
	Unreachable Answer = "unreachable" // nothing reached the network: Transient
	Reject      Answer = "reject"      // not taken, and never will be: Permanent
	Denied      Answer = "denied"      // the credentials are wrong: AuthFailed
)

// RetryAfter is how long a network that answers TooFast asks to wait.
const RetryAfter = 7 * time.Second

// want returns the kind of error that an answer must become, and how many attempts
// the network must have seen.
func (a Answer) want() (kind channels.ErrorKind, attempts int) {
	switch a {
	case TooFast, Unavailable:
		return channels.Transient, 1
	case Unreachable:
		return channels.Transient, 0
	case Reject:
		return channels.Permanent, 1
	case Denied:
		return channels.AuthFailed, 1
	default:
		return channels.Uncertain, 1
	}
}
