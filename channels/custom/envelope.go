package custom

// Type says what an envelope brings.
type Type string

// The types. Ping goes out alone, when an administrator tries the account.
const (
	TypeMessage  Type = "message"
	TypeEdit     Type = "edit"
	TypeDelete   Type = "delete"
	TypeReaction Type = "reaction"
	TypeReceipt  Type = "receipt"
	TypeTyping   Type = "typing"
	TypePing     Type = "ping"
)

// Envelope is one thing that happened, in either direction.
type Envelope struct {
	// ID names what happened, uniquely and equally on every repetition. Of a message it is
	// also the name by which replies, edits, deletions, reactions and receipts call it, unless
	// the receiver has answered with an id of its own.
	ID   string `json:"id"`
	Type Type   `json:"type"`
	// ChatID is the thread; one person's own, or a group's.
	ChatID  string `json:"chat_id,omitempty"`
	Subject string `json:"subject,omitempty"` // of the thread
	Sender  Person `json:"sender,omitzero"`
	// Direction "outbound" marks what our side has sent elsewhere; inbound alone.
	Direction string `json:"direction,omitempty"`
	// Historic marks what happened before the account was connected; inbound alone.
	Historic bool `json:"historic,omitempty"`

	Text        string            `json:"text,omitempty"`
	HTML        string            `json:"html,omitempty"` // the same with formatting
	Attachments []Attachment      `json:"attachments,omitempty"`
	ReplyTo     string            `json:"reply_to,omitempty"` // id of a message
	Location    *Place            `json:"location,omitempty"`
	Contacts    []Card            `json:"contacts,omitempty"`
	Buttons     [][]Button        `json:"buttons,omitempty"` // rows; outbound alone
	Press       *Press            `json:"press,omitempty"`   // inbound alone
	Page        string            `json:"page,omitempty"`    // where a first message came from
	UTM         map[string]string `json:"utm,omitempty"`

	// MessageID is the message that an edit, deletion, reaction or receipt speaks of.
	MessageID string `json:"message_id,omitempty"`
	Emoji     string `json:"emoji,omitempty"` // "" takes a reaction back
	State     string `json:"state,omitempty"` // delivered, read or failed
	Reason    string `json:"reason,omitempty"`

	SentAt string `json:"sent_at,omitempty"` // RFC 3339
}

// Person is who wrote. E-mail and phone are not believed, they suggest.
type Person struct {
	ID    string `json:"id,omitempty"`
	Name  string `json:"name,omitempty"`
	Email string `json:"email,omitempty"`
	Phone string `json:"phone,omitempty"`
}

// Attachment is a file: by its bytes, or inbound by an address that it is fetched from.
type Attachment struct {
	Name    string `json:"name,omitempty"`
	Type    string `json:"type,omitempty"` // media type
	Kind    string `json:"kind,omitempty"` // photo, video, voice, audio, animation, sticker
	Size    int64  `json:"size,omitempty"`
	URL     string `json:"url,omitempty"`
	Content []byte `json:"content_base64,omitempty"`
}

// Place is a location.
type Place struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
	Title     string  `json:"title,omitempty"`
	Address   string  `json:"address,omitempty"`
}

// Card is somebody's contact data, sent along.
type Card struct {
	Name   string   `json:"name,omitempty"`
	Phones []string `json:"phones,omitempty"`
	Emails []string `json:"emails,omitempty"`
}

// Button is a choice below a message; it has either data or an address.
type Button struct {
	Text string `json:"text"`
	Data string `json:"data,omitempty"`
	URL  string `json:"url,omitempty"`
}

// Press is a button of ours that was pressed.
type Press struct {
	MessageID string `json:"message_id,omitempty"`
	Data      string `json:"data"`
}

// Taken answers an inbound envelope, and may answer an outbound one.
type Taken struct {
	ID string `json:"id,omitempty"` // outbound: the receiver's own id of the message
	// Outcome says what we made of it: message, reply, duplicate, quarantined, …
	Outcome   string `json:"outcome,omitempty"`
	MessageID string `json:"message_id,omitempty"` // our id
	Problem   string `json:"problem,omitempty"`    // why it is in quarantine
}
