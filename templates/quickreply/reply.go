package quickreply

import (
	"time"

	"parley/internal/fault"
	"parley/templates/wording"
)

// ID identifies a quick reply.
type ID int64

// Scope says who sees a reply.
type Scope string

// The scopes.
const (
	Mine Scope = "mine"
	Team Scope = "team"
	All  Scope = "all"
)

// Reply is a text that is kept at hand.
type Reply struct {
	ID       ID
	Shortcut string // without the slash; "" = it has none
	Name     string
	Text     string // a wording
	Scope    Scope
	Owner    int64  // the agent who made it, and alone sees one that is Mine; 0 = a key
	Team     int64  // of one for a Team
	Language string // "" = any
	Folder   string // "" = in none
	Files    []File

	Uses       int64 // by everybody
	LastUsedAt time.Time
	MyUses     int64 // by who reads it
	MyLastUse  time.Time
	TeamGone   bool // its team was deleted: only who sees everything still sees it

	CreatedAt time.Time
	UpdatedAt time.Time
}

// File is an upload that goes along.
type File struct {
	ID   int64
	Hash string
	Name string
	Type string
	Size int64 // bytes
}

// Holder is within what a shortcut is unique: the owner, the team, or everybody (0).
func (r *Reply) Holder() int64 {
	switch r.Scope {
	case Mine:
		return r.Owner
	case Team:
		return r.Team
	}
	return 0
}

// Blanks are what the reply asks of who sends it.
func (r *Reply) Blanks() []string {
	t, problem := wording.Parse(r.Text, Variables())
	if problem != nil {
		return nil
	}
	return t.Blanks()
}

// Problem says why the reply, once right, cannot be used any more; nil where it can.
func (r *Reply) Problem() *fault.Text {
	if _, problem := wording.Parse(r.Text, Variables()); problem != nil {
		return &problem.Text
	}
	if r.TeamGone {
		text := fault.T("Группы этого ответа больше нет: его никто не видит. Дайте его другой группе или всем.",
			"The team of this reply is gone: nobody sees it. Give it to another team, or to all.")
		return &text
	}
	return nil
}

// Variables are what a reply may name, in the order in which they are offered.
func Variables() []string {
	return []string{
		wording.ContactName, wording.ContactFirstName, wording.ContactEmail, wording.ContactPhone,
		wording.ConversationNumber, wording.ConversationSubject, wording.RequestNumber, wording.RequestSubject, wording.RequestType,
		wording.LeadSource, wording.AgentName, wording.AgentFirstName, wording.TeamName, wording.AccountName,
		wording.TimeGreeting, wording.TimeDate, wording.TimeNow,
	}
}

// Faults of this room.
var (
	ErrNone = fault.New(fault.NotFound, "no_quick_reply", fault.T("Такого быстрого ответа нет, или он вам не виден.", "There is no such quick reply, or you may not see it."))
	ErrFull = fault.New(fault.Conflict, "too_many_quick_replies", fault.T("Быстрых ответов не больше 5000. Удалите те, которыми не пользуются.", "There are at most 5,000 quick replies. Delete those that nobody uses."))
	errHere = fault.New(fault.NotFound, "no_conversation", fault.T("Такого разговора нет, или он вам не виден.", "There is no such conversation, or you may not see it."))
)
