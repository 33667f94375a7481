package channels

import "time"

// EventKey identifies an event within its account: equal on every redelivery,
// different for every other event. At most MaxKey bytes.
type EventKey string

// Bounds on what an adapter may hand in; longer values go to quarantine.
const (
	MaxKey  = 512
	MaxChat = 512
	MaxText = 1 << 20 // bytes of text in one message
	MaxRaw  = 1 << 20 // bytes of raw payload kept beside an event

	MaxMessageFiles = 100 // attachments of one message
)

// MaxBatch is how many events one delivery has at most.
const MaxBatch = 1000

// Direction tells who wrote.
type Direction string

// Inbound comes from the contact; Echo is an answer that our side sent elsewhere
// (the phone, the network's own page, the Sent folder).
const (
	Inward Direction = "inbound"
	Echo   Direction = "echo"
)

// Event is one thing that happened on a network. Exactly one payload is set.
type Event struct {
	Key       EventKey
	Direction Direction
	Historic  bool   // backfill: fires no triggers, clocks, leads or answers
	Nature    Nature // who or what wrote it; zero is a person

	// Chat is the network's thread within the account (a peer id, a visitor, a mail
	// thread's root). At most one open conversation exists per (account, chat).
	Chat    string
	Subject string
	Sender  Sender
	At      time.Time // the network's time; zero means now
	Source  Source    // where a first message came from
	Consent Consent   // what a message says of further ones, beside its text

	Message  *Message
	Edit     *Edit
	Delete   *Delete
	Reaction *Reaction
	Receipt  *Receipt

	// Raw is the payload as received, kept for 14 days, or for ever in quarantine.
	Raw []byte
	// Original is the payload as a stored file, where it is too large for Raw or is
	// worth keeping as long as its message: a mail as it came. Stored before Deliver.
	Original *File
	// Problem marks an event that the adapter could not understand: it is kept raw
	// in quarantine and acknowledged.
	Problem string
	// Hint is what somebody may want to set otherwise where an event opens nothing, in words as those of
	// Problem; it stays in the log of events. "" = nothing.
	Hint string
	// Ignored marks an event of which nothing is made on purpose, such as what a spam trap
	// caught: it has no payload, and leaves its line in the log of events alone.
	Ignored bool
}

// Nature says what kind of author wrote an event. It decides what the event may open.
type Nature string

// The natures of events. What is not from a person makes no lead and no request and
// waits for no answer. Only a notice may still open a conversation; the others attach
// to what they answer, and otherwise leave nothing but their line in the log of events.
const (
	NaturePerson    Nature = ""
	NatureNotice    Nature = "notice"     // a machine of its own accord: an order, an alarm
	NatureAutoReply Nature = "auto_reply" // a machine's answer: absent, received
	NatureList      Nature = "list"       // mailing lists and bulk
	NatureBounce    Nature = "bounce"     // our message came back
	NatureComplaint Nature = "complaint"  // our message was called spam
)

// Sender is the contact that an event speaks of; for an echo, the contact addressed.
type Sender struct {
	// Scope names where Address is unique: the network ("email", "phone",
	// "telegram") or, where ids are local to an account, "account:ID".
	Scope    string
	Address  string
	Name     string
	Verified bool
	// Extra are further addresses of the same person. Verified ones join contacts'
	// records; typed ones only suggest a merge.
	Extra []Address
}

// Address is where somebody can be reached: a further address of a sender, or a party
// to a message.
type Address struct {
	Scope    string
	Address  string
	Name     string // what the network calls them; may be empty
	Verified bool
}

// Source is what is known of where a contact came from. Zero means unknown.
type Source struct {
	Page     string
	Referrer string
	UTM      map[string]string
}

// Message is new content. RemoteID is the network's id by which receipts, edits and
// replies refer to it; it may be empty.
type Message struct {
	RemoteID string
	Text     string
	HTML     string
	Files    []File
	ReplyTo  string // remote id of the message answered

	// What follows is empty where a network has no such thing.

	// Quoted is what the author repeated or signs with. Text is without it, HTML holds
	// everything: nothing is lost, it is shown on demand.
	Quoted string
	From   *Address  // who wrote, where that is not the event's Sender (an echo: which of our addresses)
	To     []Address // the parties, without the author
	Cc     []Address
	// AnswerTo is where the author wants answers to go instead (Reply-To); empty = to the author.
	AnswerTo []Address
	// References are the remote ids of earlier messages of the same thread, the root
	// first. They join messages to a conversation whose parties know the author.
	References []string
	// Answers is our message that this one answers, proven by a token we signed; 0 = none.
	Answers int64
	// Ours is our own message that this one is, proven in the same way: an echo of it
	// settles its fate and adds nothing. 0 = none.
	Ours int64
	// Reports tell how far earlier messages of ours came: those that a bounce brings back.
	Reports []Receipt
	// Media are files still to be fetched, beside those in Files.
	Media []Media
	// Album joins messages that were sent as one: the first makes the message, the others
	// add their files to it. "" = alone.
	Album    string
	Location *Location
	Cards    []Card
	Press    *Press
	// Warning is why the author may not be who they claim to be, as a stable code; "" = no reason.
	Warning string
	// Unanswerable is why no machine may answer a person's message, as a stable code; "" = one may.
	Unanswerable string
	// Damaged tells that parts of the message could not be read.
	Damaged bool
}

// File describes stored bytes. ID is set when the file's row exists already (a
// visitor's upload); otherwise intake makes one.
type File struct {
	ID   int64
	Hash string // SHA-256, hex
	Name string
	Type string // media type
	Size int64  // bytes
	// ContentID is how the message's HTML names the file ("cid:…", without the scheme);
	// Inline is set for a file that is part of the text, not beside it.
	ContentID string
	Inline    bool
}

// Edit replaces the text of an earlier message. As Delete and Reaction it names that message by the network's id, or by
// ours where the network hands that back.
type Edit struct {
	RemoteID  string
	MessageID int64
	Text      string
	HTML      string
}

// Delete withdraws an earlier message.
type Delete struct {
	RemoteID  string
	MessageID int64
}

// Reaction sets or, with Emoji "", takes back the contact's reaction.
type Reaction struct {
	RemoteID  string
	MessageID int64
	Emoji     string
}

// Receipt reports how far one of our messages came. It names the message by the
// network's id, or by our own where the network hands that back. Where it names both, ours
// finds the message, which learns the network's id if it has none: an attempt whose answer
// was lost.
type Receipt struct {
	RemoteID  string
	MessageID int64
	State     DeliveryState
	Recipient string // whom it is about, where the message may have several; "" = not said
	// UpTo makes the receipt count for every earlier message of the chat that the network took as well.
	UpTo bool
	Code string // the network's reason for a failure
	Text string
}

// DeliveryState is how far an outgoing message came, by a network's own report.
type DeliveryState string

// The states that a receipt may report. A message never goes back. Accepted settles an attempt whose
// outcome was unknown: the network took the message.
const (
	Accepted       DeliveryState = "sent"
	Delivered      DeliveryState = "delivered"
	Read           DeliveryState = "read"
	DeliveryFailed DeliveryState = "failed"
)
