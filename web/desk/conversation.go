package desk

import (
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/web/rest"
)

// Conversation is a conversation as callers see it.
type Conversation struct {
	ID            rest.ID        `json:"id"`
	Number        int64          `json:"number"`
	AccountID     rest.ID        `json:"account_id"`
	AccountKind   channels.Kind  `json:"account_kind"`
	Chat          string         `json:"chat"`
	ContactID     rest.Ref       `json:"contact_id"`
	ContactName   string         `json:"contact_name"`
	Subject       string         `json:"subject"`
	Status        inbox.Status   `json:"status" enum:"open,pending,snoozed,closed"`
	Unanswered    bool           `json:"unanswered"`
	WaitingSince  *time.Time     `json:"waiting_since" doc:"The first message without an answer."`
	LastInboundAt *time.Time     `json:"last_inbound_at"`
	AssigneeID    rest.Ref       `json:"assignee_id"`
	TeamID        rest.Ref       `json:"team_id"`
	Priority      inbox.Priority `json:"priority" enum:"low,normal,high,urgent"`
	Labels        []rest.ID      `json:"labels"`
	SnoozedUntil  *time.Time     `json:"snoozed_until"`
	Seq           int64          `json:"seq" doc:"Of the last message."`
	ReadSeq       *int64         `json:"read_seq" doc:"How far the caller has read; null in events."`
	Spam          bool           `json:"spam" doc:"Put aside by people: closed, in no list but that of spam, and what comes there is answered by nothing."`
	Pinned        *bool          `json:"pinned" doc:"By the caller; null in events."`
	Following     *bool          `json:"following" doc:"The caller is; null in events."`
	LastMessage   *LastMessage   `json:"last_message"`
	Trouble       inbox.State    `json:"trouble,omitempty" enum:"failed,uncertain" doc:"Our last message did not arrive, or nobody knows whether it did."`
	LeadID        rest.Ref       `json:"lead_id"`
	RequestID     rest.Ref       `json:"request_id"`
	Clocks        []ServiceClock `json:"clocks"`
	DueAt         *time.Time     `json:"due_at" doc:"The earliest deadline that is to be met or was missed."`
	MergedInto    rest.Ref       `json:"merged_into"`
	ClosedAt      *time.Time     `json:"closed_at"`
	CreatedAt     time.Time      `json:"created_at"`
	UpdatedAt     time.Time      `json:"updated_at"`

	Participants []Party `json:"participants,omitempty" doc:"Who takes part besides us, where networks have several; only when one conversation is read."`
}

// LastMessage is the end of a conversation in short.
type LastMessage struct {
	Text      string          `json:"text" doc:"At most 200 characters."`
	Direction inbox.Direction `json:"direction" enum:"inbound,outbound"`
	At        time.Time       `json:"at"`
	Author    string          `json:"author,omitempty" doc:"Who wrote it, when that is not whom the conversation is with."`
}

// ServiceClock is a promise of service to a conversation: the last of its metric.
type ServiceClock struct {
	Metric   string     `json:"metric" enum:"first_response,next_response,resolution"`
	State    string     `json:"state" enum:"running,paused,met,breached"`
	DueAt    *time.Time `json:"due_at" doc:"null while it is paused."`
	WarnAt   *time.Time `json:"warn_at" doc:"From when on it is urgent."`
	EndedAt  *time.Time `json:"ended_at" doc:"null while it counts."`
	Updated  time.Time  `json:"updated_at" doc:"Clocks follow what happens to a conversation a moment later."`
	PolicyID rest.Ref   `json:"policy_id"`
}

func showClock(c inbox.Clock) ServiceClock {
	return ServiceClock{Metric: c.Metric, State: c.State, DueAt: rest.TimeOrNull(c.DueAt), WarnAt: rest.TimeOrNull(c.WarnAt), EndedAt: rest.TimeOrNull(c.Ended), Updated: rest.Time(c.Moved), PolicyID: rest.RefOf(c.Policy)}
}

// ShowConversation is a conversation as its viewer sees it.
func ShowConversation(r inbox.Row) Conversation {
	c := ConversationEvent(&r)
	c.ReadSeq, c.Pinned, c.Following = &r.ReadSeq, &r.Pinned, &r.Following
	return c
}

// ConversationEvent is a conversation as all who may see it hear of it: without how
// far any one of them has read.
func ConversationEvent(r *inbox.Row) Conversation {
	c := Conversation{
		ID: rest.IDOf(r.ID), Number: r.Number, AccountID: rest.IDOf(r.AccountID), AccountKind: r.AccountKind, Chat: r.Chat,
		ContactID: rest.RefOf(r.ContactID), ContactName: r.ContactName, Subject: r.Subject, Status: r.Status,
		Unanswered: r.Unanswered, WaitingSince: rest.TimeOrNull(r.WaitingSince), LastInboundAt: rest.TimeOrNull(r.LastInboundAt),
		AssigneeID: rest.RefOf(r.AssigneeID), TeamID: rest.RefOf(r.TeamID), Priority: r.Priority, Labels: rest.IDsOf(r.Labels),
		SnoozedUntil: rest.TimeOrNull(r.SnoozedUntil), Seq: r.Seq, LeadID: rest.RefOf(r.LeadID), RequestID: rest.RefOf(r.RequestID),
		Clocks: rest.Map(r.Clocks, showClock), DueAt: rest.TimeOrNull(r.DueAt), MergedInto: rest.RefOf(r.MergedInto), ClosedAt: rest.TimeOrNull(r.ClosedAt),
		CreatedAt: rest.Time(r.CreatedAt), UpdatedAt: rest.Time(r.UpdatedAt), Trouble: r.Trouble(), Spam: r.Spam(),
	}
	if !r.LastAt.IsZero() {
		c.LastMessage = &LastMessage{Text: r.LastText, Direction: r.LastDirection, At: rest.Time(r.LastAt), Author: r.LastAuthor}
	}
	return c
}
