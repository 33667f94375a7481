package channels

import (
	"context"
	"time"
)

// Discoverer is an ability of a Driver: it finds out from an address, or a name, how an
// account would be configured, so that people need not know.
type Discoverer interface {
	// Discover looks up what it can within ctx. That nothing is known is no error: Config is
	// then the driver's best guess. An address that is none is a *ConfigError.
	Discover(ctx context.Context, address string, env Env) (Discovery, error)
}

// Discovery is what is known of an account before it is connected.
type Discovery struct {
	Config   map[string]string // values by field name, none of them secret
	Provider string            // stable name of a known provider; "" = none
	Title    string            // its name for people
	Source   string            // how it was found: "known", "srv", "mx", "autoconfig" or "guess"
	OAuth    bool              // the provider lets programs in by consent
	// AppPassword tells that the account's ordinary password is refused and another is made
	// for programs at HelpURL; Hint says so in words.
	AppPassword bool
	HelpURL     string
	Hint        Words
}

// Authenticator is an ability of an Adapter: it signs its account in step by step, at a
// provider's page or by a code that is shown. One sign-in is open per account at most:
// a start ends the one before. Calls of one account do not overlap.
type Authenticator interface {
	// Login takes one step. An *Error of the kind AuthFailed says that the sign-in came to
	// nothing; the next step is then a start.
	Login(ctx context.Context, s LoginStep) (LoginState, error)
}

// LoginAction is what a step of a sign-in does.
type LoginAction string

// The steps. A sign-in starts; is then polled until it is done, or finished by what the
// person brings back; or it is cancelled.
const (
	LoginStart  LoginAction = "start"
	LoginPoll   LoginAction = "poll"
	LoginFinish LoginAction = "finish"
	LoginCancel LoginAction = "cancel"
)

// LoginStep is one step of a sign-in.
type LoginStep struct {
	Action LoginAction
	// Input is what a person typed, or what the provider's page sent back: "code", "phone".
	Input map[string]string
	// ReturnURL is where a provider's page sends the browser afterwards, and State what it
	// must bring back; both are the house's and are set when a sign-in starts and finishes.
	ReturnURL string
	State     string
	// Memory is what the state before asked to remember. It is kept sealed between steps, for
	// another node may take the next one.
	Memory map[string]string
}

// LoginState is how far a sign-in has come. It holds something to do for the person (URL,
// QR or Code, with Prompt in words), or is done.
type LoginState struct {
	Done      bool
	Prompt    Words
	URL       string // a page to open
	QR        string // the text of a QR code to show; changes between polls
	Code      string // a code to type on another device
	ExpiresAt time.Time
	Memory    map[string]string // to be handed to the next step
	// Keep are secret configuration fields to store. The account is reopened with them.
	Keep map[string]string
}

// Checker is an ability of an Adapter that has several parts to try, such as a server to
// receive from and one to send by. It says of each how it is, in an order fit for people.
type Checker interface {
	Check(ctx context.Context) []Check
}

// Check is what a try of one part showed. Err is nil when it works, else an *Error; where
// that wraps a *ConfigError, the field at fault and the words in both languages are its.
type Check struct {
	Part  string // stable: "imap", "smtp"
	Title Words
	Err   error
}
