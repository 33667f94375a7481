package search

import (
	"strconv"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/contact"
	"parley/inbox/pipeline"
	"parley/internal/fault"
)

// Type is a group of results.
type Type string

// The groups.
const (
	Numbers  Type = "numbers"
	People   Type = "people"
	Messages Type = "messages"
	Files    Type = "files"
)

// Filter is a question.
type Filter struct {
	Query string
	// Type is the group that is asked for; "" is the beginning of each.
	Type Type
	// The following narrow messages and files; zero values do not. People and numbers have
	// none of it, and are left out when one is given, but for the number itself.
	Account  channels.AccountID
	Team     *inbox.TeamID  // 0 is none
	Assignee *inbox.AgentID // 0 is nobody
	Label    inbox.LabelID
	Statuses []inbox.Status
	From, To time.Time // From belongs to it, To does not
	HasFile  bool

	// NoPeople and NoRequests leave out what the caller may not read at all.
	NoPeople, NoRequests bool

	// Limit is of each group. Cursor goes on with the one that Type names.
	Limit  int
	Cursor string
}

// narrows tells whether something other than words is asked for.
func (f *Filter) narrows() bool {
	return f.Account != 0 || f.Team != nil || f.Assignee != nil || f.Label != 0 || len(f.Statuses) > 0 || !f.From.IsZero() || !f.To.IsZero() || f.HasFile
}

// wants tells whether a group is asked for.
func (f *Filter) wants(t Type) bool { return f.Type == t || f.Type == "" }

// place reads the cursor: below which id a page begins.
func (f *Filter) place() (before int64, err error) {
	if f.Cursor == "" {
		return Newest, nil
	}
	before, err = strconv.ParseInt(f.Cursor, 10, 64)
	if err != nil || before < 1 {
		return 0, fault.InvalidField("cursor", "bad_cursor", fault.T("Список изменился, откройте его заново.", "The list has changed; open it anew."))
	}
	return before, nil
}

// Newest is above every id.
const Newest int64 = 1<<63 - 1

// Piece is a part of a text; Hit ones are what was looked for.
type Piece struct {
	Text string
	Hit  bool
}

// About is the conversation that a hit belongs to.
type About struct {
	ConversationID inbox.ConversationID
	Number         int64
	Subject        string
	Status         inbox.Status
	AccountID      channels.AccountID
	AccountKind    channels.Kind
	ContactID      contact.ID
	ContactName    string
}

// MessageHit is a message that holds the words.
type MessageHit struct {
	About
	ID        inbox.MessageID
	Seq       int64 // 0 until it is released
	Kind      inbox.MessageKind
	Direction inbox.Direction
	Author    string
	At        time.Time
	Text      string // whole, or its beginning
	Snippet   []Piece
}

// FileHit is a file whose name holds the words.
type FileHit struct {
	About
	MessageID inbox.MessageID
	Seq       int64
	At        time.Time
	ID        inbox.FileID
	Name      string
	Type      string
	Size      int64
	Title     []Piece // the name, marked
}

// PersonHit is a contact whose name or address holds the words.
type PersonHit struct {
	contact.Contact
	Title []Piece // the name, marked
}

// NumberHit is what has the number that was typed.
type NumberHit struct {
	About
	RequestID pipeline.RequestID // 0 for a conversation
	Request   pipeline.RequestStatus
	At        time.Time
}

// Group is the results of one type, newest first.
type Group[T any] struct {
	Items []T
	// Next goes on; "" at the end. A page may hold fewer than asked for, or none, and go on
	// all the same, when there was much to look through that the caller may not see.
	Next string
}

// Result is the answer to a question.
type Result struct {
	Numbers  Group[NumberHit]
	People   Group[PersonHit]
	Messages Group[MessageHit]
	Files    Group[FileHit]
	// Filling says that what was there before the index was begun is not in it yet.
	Filling bool
}
