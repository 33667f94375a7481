package channels

import (
	"context"
	"time"
)

// Typer shows the contact that somebody is writing.
type Typer interface {
	Typing(ctx context.Context, chat, agentName string) error
}

// Editor changes a message that was sent. Doing it twice must do no harm: an attempt whose outcome is not known is
// repeated. So it is with Deleter, for which a message that is gone already is a success, and Reactor. Where Limits have
// OwnIDs, remoteID is our own id in decimal.
type Editor interface {
	Edit(ctx context.Context, remoteID string, m Outgoing) error
}

// Deleter withdraws a message that was sent.
type Deleter interface {
	Delete(ctx context.Context, chat, remoteID string) error
}

// Reactor sets our reaction to a message; an empty emoji takes it back.
type Reactor interface {
	React(ctx context.Context, chat, remoteID, emoji string) error
}

// ReadMarker tells the network that the contact's messages up to remoteID were read.
type ReadMarker interface {
	MarkRead(ctx context.Context, chat, remoteID string) error
}

// Webhook takes what the network pushes. The request has been read within bounds and
// its path secret checked; signature checks over the raw body are the adapter's.
type Webhook interface {
	Receive(ctx context.Context, r Request, in Inbound) (Response, error)
}

// Request is a network's push, independent of any HTTP library. Header keys are lower case.
type Request struct {
	Method string
	Path   string
	Query  map[string]string
	Header map[string]string
	Body   []byte
}

// Response is the answer to a push.
type Response struct {
	Status int
	Type   string // media type; "" = text/plain
	Body   []byte
}

// SendFinder looks up whether an uncertain attempt arrived after all. The outbox asks right after the attempt; a yes
// settles it as sent.
type SendFinder interface {
	FindSent(ctx context.Context, m Outgoing) (Sent, bool, error)
}

// Tester tries the configuration against the network and says in words what is wrong.
type Tester interface {
	Test(ctx context.Context) error
}

// Kept is what is left of an event that was not understood. Its sender was made sure of when it came.
type Kept struct {
	Raw      []byte
	Original *File // of a mail; nil = none
	At       time.Time
}

// Rereader is an ability of an Adapter that can read again what lies in quarantine, as after an upgrade. It looks for
// no signature: those went with the request.
type Rereader interface {
	Reread(ctx context.Context, k Kept) ([]Event, error)
}
