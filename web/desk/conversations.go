package desk

import (
	"context"
	"net/http"
	"strings"
	"time"

	"parley/inbox"
	"parley/inbox/pipeline"
	"parley/internal/fault"
	"parley/web/rest"
)

func (d *Desk) declareConversations(api *rest.API) {
	read, write := rest.Read("conversations"), rest.Write("conversations")
	rest.Add(api, rest.Op{ID: "list-conversations", Method: http.MethodGet, Path: "/conversations", Need: read, Summary: "List conversations"}, d.listConversations)
	rest.Add(api, rest.Op{ID: "measure-conversations", Method: http.MethodGet, Path: "/conversations/length", Need: read, Summary: "Count what a list holds"}, d.countList)
	rest.Add(api, rest.Op{ID: "count-conversations", Method: http.MethodGet, Path: "/conversations/counts", Need: read, Summary: "Count open conversations"}, d.countConversations)
	rest.Add(api, rest.Op{ID: "get-conversation", Method: http.MethodGet, Path: "/conversations/{id}", Need: read, Summary: "Read a conversation"}, d.getConversation)
	rest.Add(api, rest.Op{ID: "change-conversation", Method: http.MethodPatch, Path: "/conversations/{id}", Need: write, Summary: "Change a conversation"}, d.patchConversation)
	d.declareJoined(api)
	d.declareLinks(api)
	d.declareSplits(api)
	d.declareBulk(api)
}

// Counts are numbers beside the views.
type Counts struct {
	Mine       int `json:"mine"`
	Unassigned int `json:"unassigned"`
	Unanswered int `json:"unanswered"`
	All        int `json:"all" doc:"Like those above of open conversations; each number stops at 1000."`
	Snoozed    int `json:"snoozed"`
}

func (d *Desk) countConversations(ctx context.Context, who rest.Caller, _ *struct{}) (*rest.Body[Counts], error) {
	c, err := d.inbox.Counts(ctx, who.Viewer)
	if err != nil {
		return nil, err
	}
	return rest.Reply(Counts{Mine: c.Mine, Unassigned: c.Unassigned, Unanswered: c.Unanswered, All: c.All, Snoozed: c.Snoozed}), nil
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
	Was          ConversationWas            `json:"was" required:"false" doc:"What the caller saw in fields before changing them, as read. When one says something else by now nothing is changed: 409 field_changed, whose changed names such fields, with what they are now in to, or assigned_meanwhile where it has got another owner. An hour to snooze until takes the status along: seen without it, a closed conversation stays so."`
	AssigneeID   rest.Maybe[rest.ID]        `json:"assignee_id" required:"false"`
	WasAssignee  rest.Maybe[rest.ID]        `json:"was_assignee_id" required:"false" doc:"Another way to say was.assignee_id."`
	TeamID       rest.Maybe[rest.ID]        `json:"team_id" required:"false"`
	Priority     rest.Maybe[inbox.Priority] `json:"priority" required:"false" enum:"low,normal,high,urgent"`
	Labels       rest.Maybe[[]rest.ID]      `json:"labels" required:"false" doc:"The whole set."`
	AddLabels    []rest.ID                  `json:"add_labels" required:"false" maxItems:"100"`
	RemoveLabels []rest.ID                  `json:"remove_labels" required:"false" maxItems:"100"`
	SnoozedUntil rest.Maybe[time.Time]      `json:"snoozed_until" required:"false"`
	Unanswered   rest.Maybe[bool]           `json:"unanswered" required:"false" doc:"false: no answer needed; true: one is after all, since the last inbound message."`
	Subject      rest.Maybe[string]         `json:"subject" required:"false" maxLength:"500"`
	Spam         rest.Maybe[bool]           `json:"spam" required:"false" doc:"true closes it, with the lead and the request that it opened, and hides it; false has them stand as before, but for deadlines: putting aside ends them, and what still waits for an answer is given new ones, counted from when it began to wait."`
	Pinned       rest.Maybe[bool]           `json:"pinned" required:"false" doc:"By the caller, who must be an agent; at most 20."`
	Following    rest.Maybe[bool]           `json:"following" required:"false" doc:"By the caller, who must be an agent; at most 500."`
	RequestID    rest.Maybe[rest.ID]        `json:"request_id" required:"false" doc:"The request that it belongs to."`
	Note         string                     `json:"note" required:"false" maxLength:"100000" doc:"For colleagues, written along with the change: a transfer with a word to whoever gets it."`
}

// ConversationWas is what somebody saw in a conversation; what is not named was not looked at.
type ConversationWas struct {
	Status       rest.Maybe[inbox.Status]   `json:"status" required:"false" enum:"open,pending,snoozed,closed"`
	AssigneeID   rest.Maybe[rest.ID]        `json:"assignee_id" required:"false"`
	TeamID       rest.Maybe[rest.ID]        `json:"team_id" required:"false"`
	Priority     rest.Maybe[inbox.Priority] `json:"priority" required:"false" enum:"low,normal,high,urgent"`
	SnoozedUntil rest.Maybe[time.Time]      `json:"snoozed_until" required:"false"`
	Subject      rest.Maybe[string]         `json:"subject" required:"false" maxLength:"500"`
	RequestID    rest.Maybe[rest.ID]        `json:"request_id" required:"false"`
}

func (w *ConversationWas) seen() inbox.Was {
	return inbox.Was{
		Status: w.Status.Ptr(), Team: rest.NumPtr[inbox.TeamID](w.TeamID), Priority: w.Priority.Ptr(),
		SnoozedUntil: w.SnoozedUntil.Ptr(), Subject: w.Subject.Ptr(), Request: rest.NumPtr[pipeline.RequestID](w.RequestID),
	}
}

func (b *ConversationPatch) patch() (inbox.Patch, error) {
	err := refuseNull(map[string]bool{"status": b.Status.Null, "priority": b.Priority.Null, "unanswered": b.Unanswered.Null,
		"spam": b.Spam.Null, "pinned": b.Pinned.Null, "following": b.Following.Null})
	holder := b.WasAssignee
	if b.Was.AssigneeID.Set {
		holder = b.Was.AssigneeID
	}
	p := inbox.Patch{
		Was: b.Was.seen(), Status: b.Status.Ptr(), Assignee: rest.NumPtr[inbox.AgentID](b.AssigneeID), WasAssignee: rest.NumPtr[inbox.AgentID](holder), Team: rest.NumPtr[inbox.TeamID](b.TeamID),
		Priority: b.Priority.Ptr(), SnoozedUntil: b.SnoozedUntil.Ptr(), Unanswered: b.Unanswered.Ptr(), Subject: b.Subject.Ptr(),
		AddLabels: rest.Nums[inbox.LabelID](b.AddLabels), RemoveLabels: rest.Nums[inbox.LabelID](b.RemoveLabels),
		Spam: b.Spam.Ptr(), Pin: b.Pinned.Ptr(), Follow: b.Following.Ptr(), Request: rest.NumPtr[pipeline.RequestID](b.RequestID), Note: b.Note,
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
