package inbox

import (
	"context"
	"time"

	"parley/channels"
	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/inbox/pipeline"
	"parley/inbox/suppression"
	"parley/router/rules"
)

// Store is what the inbox needs of the database. Transactions ride in the context;
// what the viewer may not see is not found.
type Store interface {
	// Write runs fn in one transaction; it may run several times.
	Write(ctx context.Context, fn func(ctx context.Context) error) error
	// NextIDs returns fresh ids, inside a transaction or outside.
	NextIDs(ctx context.Context, n int) ([]int64, error)
	// NextConversationNumber returns a fresh number, inside a transaction or outside.
	NextConversationNumber(ctx context.Context) (int64, error)
	Save(ctx context.Context, ch *Changes) error

	Reader
	Drafts
	Labels
	Merging
	Aside
	Watching
	Linking
	Splits
	Amendments

	// LockConversation returns a conversation for changing it, until the transaction
	// ends; found is false when the viewer may not see it.
	LockConversation(ctx context.Context, v actor.Viewer, id ConversationID) (c *Conversation, found bool, err error)
	// LockMessage returns a message for changing it. Its conversation must be locked.
	LockMessage(ctx context.Context, id MessageID) (m *Message, found bool, err error)
	// DeleteMessage removes an unreleased message.
	DeleteMessage(ctx context.Context, id MessageID) error
	// JobWaits tells whether a follow-up is still to be done that was left with a payload.
	JobWaits(ctx context.Context, kind, key, payload string) (bool, error)
	// HastenJob makes a follow-up due now that was left with one of the payloads.
	HastenJob(ctx context.Context, kind, key string, payloads []string, now time.Time) error
	// NewerMessages returns messages (not notes) after a sequence number.
	NewerMessages(ctx context.Context, c ConversationID, seq int64) ([]Message, error)
	// LeavingMessages returns answers that wait for their release, which is due by then.
	LeavingMessages(ctx context.Context, c ConversationID, by time.Time) ([]Message, error)
	// WaitingMedia returns what of a message is still to be fetched, what was tried least first, and the
	// account that it came by, 0 when there is no such message.
	WaitingMedia(ctx context.Context, id MessageID) (channels.AccountID, []MediaRow, error)
	LabelsOf(ctx context.Context, c ConversationID) ([]LabelID, error)
	LinkedLead(ctx context.Context, id pipeline.LeadID) (*pipeline.Lead, error)
	LinkedRequest(ctx context.Context, id pipeline.RequestID) (*pipeline.Request, error)
	// FilesForSending returns the named files as far as owner uploaded them and they
	// are not attached yet, in the given order; a missing one is left out.
	FilesForSending(ctx context.Context, owner FileOwner, ids []FileID) ([]File, error)
	Assignable(ctx context.Context, id AgentID) (bool, error)
	TeamExists(ctx context.Context, id TeamID) (bool, error)
	MarkRead(ctx context.Context, agent AgentID, c ConversationID, seq int64) error
	// ReadInbound turns the contact's messages up to a sequence number from received to
	// read and returns the last of them.
	ReadInbound(ctx context.Context, c ConversationID, seq int64, now time.Time) (last MessageID, found bool, err error)
	// LockAddresses makes others who add the same addresses wait until the transaction
	// ends.
	LockAddresses(ctx context.Context, list []contact.Identity) error
	// ContactByAddress finds the contact that holds a verified address.
	ContactByAddress(ctx context.Context, scope, address string) (p *contact.Contact, identity contact.IdentityID, found bool, err error)
	// SuppressionIn returns what keeps a conversation's contact from being written to there.
	SuppressionIn(ctx context.Context, c ConversationID) (s suppression.Suppression, found bool, err error)
	// SuppressionPage returns a page of all, and SuppressionByID one with the latest conversation in which it holds.
	SuppressionPage(ctx context.Context, v actor.Viewer, cursor string, limit int) (list []suppression.Suppression, next string, err error)
	SuppressionByID(ctx context.Context, v actor.Viewer, id int64) (s suppression.Suppression, latest ConversationID, found bool, err error)
	// QueuedByMachines returns what waits to be sent to a suppressed address and no agent wrote, by conversation.
	QueuedByMachines(ctx context.Context, k suppression.Key) ([]Unclaimed, error)
	// Unsend takes a message off the outbox; false when its attempt has begun.
	Unsend(ctx context.Context, id MessageID) (bool, error)
	// SuppressionOf is the same of an address and an account.
	SuppressionOf(ctx context.Context, account channels.AccountID, scope, address string) (s suppression.Suppression, found bool, err error)
	// Suppressions returns those of a contact's addresses, the oldest first.
	Suppressions(ctx context.Context, id contact.ID) ([]suppression.Suppression, error)
	// LastWrote tells when the contact last wrote in a chat, in whichever episode of it; zero is never.
	LastWrote(ctx context.Context, account channels.AccountID, chat string) (time.Time, error)
	// OpenConversation finds the thread's conversation that is not closed.
	OpenConversation(ctx context.Context, account channels.AccountID, chat string) (*Conversation, bool, error)
	// Contact returns one that the viewer may see, with identities.
	Contact(ctx context.Context, v actor.Viewer, id contact.ID) (p contact.Contact, found bool, err error)
	// OwnAddresses returns the addresses that an account writes from, its first one first.
	OwnAddresses(ctx context.Context, account channels.AccountID) ([]string, error)
	// Correspondence returns what a mail in a conversation is written from.
	Correspondence(ctx context.Context, account channels.AccountID, c ConversationID) (Correspondence, error)
	// Participants returns who takes part in a conversation, in the order of their coming.
	Participants(ctx context.Context, c ConversationID) ([]Party, error)
	// TakeAutomatic notes an automatic answer to an address; ok is false when there was
	// one within the time given.
	TakeAutomatic(ctx context.Context, account channels.AccountID, address string, now time.Time, within time.Duration) (ok bool, err error)
	// AccountPlace returns the kind of an account and the team that its new
	// conversations go to; archived accounts are not found.
	AccountPlace(ctx context.Context, id channels.AccountID) (kind channels.Kind, team TeamID, found bool, err error)
}

// Reader answers the questions of pages and programs.
type Reader interface {
	Conversations(ctx context.Context, v actor.Viewer, f Filter) (Page[Row], error)
	ConversationRow(ctx context.Context, v actor.Viewer, id ConversationID) (row Row, found bool, err error)
	ConversationCount(ctx context.Context, v actor.Viewer, f Filter) (int, error)
	Counts(ctx context.Context, v actor.Viewer) (Counts, error)
	Messages(ctx context.Context, v actor.Viewer, c ConversationID, f MessageFilter) (page MessagePage, found bool, err error)
	Message(ctx context.Context, v actor.Viewer, id MessageID) (m Message, found bool, err error)
	// File returns one that the viewer uploaded or may see, without its place in a message.
	File(ctx context.Context, v actor.Viewer, id FileID) (f File, found bool, err error)
	// Origin returns where a conversation came from, zero when nobody knows.
	Origin(ctx context.Context, c ConversationID) (Origin, error)
	Timeline(ctx context.Context, v actor.Viewer, c ConversationID, cursor string, limit int) (page Page[TimelineItem], found bool, err error)
}

// Drafts keeps what agents have begun to write.
type Drafts interface {
	Draft(ctx context.Context, agent AgentID, c ConversationID) (d Draft, found bool, err error)
	// PutDraft stores a draft when its version is the stored one, or whatever it is when none is
	// stored, and returns the new version, which none before it had; ok is false when somebody
	// wrote in between.
	PutDraft(ctx context.Context, agent AgentID, c ConversationID, d Draft) (version int64, ok bool, err error)
	DeleteDraft(ctx context.Context, agent AgentID, c ConversationID) error
	// DeleteDraftOf throws a draft away if it still has this version.
	DeleteDraftOf(ctx context.Context, agent AgentID, c ConversationID, version int64) error
	// DraftsIn returns everybody's drafts in a conversation, by their writers.
	DraftsIn(ctx context.Context, c ConversationID) (map[AgentID]Draft, error)
}

// Labels keeps the labels of the installation.
type Labels interface {
	Labels(ctx context.Context) ([]Label, error)
	// PutLabel adds or changes a label; taken is true when another has its name.
	PutLabel(ctx context.Context, l Label) (taken bool, err error)
	DeleteLabel(ctx context.Context, id LabelID) (found bool, err error)
	KnownLabels(ctx context.Context, ids []LabelID) (bool, error)
}

// Page is a piece of a list. Next is the cursor of the following piece, "" at the end.
// Prev is that of the piece before, "" at the beginning, where a list can be walked backwards.
type Page[T any] struct {
	Items []T
	Next  string
	Prev  string
}

// Sort orders a list of conversations.
type Sort string

// The orders. Due is by what wants an answer first.
const (
	Newest Sort = "newest"
	Oldest Sort = "oldest"
	Due    Sort = "due"
)

// Filter selects conversations. Zero values select everything.
type Filter struct {
	Statuses   []Status
	Unanswered *bool
	Unread     bool     // not read by the viewer
	Assignee   *AgentID // 0 = nobody
	Team       *TeamID  // 0 = no team
	Account    channels.AccountID
	Contact    contact.ID
	Label      LabelID
	Spam       bool               // only what was put aside; no other list has it
	Pinned     *bool              // by the viewer; false leaves those out, which stand elsewhere
	Except     []ConversationID   // that are left out; few
	Following  bool               // the viewer is
	Mentioned  bool               // the viewer was, in a note
	Request    pipeline.RequestID // 0 = whichever
	Query      string             // start of the contact's name, or the number
	Where      *Where             // nil = no rule
	Sort       Sort
	Cursor     string
	Before     string // the page that ends where this cursor, a Prev, points; instead of Cursor
	Skip       int    // the page that begins so many behind the first, at most SizeCap; instead of Cursor
	Limit      int
}

// SizeCap is where a list that is long is no longer counted, nor jumped into by number.
const SizeCap = 200_000

// Where is a rule that a list is narrowed by; package router/views makes it of a saved view.
// A list that has one looks at a bounded number of conversations per page: a page may hold
// fewer than asked for, even none, and still have a next one.
type Where struct {
	Rule *rules.Rule
	Now  time.Time
	// Facts returns what the rule is asked about, of each row.
	Facts func(ctx context.Context, rows []Row) ([]*rules.Facts, error)
}

// Tally is how many conversations a list has. More says that there may be others beyond,
// which nobody looked at.
type Tally struct {
	Count int
	More  bool
}

// Counts are numbers of open conversations per view, and of those put off, each at most CountCap.
type Counts struct {
	Mine, Unassigned, Unanswered, All, Snoozed int
}

// CountCap is where counting stops.
const CountCap = 1000

// MessageFilter selects a piece of a conversation, ascending by seq.
type MessageFilter struct {
	AfterSeq  int64 // those after it
	BeforeSeq int64 // the last ones before it; 0 = not asked
	Last      bool  // the last page
	Limit     int
}

// MessagePage is a piece of a conversation and what waits for its release.
type MessagePage struct {
	Items   []Message
	Pending []Message // without seq, by release time
	More    bool      // whether there is more in the direction asked
}

// TimelineItem is a message or an entry, in the order of time.
type TimelineItem struct {
	Entry   *Entry
	Message *Message
	// CauseName names the agent or the trigger behind the entry, "" when there is none.
	CauseName string
}

// Draft is what an agent has begun to write in a conversation.
type Draft struct {
	Kind MessageKind
	Text string
	HTML string // an answer that is a mail; as typed, shown to nobody but its writer
	// Head is whom a mail is for, or what a chat's answer is to, as JSON for the page; "" follows
	// the conversation.
	Head string
	// Buttons are the choices below the text, as far as they are written.
	Buttons   [][]channels.Button
	Files     []FileID
	Version   int64
	UpdatedAt time.Time
}

// Label marks conversations.
type Label struct {
	ID        LabelID
	Name      string
	Color     string
	CreatedAt time.Time
}

// FileOwner is who uploaded a file: an agent, a key, or a visitor (Ref is the chat).
type FileOwner struct {
	Kind string
	ID   int64
	Ref  string
}
