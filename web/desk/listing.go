package desk

import (
	"cmp"
	"context"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/contact"
	"parley/inbox/pipeline"
	"parley/internal/fault"
	"parley/router/views"
	"parley/web/rest"
)

// ConversationFilter is what a list of conversations is narrowed and ordered by.
type ConversationFilter struct {
	Status     []string `query:"status" required:"false" maxItems:"4" enum:"open,pending,snoozed,closed" doc:"One or several, by comma or said several times."`
	Unanswered string   `query:"unanswered" required:"false" enum:"true,false"`
	Unread     bool     `query:"unread" required:"false" doc:"Only what the caller has not read."`
	Assignee   string   `query:"assignee" required:"false" pattern:"^(me|none|[1-9][0-9]{0,18})$" doc:"me, none or an agent's id."`
	Team       string   `query:"team" required:"false" pattern:"^(none|[1-9][0-9]{0,18})$" doc:"none or a team's id."`
	Account    rest.ID  `query:"account" required:"false"`
	Contact    rest.ID  `query:"contact" required:"false"`
	Label      rest.ID  `query:"label" required:"false"`
	Spam       bool     `query:"spam" required:"false" doc:"What was put aside as spam; no other list has it."`
	Pinned     string   `query:"pinned" required:"false" enum:"true,false" doc:"true: only what the caller has pinned; false: all but that."`
	Following  bool     `query:"following" required:"false" doc:"Only what the caller follows."`
	Mentioned  bool     `query:"mentioned" required:"false" doc:"Only where a note names the caller with an @."`
	Request    rest.ID  `query:"request" required:"false" doc:"What belongs to a request."`
	View       rest.ID  `query:"view" required:"false" doc:"A saved view. A page then looks at a bounded number of conversations: it may hold fewer than asked for and still have a next one."`
	Query      string   `query:"q" required:"false" maxLength:"200" doc:"Start of the contact's name, or the number."`
	Sort       string   `query:"sort" required:"false" enum:"newest,oldest,due" doc:"By last activity; oldest: longest waiting first; due: what wants an answer first."`
}

type listConversations struct {
	rest.Paging
	ConversationFilter
	Before string `query:"before" maxLength:"500" required:"false" doc:"From the field prev: the page that ends where that one begins. Not with cursor, skip or view."`
	Skip   int    `query:"skip" minimum:"0" maximum:"200000" required:"false" doc:"The page that begins so many behind the first, for a jump into a long list. Not with cursor, before or view."`
}

// ConversationPage is a piece of a list that can be walked both ways.
type ConversationPage struct {
	Items []Conversation `json:"items"`
	Next  string         `json:"next" doc:"Cursor of the next page; empty at the end."`
	Prev  string         `json:"prev" doc:"For before: what stands before this page; empty at the beginning."`
}

func (d *Desk) listConversations(ctx context.Context, who rest.Caller, in *listConversations) (*rest.Body[ConversationPage], error) {
	f, err := d.filter(ctx, who, &in.ConversationFilter)
	if err != nil {
		return nil, err
	}
	f.Cursor, f.Limit, f.Before, f.Skip = in.Cursor, in.Limit, in.Before, in.Skip
	if err := onePlace(in); err != nil {
		return nil, err
	}
	page, err := d.inbox.List(ctx, who.Viewer, f)
	if err != nil {
		return nil, err
	}
	return rest.Reply(ConversationPage{Items: rest.Map(page.Items, ShowConversation), Next: page.Next, Prev: page.Prev}), nil
}

// onePlace refuses a page that is said to begin at two places. A saved view is walked forward alone.
func onePlace(in *listConversations) error {
	places := 0
	for _, said := range []bool{in.Cursor != "", in.Before != "", in.Skip > 0} {
		if said {
			places++
		}
	}
	if places > 1 || places == 1 && in.Cursor == "" && in.View != "" {
		return fault.InvalidField("before", "one_place", fault.T("Укажите одно место: cursor, before или skip; для сохранённого списка — cursor.",
			"Name one place: cursor, before or skip; for a saved view cursor."))
	}
	return nil
}

// ListLength is how long a list is.
type ListLength struct {
	Count int `json:"count" doc:"It stops at 200000."`
}

type countList struct{ ConversationFilter }

func (d *Desk) countList(ctx context.Context, who rest.Caller, in *countList) (*rest.Body[ListLength], error) {
	if in.View != "" {
		return nil, fault.InvalidField("view", "not_counted", fault.T("Сохранённые списки считает GET /views/counts.", "Saved views are counted by GET /views/counts."))
	}
	f, err := d.filter(ctx, who, &in.ConversationFilter)
	if err != nil {
		return nil, err
	}
	n, err := d.inbox.Count(ctx, who.Viewer, f)
	if err != nil {
		return nil, err
	}
	return rest.Reply(ListLength{Count: n}), nil
}

// filter reads what a list is narrowed and ordered by.
func (d *Desk) filter(ctx context.Context, who rest.Caller, in *ConversationFilter) (inbox.Filter, error) {
	f := inbox.Filter{
		Unread: in.Unread, Account: rest.Num[channels.AccountID](in.Account), Contact: rest.Num[contact.ID](in.Contact),
		Label: rest.Num[inbox.LabelID](in.Label), Query: in.Query, Sort: inbox.Sort(in.Sort),
		Spam: in.Spam, Following: in.Following, Mentioned: in.Mentioned, Request: rest.Num[pipeline.RequestID](in.Request),
	}
	for _, s := range in.Status {
		f.Statuses = append(f.Statuses, inbox.Status(s))
	}
	if in.Unanswered != "" {
		yes := in.Unanswered == "true"
		f.Unanswered = &yes
	}
	if in.Pinned != "" {
		yes := in.Pinned == "true"
		f.Pinned = &yes
	}
	if in.Assignee == "me" && who.AgentID == 0 {
		return f, fault.InvalidField("assignee", "agent_only", fault.T("У ключа нет своих диалогов.", "A key has no conversations of its own."))
	}
	f.Assignee = rest.Someone[inbox.AgentID](in.Assignee, inbox.AgentID(who.AgentID))
	f.Team = rest.Someone[inbox.TeamID](in.Team, 0)
	return f, d.narrow(ctx, who, in.View, &f)
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
