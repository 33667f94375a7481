package channels

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// AccountID identifies one connected account of a channel. Unique in the installation.
type AccountID int64

// Fence numbers the owners of an account, each higher than those before, so that a node
// that has lost an account without noticing can be told from the one that runs it now. 0
// is what carries no fence: a network's push, which may come in at any node, and
// everything where there is one node alone.
type Fence int64

// Kind names a network: "webchat", "email", "telegram" and so on, as in the API.
type Kind string

// The kinds of accounts that exist. Further kinds arrive with their adapters.
const (
	KindWebchat Kind = "webchat"
	KindFake    Kind = "fake"
	KindCustom  Kind = "custom"
	KindEmail   Kind = "email"

	KindTelegram Kind = "telegram"
	KindWhatsApp Kind = "whatsapp"
	KindVK       Kind = "vk"
	KindSMS      Kind = "sms"
	KindForm     Kind = "form"
)

// Account is what a Driver needs to open one account. Config holds the opened
// (decrypted) values by field name; it must never be logged or put in an error.
type Account struct {
	ID     AccountID
	Kind   Kind
	Name   string
	Config map[string]string
}

// Env is what the house lends an adapter. Every field is set.
type Env struct {
	Log   *slog.Logger
	Now   func() time.Time
	HTTP  *http.Client // the guarded client; with Dial the only way out
	Files Files
	// Dial connects to a server that is not HTTP, through the same guard.
	Dial func(ctx context.Context, network, addr string) (net.Conn, error)
	// Key is the account's own 32 bytes for signing tokens, the same for ever and on every node.
	Key []byte
	// Keep stores a value of a secret configuration field that the network changed, such
	// as a rotated refresh token. The account is not reopened.
	Keep func(ctx context.Context, field, value string) error
}

// Files keeps the bytes of attachments while a message travels.
type Files interface {
	// Put stores r and returns its description. It fails when r is longer than max bytes.
	Put(ctx context.Context, name, mediaType string, r io.Reader, max int64) (File, error)
	// Open reads the bytes of a file; the caller closes it.
	Open(ctx context.Context, f File) (io.ReadCloser, error)
}

// Driver opens accounts of one network.
type Driver interface {
	Kind() Kind
	// Fields describes the account's configuration; the connect form and the
	// validation of the API are made from it.
	Fields() []Field
	// Open validates the configuration and returns the account's adapter. No I/O.
	// An invalid value is reported as *ConfigError.
	Open(acct Account, env Env) (Adapter, error)
}

// Adapter is one live account. Methods may be called concurrently.
type Adapter interface {
	// Run connects and delivers events until ctx ends. A non-nil return is an *Error
	// whose Kind tells the supervisor what to do next.
	Run(ctx context.Context, in Inbound) error
	// Send makes exactly one attempt. It never retries or sleeps: the outbox owns
	// retry, order and pace. A non-nil error is an *Error.
	Send(ctx context.Context, m Outgoing) (Sent, error)
	// Limits reports what this account accepts. No I/O.
	Limits() Limits
}

// Inbound is the durable side of Run; package inbox implements it.
type Inbound interface {
	// Cursor returns the committed cursor of a stream, "" when there is none.
	Cursor(ctx context.Context, stream string) (string, error)
	// Deliver commits events and the stream's next cursor in one transaction and
	// tells what became of each event, in order. Acknowledge to the network only
	// after a nil error. Replaying a batch is harmless. An error means that the
	// outcome is unknown: do not acknowledge, deliver again. A batch of more than
	// MaxBatch events is refused whole: ask the network for smaller pages, or move the
	// cursor page by page.
	Deliver(ctx context.Context, b Batch) ([]Outcome, error)
	// Report tells the operator how the connection is.
	Report(ctx context.Context, s Status)
}

// Batch is what one Deliver commits. Stream and Cursor may be empty for networks that push.
type Batch struct {
	Events []Event
	Stream string
	Cursor string
}

// OutcomeKind says what intake made of an event, as shown by /accounts/{id}/received.
type OutcomeKind string

// What can become of an event.
const (
	OutcomeMessage     OutcomeKind = "message"
	OutcomeReply       OutcomeKind = "reply" // a message in a conversation that had one already
	OutcomeEcho        OutcomeKind = "echo"
	OutcomeHistoric    OutcomeKind = "historic"
	OutcomeReceipt     OutcomeKind = "receipt"
	OutcomeEdit        OutcomeKind = "edit"
	OutcomeDelete      OutcomeKind = "delete"
	OutcomeReaction    OutcomeKind = "reaction"
	OutcomeAuto        OutcomeKind = "auto"      // of a machine: a notice, an answer, a list
	OutcomeBounce      OutcomeKind = "bounce"    // our message came back
	OutcomeComplaint   OutcomeKind = "complaint" // our message was called spam
	OutcomeParked      OutcomeKind = "parked"    // waits for the message that it refers to
	OutcomeDuplicate   OutcomeKind = "duplicate"
	OutcomeQuarantined OutcomeKind = "quarantined"
	OutcomeIgnored     OutcomeKind = "ignored"
	OutcomeRejected    OutcomeKind = "rejected" // kept where nobody waits for it, and its author told so
)

// Outcome is what became of one event. MessageID is 0 where no message is concerned;
// for a duplicate it is the message that the first delivery made.
type Outcome struct {
	Key            EventKey
	Kind           OutcomeKind
	MessageID      int64
	ConversationID int64
	Seq            int64
	At             time.Time // the message's creation time
	Author         string    // what the contact is called who wrote a new message
}

// StateName is the health of an account, as the API shows it.
type StateName string

// The states of an account.
const (
	StateConnecting   StateName = "connecting"
	StateConnected    StateName = "connected"
	StateReconnecting StateName = "reconnecting"
	StateNeedsAuth    StateName = "needs_auth"
	StateBroken       StateName = "broken"
	StateStopped      StateName = "stopped"
	StateCannotSend   StateName = "cannot_send" // it receives; set by the house, not by adapters
)

// Status is one report on the health of an account. Text is for people and never
// holds secrets.
type Status struct {
	State StateName
	Code  string
	Text  string
	// Progress is how far the account is with reading what is there already; nil when it
	// does not, or has done so.
	Progress *Progress
}

// Progress counts what is done of what is to be done, such as the mails of a backfill.
type Progress struct {
	Done, Total int
}
