package channels

// Consent is what a contact says of further messages by this network.
type Consent string

// What can be said of further messages.
const (
	ConsentUnsaid  Consent = ""
	ConsentStopped Consent = "stopped" // no more, such as STOP in an SMS
	ConsentGiven   Consent = "given"   // send again, such as START
)
