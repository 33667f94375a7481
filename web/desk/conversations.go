package desk

import (
	"cmp"
	"context"
	"net/http"
	"strings"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/contact"
	"parley/internal/fault"
	"parley/router/views"
	"parley/web/rest"
)

func (d *Desk) declareConversations(api *rest.API) {
	read, write := rest.Read("conversations"), rest.Write("conversations")
	rest.Add(api, rest.Op{ID: "list-conversations", Method: http.MethodGet, Path: "/conversations", Need: read, Summary: "List conversations"}, d.listConversations)
	rest.Add(api, rest.Op{ID: "count-conversations", Method: http.MethodGet, Path: "/conversations/counts", Need: read, Summary: "Count open conversations"}, d.countConversations)
	rest.Add(api, rest.Op{ID: "get-conversation", Method: http.MethodGet, Path: "/conversations/{id}", Need: read, Summary: "Read a conversation"}, d.getConversation)
	rest.Add(api, rest.Op{ID: "change-conversation", Method: http.MethodPatch, Path: "/conversations/{id}", Need: write, Summary: "Change a conversation"}, d.patchConversation)
	d.declareJoined(api)
	d.declareBulk(api)
}

type listConversations struct {
	rest.Paging
	Status     []string `query:"status" required:"false" maxItems:"4" enum:"open,pending,snoozed,closed" doc:"One or several, by comma."`
	Unanswered string   `query:"unanswered" required:"false" enum:"true,false"`
	Unread     bool     `query:"unread" required:"false" doc:"Only what the caller has not read."`
	Assignee   string   `query:"assignee" required:"false" pattern:"^(me|none|[1-9][0-9]{0,18})$" doc:"me, none or an agent's id."`
	Team       string   `query:"team" required:"false" pattern:"^(none|[1-9][0-9]{0,18})$" doc:"none or a team's id."`
	Account    rest.ID  `query:"account" required:"false"`
	Contact    rest.ID  `query:"contact" required:"false"`
	Label      rest.ID  `query:"label" required:"false"`
	View       rest.ID  `query:"view" required:"false" doc:"A saved view. A page then looks at a bounded number of conversations: it may hold fewer than asked for and still have a next one."`
	Query      string   `query:"q" required:"false" maxLength:"200" doc:"Start of the contact's name, or the number."`
	Sort       string   `query:"sort" required:"false" enum:"newest,oldest,due" doc:"By last activity; oldest: longest waiting first; due: what wants an answer first."`
}

func (d *Desk) listConversations(ctx context.Context, who rest.Caller, in *listConversations) (*rest.Body[rest.Page[Conversation]], error) {
	f := inbox.Filter{
		Unread: in.Unread, Account: rest.Num[channels.AccountID](in.Account), Contact: rest.Num[contact.ID](in.Contact),
		Label: rest.Num[inbox.LabelID](in.Label), Query: in.Query, Sort: inbox.Sort(in.Sort), Cursor: in.Cursor, Limit: in.Limit,
	}
	for _, s := range in.Status {
		f.Statuses = append(f.Statuses, inbox.Status(s))
	}
	if in.Unanswered != "" {
		yes := in.Unanswered == "true"
		f.Unanswered = &yes
	}
	if in.Assignee == "me" && who.AgentID == 0 {
		return nil, fault.InvalidField("assignee", "agent_only", fault.T("У ключа нет своих диалогов.", "A key has no conversations of its own."))
	}
	f.Assignee = rest.Someone[inbox.AgentID](in.Assignee, inbox.AgentID(who.AgentID))
	f.Team = rest.Someone[inbox.TeamID](in.Team, 0)
	if err := d.narrow(ctx, who, in.View, &f); err != nil {
		return nil, err
	}
	page, err := d.inbox.List(ctx, who.Viewer, f)
	if err != nil {
		return nil, err
	}
	return rest.List(page.Items, page.Next, ShowConversation), nil
}

// narrow puts a saved view into a filter.
func (d *Desk) narrow(ctx context.Context, who rest.Caller, view rest.ID, f *inbox.Filter) error {
	if view == "" {
		return nil
	}
	if d.views == nil {
		return views.ErrNoView
	}
	where, sort, err := d.views.Where(ctx, who.Viewer, rest.Num[views.ID](view))
	if err != nil {
		return err
	}
	f.Where, f.Sort = where, cmp.Or(f.Sort, sort)
	return nil
}

// Counts are numbers beside the views.
type Counts struct {
	Mine       int `json:"mine"`
	Unassigned int `json:"unassigned"`
	Unanswered int `json:"unanswered"`
	All        int `json:"all" doc:"Each is of open conversations and stops at 1000."`
}

func (d *Desk) countConversations(ctx context.Context, who rest.Caller, _ *struct{}) (*rest.Body[Counts], error) {
	c, err := d.inbox.Counts(ctx, who.Viewer)
	if err != nil {
		return nil, err
	}
	return rest.Reply(Counts{Mine: c.Mine, Unassigned: c.Unassigned, Unanswered: c.Unanswered, All: c.All}), nil
}

func (d *Desk) getConversation(ctx context.Context, who rest.Caller, in *ByID) (*rest.Body[Conversation], error) {
	row, err := d.inbox.Get(ctx, who.Viewer, rest.Num[inbox.ConversationID](in.ID))
	if err != nil {
		return nil, err
	}
	out := ShowConversation(row)
	people, err := d.inbox.Participants(ctx, row.ID)
	if err != nil {
		return nil, err
	}
	out.Participants = rest.Map(people, ShowParty)
	return rest.Reply(out), nil
}

// ConversationPatch is what shall change about a conversation.
type ConversationPatch struct {
	Status       rest.Maybe[inbox.Status]   `json:"status" required:"false" enum:"open,pending,snoozed,closed"`
	AssigneeID   rest.Maybe[rest.ID]        `json:"assignee_id" required:"false"`
	TeamID       rest.Maybe[rest.ID]        `json:"team_id" required:"false"`
	Priority     rest.Maybe[inbox.Priority] `json:"priority" required:"false" enum:"low,normal,high,urgent"`
	Labels       rest.Maybe[[]rest.ID]      `json:"labels" required:"false" doc:"The whole set."`
	AddLabels    []rest.ID                  `json:"add_labels" required:"false" maxItems:"100"`
	RemoveLabels []rest.ID                  `json:"remove_labels" required:"false" maxItems:"100"`
	SnoozedUntil rest.Maybe[time.Time]      `json:"snoozed_until" required:"false"`
	Unanswered   rest.Maybe[bool]           `json:"unanswered" required:"false" doc:"false: no answer needed; true: one is after all, since the last inbound message."`
	Subject      rest.Maybe[string]         `json:"subject" required:"false" maxLength:"500"`
}

func (b *ConversationPatch) patch() (inbox.Patch, error) {
	err := refuseNull(map[string]bool{"status": b.Status.Null, "priority": b.Priority.Null, "unanswered": b.Unanswered.Null})
	p := inbox.Patch{
		Status: b.Status.Ptr(), Assignee: rest.NumPtr[inbox.AgentID](b.AssigneeID), Team: rest.NumPtr[inbox.TeamID](b.TeamID),
		Priority: b.Priority.Ptr(), SnoozedUntil: b.SnoozedUntil.Ptr(), Unanswered: b.Unanswered.Ptr(), Subject: b.Subject.Ptr(),
		AddLabels: rest.Nums[inbox.LabelID](b.AddLabels), RemoveLabels: rest.Nums[inbox.LabelID](b.RemoveLabels),
	}
	if b.Labels.Set {
		labels := rest.Nums[inbox.LabelID](b.Labels.Value)
		p.Labels = &labels
	}
	return p, err
}

type patchConversation struct {
	ByID
	Body ConversationPatch
}

func (d *Desk) patchConversation(ctx context.Context, who rest.Caller, in *patchConversation) (*rest.Body[Conversation], error) {
	p, err := in.Body.patch()
	if err != nil {
		return nil, err
	}
	row, err := d.inbox.Patch(ctx, who.Viewer, rest.Num[inbox.ConversationID](in.ID), p)
	if err != nil {
		return nil, err
	}
	return rest.Reply(ShowConversation(row)), nil
}

// refuseNull refuses null where nothing can be cleared.
func refuseNull(fields map[string]bool) error {
	var bad fault.Collector
	for name, null := range fields {
		if null {
			bad.Add(name, "required", fault.T("Здесь не может быть null.", "This cannot be null."))
		}
	}
	return bad.Err()
}

// kindOf reads "reply" or "note"; "" is a reply.
func kindOf(kind string) inbox.MessageKind {
	if strings.EqualFold(kind, "note") {
		return inbox.KindNote
	}
	return inbox.KindMessage
}
