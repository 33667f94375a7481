package intake

import (
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/contact"
	"parley/inbox/pipeline"
)

// Need lists what a batch of events touches; Store.Load answers it.
type Need struct {
	Accounts   []channels.AccountID
	Events     []EventRef
	Identities []IdentityRef
	Threads    []ThreadRef
	Remotes    []RemoteRef       // messages referred to by the network's id
	Messages   []inbox.MessageID // messages referred to by our own id
	Arriving   []RemoteRef       // remote ids of messages that arrive now, for what was parked
	UpTo       bool              // receipts of the batch count for earlier messages too
	Albums     []AlbumRef        // messages that further files may join
	Parts      []RemoteRef       // of Remotes, those that may be a further part of a message
	Now        time.Time         // when the batch is decided; zero where no message comes in
	Choices    bool              // a message of the batch may choose what one of ours offers
	Echoes     bool              // the batch has echoes, which may be of what is being sent

	// What mails need besides.
	Mailboxes []channels.AccountID // their accounts: the threads of one are resolved one after the other
	Mentions  []RemoteRef          // their own ids and those that they refer to
}

// EventRef names an event.
type EventRef struct {
	AccountID channels.AccountID
	Key       channels.EventKey
}

// IdentityRef names an identity.
type IdentityRef struct{ Scope, Address string }

// ThreadRef names a thread of an account.
type ThreadRef struct {
	AccountID channels.AccountID
	Chat      string
}

// RemoteRef names a message by the network's id.
type RemoteRef struct {
	AccountID channels.AccountID
	RemoteID  string
}

// AlbumRef names an album of an account.
type AlbumRef struct {
	AccountID channels.AccountID
	Album     string
}

// Account is what intake knows of an account.
type Account struct {
	ID     channels.AccountID
	Kind   channels.Kind
	TeamID inbox.TeamID
	Own    []string // its own addresses, in lower case, where it has such; they are nobody's
}

// Person is a contact with what decides whether a message makes a lead or a request.
type Person struct {
	Contact  *contact.Contact
	OpenLead pipeline.LeadID
	Request  *pipeline.Request // the latest active one; nil = none
}

// State is everything the decision looks at. The rows are the decision's own: it
// changes them in place and reports which it changed.
type State struct {
	Now        time.Time
	Accounts   map[channels.AccountID]Account // events of others leave nothing
	Received   map[EventRef]channels.Outcome
	Identities map[IdentityRef]contact.Identity // verified ones
	People     map[contact.ID]*Person
	// Threads holds per thread the conversation that is not closed, else the latest closed one.
	Threads       map[ThreadRef]*inbox.Conversation
	Conversations map[inbox.ConversationID]*inbox.Conversation // of the messages below
	Remotes       map[RemoteRef]*inbox.Message
	Albums        map[AlbumRef]*inbox.Message // the latest message of each
	Messages      map[inbox.MessageID]*inbox.Message
	// Earlier holds, per conversation, outbound messages that the network took and that are not yet read, ascending by seq.
	Earlier map[inbox.ConversationID][]*inbox.Message
	Parked  map[RemoteRef][]inbox.Parked
	// Requests are those linked to the loaded conversations.
	Requests map[pipeline.RequestID]*pipeline.Request
	Pipeline pipeline.Pipeline // where new leads begin

	// Mentions holds, per remote id of a mail, which conversations have or miss it, and
	// Threads besides what is asked for the threads of these.
	Mentions map[RemoteRef][]*inbox.Mention
	// Parties holds the participants of these conversations, in the order of their coming.
	Parties map[inbox.ConversationID][]inbox.Party
	// Orphans holds, per conversation that hangs below missing messages, their remote ids.
	Orphans map[inbox.ConversationID]map[string]bool
	// Held holds, per conversation, the answers that wait for the contact to write, and those
	// put off to a time that their writing takes back.
	Held map[inbox.ConversationID][]inbox.MessageID
	// Offers holds, per conversation whose last message of ours offers choices, that message.
	Offers map[inbox.ConversationID]inbox.Offer
	// Busy are the conversations of which something is being sent or may have been.
	Busy map[inbox.ConversationID]bool
}

// Supply gives ids and numbers without I/O. It holds enough for one decision on the
// batch that it was leased for.
type Supply interface {
	ID() int64
	ConversationNumber() int64
	RequestNumber() int64
	// Rewind takes everything back that was given, after a rolled back attempt.
	Rewind()
	// Release returns what was not used.
	Release()
}

// Policy is how intake behaves by default.
type Policy struct {
	// Reopen is how long after closing a message reopens the conversation.
	Reopen time.Duration
	// EchoWait is how long an unknown echo waits while something of its conversation is
	// being sent, whose echo it may be.
	EchoWait time.Duration
	// Rules are what people set up besides; nil is none.
	Rules *Rulebook
}

// DefaultPolicy is what holds where nothing else is set.
func DefaultPolicy() Policy { return Policy{Reopen: 7 * 24 * time.Hour, EchoWait: 2 * time.Minute} }
