package channels

import "time"

// Unit is what a text limit counts.
type Unit string

// The units that networks count text in.
const (
	UnitRunes    Unit = "runes"
	UnitUTF16    Unit = "utf16"
	UnitBytes    Unit = "bytes"
	UnitSegments Unit = "segments" // of an SMS
)

// Limits is what an account accepts, as data: the composer, the API and the outbox
// read the same values. Zero means unsupported, for rates unlimited.
type Limits struct {
	Text         TextLimit
	Caption      TextLimit // text beside files; zero: the same as Text
	Files        FileLimit
	HTML         bool
	Subject      bool
	Receipts     bool
	Reactions    bool
	Emoji        []string      // those that the network takes as reactions; empty = any
	EditWindow   time.Duration // after it was sent a message can be edited; 0 = never
	DeleteWindow time.Duration // the same of withdrawing it
	OwnIDs       bool          // the network knows messages by our own ids, and gives them no others
	Window       time.Duration // free-form window after the last inbound message; 0 = none
	Templates    bool          // outside the window only approved templates
	WriteFirst   bool          // the account may open a conversation
	StopWords    bool          // contacts may ask for no more messages; see Event.Consent
	Buttons      ButtonLimit
	PerAccount   Rate
	PerChat      Rate
	SafeResend   bool          // the network (or adapter) de-duplicates by Outgoing.Key
	SendTimeout  time.Duration // how long one attempt may take; 0 = 30 s
}

// TextLimit bounds a text. Max 0 means that text is not supported.
type TextLimit struct {
	Max  int
	Unit Unit
}

// FileLimit bounds files of one message. MaxCount 0 means that files are not supported.
type FileLimit struct {
	MaxBytes int64
	MaxCount int
	Types    []string // accepted media types or "image/*"; empty = all
}

// Rate allows Count messages per Per, with bursts of Count.
type Rate struct {
	Count int
	Per   time.Duration
}
