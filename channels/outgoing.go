package channels

import "time"

// Outgoing is one message to send. Key is constant across attempts, so an adapter
// can derive the network's own de-duplication id from it.
type Outgoing struct {
	Key       string // the message's id in decimal
	MessageID int64
	Chat      string
	To        []Address
	Subject   string
	Text      string
	HTML      string
	Files     []File
	ReplyTo   string // remote id, "" when none
	Attempt   int    // 1 on the first

	From       string    // which of the account's own addresses writes; "" = its first
	FromName   string    // the author's name, for networks that show one
	Cc         []Address // besides To
	Bcc        []Address
	References []string     // remote ids of the thread, the root first
	Buttons    [][]Button   // rows
	Template   *TemplateUse // instead of text, where Limits have Templates
	Automatic  bool         // no person wrote it, and the network is to know
}

// Sent is a network's word that it took the message. RemoteID may be empty when the
// network gives none.
type Sent struct {
	RemoteID string
	// Parts are the network's ids of further messages that this one became, such as the
	// later files of an album.
	Parts []string
	At    time.Time // zero means now
	// Problem is what people are to know of a message that was sent all the same, such as
	// recipients whom the network did not accept it for; nil = nothing.
	Problem *Error
}
