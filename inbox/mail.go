package inbox

import (
	"slices"
	"strings"
	"time"

	"parley/channels"
)

// Party is somebody a message is from or for.
type Party struct {
	Scope   string `json:"s,omitempty"`
	Address string `json:"a"`
	Name    string `json:"n,omitempty"`
}

// Participant is a party to a conversation: it wrote in it or was written to.
type Participant struct {
	ConversationID ConversationID
	Party
	Position int64 // the order in which they came
}

// Mail is what a message has besides where its network knows such things; the zero
// value is a message of a chat.
type Mail struct {
	Quoted   string // what the author repeated or signs with; Text is without it
	Nature   channels.Nature
	Warning  string // why the author may not be who they claim to be; "" = no reason
	Original string // SHA-256 of the message as it came; "" = not kept
	Head
}

// Head is the part of a mail that a database keeps as one value.
type Head struct {
	Subject    string   `json:"subject,omitempty"`
	From       *Party   `json:"from,omitempty"`
	To         []Party  `json:"to,omitempty"`
	Cc         []Party  `json:"cc,omitempty"`
	Bcc        []Party  `json:"bcc,omitempty"`
	AnswerTo   []Party  `json:"answer_to,omitempty"` // where the author wants answers to go
	References []string `json:"refs,omitempty"`      // the network's ids of what came before, the root first
	// Parent is the message that ours answers, as the network is to know; unlike
	// ReplyTo nobody chose it. 0 = none.
	Parent    MessageID `json:"parent,omitempty"`
	Automatic bool      `json:"automatic,omitempty"` // no person wrote it
	Forwards  bool      `json:"forwards,omitempty"`  // it passes another message on, and answers nobody

	Unanswerable string `json:"unanswerable,omitempty"` // why no machine may answer it; "" = one may
	Damaged      bool   `json:"damaged,omitempty"`      // parts of it could not be read
	// Newcomer says that the author, who proved to have a mail of ours, neither wrote in the
	// conversation before nor was written to. Nothing goes there unless somebody says so.
	Newcomer bool `json:"newcomer,omitempty"`
}

// IsMail tells whether there is anything to keep.
func (m *Mail) IsMail() bool {
	return m.Quoted != "" || m.Nature != "" || m.Warning != "" || m.Original != "" || !m.empty()
}

func (h *Head) empty() bool {
	return h.Subject == "" && h.From == nil && len(h.To) == 0 && len(h.Cc) == 0 && len(h.Bcc) == 0 && len(h.AnswerTo) == 0 &&
		len(h.References) == 0 && h.Parent == 0 && h.Unanswerable == "" && !h.Damaged && !h.Automatic && !h.Forwards && !h.Newcomer
}

// Same tells whether two parties are one address.
func (p Party) Same(other Party) bool {
	return p.Scope == other.Scope && strings.EqualFold(p.Address, other.Address)
}

// OwnAddress returns which of an account's addresses mail to an address comes to, also where
// that has something behind a plus (RFC 5233); "" = none. Those of the account are in lower case.
func OwnAddress(own []string, address string) string {
	address = strings.ToLower(address)
	plain := address
	if at := strings.LastIndexByte(address, '@'); at >= 0 {
		local, _, _ := strings.Cut(address[:at], "+")
		plain = local + address[at:]
	}
	for _, a := range own {
		if a == address || a == plain {
			return a
		}
	}
	return ""
}

// without returns the parties that are not among others, each address once.
func without(list, others []Party) []Party {
	var out []Party
	for _, p := range list {
		if !slices.ContainsFunc(others, p.Same) && !slices.ContainsFunc(out, p.Same) {
			out = append(out, p)
		}
	}
	return out
}

// Mention is a conversation's claim on a message of the network: it holds it, or one
// of its messages refers to it.
type Mention struct {
	AccountID      channels.AccountID
	RemoteID       string
	ConversationID ConversationID
	Arrived        bool // the message itself is in the conversation
	Root           bool // the conversation hangs below it
	Direct         bool // By answers it, and does not only know of it
	By             Party
}

// Join puts one conversation's messages behind another's, whose part they turned out
// to be. The emptied one points to its survivor.
type Join struct {
	From, Into ConversationID
	Shift      int64 // what is added to the sequence numbers
	Rooted     bool  // the survivor hangs below nothing that is still missing
}

// EventBlob is a stored file of an event that made no message.
type EventBlob struct {
	ReceivedID int64
	Hash       string
}

// Duplicate tells of events that came in again.
type Duplicate struct {
	ID             int64
	AccountID      channels.AccountID
	Key            channels.EventKey
	At             time.Time // the last time
	Times          int64
	MessageID      MessageID
	ConversationID ConversationID
}
