package channels

import (
	"context"
	"time"
)

// MediaKind says what a network calls a file.
type MediaKind string

// The kinds of media. Zero is a file like any other.
const (
	MediaFile      MediaKind = ""
	MediaPhoto     MediaKind = "photo"
	MediaVideo     MediaKind = "video"
	MediaVoice     MediaKind = "voice" // spoken into the phone
	MediaAudio     MediaKind = "audio" // music
	MediaAnimation MediaKind = "animation"
	MediaSticker   MediaKind = "sticker"
)

// MaxRef bounds Media.Ref, in bytes.
const MaxRef = 2000

// Media is a file of a message that still lies with the network. The message is stored
// without it; a job of its own fetches it afterwards, by the account's Fetcher.
type Media struct {
	Ref  string // how the adapter finds it again; it must not hold secrets
	Kind MediaKind
	Name string // as announced; may be empty
	Type string // media type, as announced; may be empty
	Size int64  // bytes, as announced; 0 = unknown
}

// Fetcher is an ability of an Adapter whose messages hold Media.
type Fetcher interface {
	// Fetch stores one file and describes it. A Permanent error says that it is gone or too
	// large, and the message then shows so; any other is tried again.
	Fetch(ctx context.Context, m Media, to Files) (File, error)
}

// Location is a place that somebody sent. The adapter puts it into the message's text as
// well, with a link to a map.
type Location struct {
	Latitude, Longitude float64 // degrees, WGS 84
	Title               string
	Address             string
}

// Card is what somebody sent of a third person. The adapter puts it into the text as well.
type Card struct {
	Name   string
	Phones []string
	Emails []string
}

// Press is a button of ours that the contact pressed. The message's text is what it said.
type Press struct {
	RemoteID string // of the message that offered it; may be empty
	// MessageID names that message by our own id, where the network hands that back; 0 = it does not.
	MessageID int64
	Data      string // what we gave the button
}

// Button is a choice offered below a message. Exactly one of Data and URL is set.
type Button struct {
	Text string
	Data string // comes back in a Press
	URL  string // opens
}

// ButtonLimit bounds the buttons of a message. Max 0 means that the network has none:
// the house then writes them below the text as a numbered list.
type ButtonLimit struct {
	Max     int // in all
	PerRow  int
	Text    TextLimit // of one
	Body    TextLimit // of the text above them; Max 0: as without buttons
	Data    int       // bytes
	Links   bool      // buttons may open an address
	Caption bool      // messages with files may have them
	// Distinct: no two buttons of a message may say the same.
	Distinct bool
}

// Template is a text that the network has to approve before it may be sent.
type Template struct {
	Name     string
	Language string // as the network writes it: "ru", "en_US"
	State    string // approved, pending, rejected, paused
	Reason   string // why it was rejected
	Category string
	Header   string // text, or the kind of media it needs
	Body     string // with {{1}} or {{name}} where values go
	Footer   string
	Buttons  []Button
	Params   []string // names of the values, in order
	At       time.Time
}

// TemplateLister is an ability of an Adapter whose Limits have Templates.
type TemplateLister interface {
	Templates(ctx context.Context) ([]Template, error)
}

// TemplateUse is a template with its values, as one message.
type TemplateUse struct {
	Name     string
	Language string
	Values   []string // in the order of Template.Params
}
