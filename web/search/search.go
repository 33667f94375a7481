package search

import (
	"context"
	"net/http"
	"slices"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/search"
	"parley/internal/fault"
	"parley/web/rest"
)

// Search declares the operation of this package.
type Search struct{ service *search.Service }

// New makes a Search.
func New(s *search.Service) *Search { return &Search{s} }

// Declare adds the operation to an API.
func (s *Search) Declare(api *rest.API) {
	rest.Add(api, rest.Op{
		ID: "search", Method: http.MethodGet, Path: "/search", Need: rest.Read("conversations"),
		Summary: "Find messages, people, files and numbers by words, in any of their forms",
	}, s.search)
}

// perGroup is how much of each group is shown when none is named.
const perGroup = 6

type input struct {
	Query    string    `query:"q" maxLength:"20000" doc:"Words, in Russian or English, in any form; the last one may be incomplete. Or a number, or a telephone number in any writing. Nothing else in it has a meaning; what is beyond 256 characters is left out."`
	Type     string    `query:"type" required:"false" enum:"numbers,people,messages,files,conversation,request,contact,message,file" doc:"Only these, page by page, by the name of their group or as hits are called. Without it the first of each."`
	Account  rest.ID   `query:"account" required:"false" doc:"With this and what follows messages and files alone are looked for."`
	Team     string    `query:"team" required:"false" pattern:"^(none|[1-9][0-9]{0,18})$" doc:"none or a team's id."`
	Assignee string    `query:"assignee" required:"false" pattern:"^(me|none|[1-9][0-9]{0,18})$" doc:"me, none or an agent's id."`
	Label    rest.ID   `query:"label" required:"false"`
	Status   []string  `query:"status" required:"false" maxItems:"4" enum:"open,pending,snoozed,closed" doc:"Of the conversation; one or several, by comma."`
	From     time.Time `query:"from" required:"false" doc:"Written at this time or later."`
	To       time.Time `query:"to" required:"false" doc:"Written before this time."`
	HasFile  bool      `query:"has_file" required:"false"`
	Cursor   string    `query:"cursor" required:"false" maxLength:"200" doc:"Where the page before ended: its next."`
	Limit    int       `query:"limit" required:"false" minimum:"1" maximum:"50" doc:"Of each group; 6 when no type is named, 30 otherwise."`
}

// SearchResult is what was found.
type SearchResult struct {
	Items []SearchHit `json:"items" doc:"By groups: numbers, people, messages, files; within each the newest first."`
	Next  string      `json:"next" doc:"Where the next page of the named type begins; empty at the end. A page may hold fewer than asked for and go on."`
	More  []string    `json:"more" doc:"Of which types there is more, when none was named."`
	// Filling is true while older messages are still being taken into the index.
	Filling bool `json:"filling" doc:"Older messages are still being taken into the index; the newest were first."`
}

func (s *Search) search(ctx context.Context, who rest.Caller, in *input) (*rest.Body[SearchResult], error) {
	if in.Assignee == "me" && who.AgentID == 0 {
		return nil, fault.InvalidField("assignee", "agent_only", fault.T("У ключа нет своих диалогов.", "A key has no conversations of its own."))
	}
	f := search.Filter{
		Query: in.Query, Type: groupOf(in.Type), Account: rest.Num[channels.AccountID](in.Account), Label: rest.Num[inbox.LabelID](in.Label),
		Team: rest.Someone[inbox.TeamID](in.Team, 0), Assignee: rest.Someone(in.Assignee, inbox.AgentID(who.AgentID)),
		From: in.From, To: in.To, HasFile: in.HasFile, Cursor: in.Cursor, Limit: in.Limit,
		NoPeople: !who.Auth.May("contacts", false), NoRequests: !who.Auth.May("requests", false),
	}
	for _, status := range in.Status {
		f.Statuses = append(f.Statuses, inbox.Status(status))
	}
	switch {
	case f.Limit == 0 && f.Type == "":
		f.Limit = perGroup
	case f.Limit == 0:
		f.Limit = 30
	}
	r, err := s.service.Search(ctx, who.Viewer, f)
	if err != nil {
		return nil, err
	}
	out := show(&r, f.Type)
	if string(f.Type) != in.Type { // its group holds others too
		out.Items = slices.DeleteFunc(out.Items, func(h SearchHit) bool { return h.Type != in.Type })
	}
	return rest.Reply(out), nil
}

// groupOf is where hits of a type stand; groups are their own.
func groupOf(name string) search.Type {
	switch name {
	case "conversation", "request":
		return search.Numbers
	case "contact":
		return search.People
	case "message":
		return search.Messages
	case "file":
		return search.Files
	}
	return search.Type(name)
}
