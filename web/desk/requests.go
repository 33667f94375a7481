package desk

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"parley/inbox/contact"
	"parley/inbox/history"
	"parley/inbox/pipeline"
	"parley/web/rest"
)

func (d *Desk) declareRequests(api *rest.API) {
	read, write := rest.Read("requests"), rest.Write("requests")
	rest.Add(api, rest.Op{ID: "list-requests", Method: http.MethodGet, Path: "/requests", Need: read, Summary: "List requests, newest first"}, d.listRequests)
	rest.Add(api, rest.Op{ID: "create-request", Method: http.MethodPost, Path: "/requests", Need: write, Status: http.StatusCreated, Summary: "Add a request"}, d.createRequest)
	rest.Add(api, rest.Op{ID: "get-request", Method: http.MethodGet, Path: "/requests/{id}", Need: read, Summary: "Read a request"}, d.getRequest)
	rest.Add(api, rest.Op{ID: "change-request", Method: http.MethodPatch, Path: "/requests/{id}", Need: write, Summary: "Change a request"}, d.patchRequest)
	rest.Add(api, rest.Op{ID: "delete-request", Method: http.MethodDelete, Path: "/requests/{id}", Need: write, Summary: "Remove a request; conversations stay, without it"}, d.deleteRequest)
	d.declareChecklist(api)
}

// Request is a numbered inquiry or claim as callers see it.
type Request struct {
	ID             rest.ID                    `json:"id"`
	Number         int64                      `json:"number"`
	ContactID      rest.ID                    `json:"contact_id"`
	ContactName    string                     `json:"contact_name"`
	ConversationID rest.Ref                   `json:"conversation_id"`
	Subject        string                     `json:"subject"`
	Type           string                     `json:"type"`
	Category       string                     `json:"category"`
	Priority       string                     `json:"priority" enum:"low,normal,high,urgent"`
	Status         pipeline.RequestStatus     `json:"status" enum:"open,pending,resolved,closed"`
	OwnerID        rest.Ref                   `json:"owner_id"`
	TeamID         rest.Ref                   `json:"team_id"`
	DueAt          *time.Time                 `json:"due_at"`
	Resolution     string                     `json:"resolution"`
	Checklist      []ChecklistStep            `json:"checklist"`
	ResolvedAt     *time.Time                 `json:"resolved_at"`
	Fields         map[string]json.RawMessage `json:"fields"`
	CreatedAt      time.Time                  `json:"created_at"`
	UpdatedAt      time.Time                  `json:"updated_at"`
}

// ShowRequest is a request as callers see it.
func ShowRequest(r pipeline.RequestRow) Request {
	return Request{
		ID: rest.IDOf(r.ID), Number: r.Number, ContactID: rest.IDOf(r.ContactID), ContactName: r.ContactName, ConversationID: rest.RefOf(r.ConversationID),
		Subject: r.Subject, Type: r.Type, Category: r.Category, Checklist: rest.Map(r.Checklist, showStep), Priority: r.Priority, Status: r.Status, OwnerID: rest.RefOf(r.OwnerID), TeamID: rest.RefOf(r.TeamID),
		DueAt: rest.TimeOrNull(r.DueAt), Resolution: r.Resolution, ResolvedAt: rest.TimeOrNull(r.ResolvedAt), Fields: orEmpty(r.Fields),
		CreatedAt: rest.Time(r.CreatedAt), UpdatedAt: rest.Time(r.UpdatedAt),
	}
}

type listRequests struct {
	rest.Paging
	Status  []string `query:"status" required:"false" maxItems:"4" enum:"open,pending,resolved,closed" doc:"One or several, by comma or said several times."`
	Owner   string   `query:"owner" required:"false" pattern:"^(me|none|[1-9][0-9]{0,18})$" doc:"me, none or an agent's id."`
	Team    string   `query:"team" required:"false" pattern:"^(none|[1-9][0-9]{0,18})$" doc:"none or a team's id."`
	Contact rest.ID  `query:"contact" required:"false"`
	Type    string   `query:"type" required:"false" maxLength:"50"`
}

func (d *Desk) listRequests(ctx context.Context, who rest.Caller, in *listRequests) (*rest.Body[rest.Page[Request]], error) {
	f := pipeline.RequestFilter{
		Owner: rest.Someone(in.Owner, who.AgentID), Team: rest.Someone[int64](in.Team, 0), Contact: rest.Num[contact.ID](in.Contact), Type: in.Type,
		Cursor: in.Cursor, Limit: in.Limit,
	}
	for _, s := range in.Status {
		f.Statuses = append(f.Statuses, pipeline.RequestStatus(s))
	}
	page, err := d.pipeline.Requests(ctx, who.Viewer, f)
	if err != nil {
		return nil, err
	}
	return rest.List(page.Items, page.Next, ShowRequest), nil
}

// RequestFields is what may be said of a request when it is made or changed.
type RequestFields struct {
	Status     *pipeline.RequestStatus    `json:"status" required:"false" enum:"open,pending,resolved,closed"`
	Type       *string                    `json:"type" required:"false" maxLength:"50"`
	Category   *string                    `json:"category" required:"false" maxLength:"100"`
	Priority   *string                    `json:"priority" required:"false" enum:"low,normal,high,urgent"`
	OwnerID    rest.Maybe[rest.ID]        `json:"owner_id" required:"false"`
	TeamID     rest.Maybe[rest.ID]        `json:"team_id" required:"false"`
	DueAt      rest.Maybe[time.Time]      `json:"due_at" required:"false"`
	Subject    *string                    `json:"subject" required:"false" maxLength:"500"`
	Resolution *string                    `json:"resolution" required:"false" maxLength:"500"`
	Fields     map[string]json.RawMessage `json:"fields" required:"false" doc:"Each given one is set; null removes it."`
}

func (f *RequestFields) patch() pipeline.RequestPatch {
	return pipeline.RequestPatch{
		Status: f.Status, Type: f.Type, Category: f.Category, Priority: f.Priority, OwnerID: rest.NumPtr[int64](f.OwnerID), TeamID: rest.NumPtr[int64](f.TeamID),
		DueAt: f.DueAt.Ptr(), Subject: f.Subject, Resolution: f.Resolution, Fields: f.Fields,
	}
}

type createRequest struct {
	Body struct {
		ContactID      rest.Maybe[rest.ID] `json:"contact_id" required:"false" doc:"Needed without a conversation."`
		ConversationID rest.Maybe[rest.ID] `json:"conversation_id" required:"false"`
		RequestFields
	}
}

func (d *Desk) createRequest(ctx context.Context, who rest.Caller, in *createRequest) (*rest.Body[Request], error) {
	return showRequest(d.pipeline.CreateRequest(ctx, who.Viewer, pipeline.NewRequest{
		ContactID: rest.Num[contact.ID](in.Body.ContactID.Value), ConversationID: rest.Num[int64](in.Body.ConversationID.Value), RequestPatch: in.Body.patch(),
	}))
}

func (d *Desk) getRequest(ctx context.Context, who rest.Caller, in *ByID) (*rest.Body[Request], error) {
	return showRequest(d.pipeline.Request(ctx, who.Viewer, rest.Num[pipeline.RequestID](in.ID)))
}

type patchRequest struct {
	ByID
	Body struct {
		RequestFields
		Was Was `json:"was" required:"false" doc:"What the caller saw in fields before changing them, as read. When one says something else by now nothing is changed: 409 field_changed, whose changed lists such fields as histories do, with what they are now in to."`
	}
}

func (d *Desk) patchRequest(ctx context.Context, who rest.Caller, in *patchRequest) (*rest.Body[Request], error) {
	seen, err := history.NewSeen(history.Request, in.Body.Was)
	if err != nil {
		return nil, err
	}
	p := in.Body.patch()
	p.Guard = d.history.GuardRequest(seen)
	r, err := d.pipeline.PatchRequest(ctx, who.Viewer, rest.Num[pipeline.RequestID](in.ID), p)
	return showRequest(r, meanwhile(err))
}

func showRequest(r pipeline.RequestRow, err error) (*rest.Body[Request], error) {
	if err != nil {
		return nil, err
	}
	return rest.Reply(ShowRequest(r)), nil
}
