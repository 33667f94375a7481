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

func (d *Desk) declareLeads(api *rest.API) {
	read, write := rest.Read("leads"), rest.Write("leads")
	rest.Add(api, rest.Op{ID: "list-pipelines", Method: http.MethodGet, Path: "/pipelines", Need: read, Summary: "List pipelines with their stages"}, d.listPipelines)
	rest.Add(api, rest.Op{ID: "list-leads", Method: http.MethodGet, Path: "/leads", Need: read, Summary: "List leads, newest first"}, d.listLeads)
	rest.Add(api, rest.Op{ID: "create-lead", Method: http.MethodPost, Path: "/leads", Need: write, Status: http.StatusCreated, Summary: "Add a lead"}, d.createLead)
	d.declareBoards(api)
	rest.Add(api, rest.Op{ID: "get-lead", Method: http.MethodGet, Path: "/leads/{id}", Need: read, Summary: "Read a lead"}, d.getLead)
	rest.Add(api, rest.Op{ID: "change-lead", Method: http.MethodPatch, Path: "/leads/{id}", Need: write, Summary: "Change a lead"}, d.patchLead)
	rest.Add(api, rest.Op{ID: "delete-lead", Method: http.MethodDelete, Path: "/leads/{id}", Need: write, Summary: "Remove a lead; conversations stay, without it"}, d.deleteLead)
	rest.Add(api, rest.Op{ID: "convert-lead", Method: http.MethodPost, Path: "/leads/{id}/convert", Need: write, Summary: "Say that a lead became a client"}, d.convertLead)
}

// Pipeline is an ordered list of stages.
type Pipeline struct {
	ID     rest.ID `json:"id"`
	Name   string  `json:"name"`
	Stages []Stage `json:"stages"`
}

// Stage is a step of a pipeline.
type Stage struct {
	ID   rest.ID            `json:"id"`
	Name string             `json:"name"`
	Kind pipeline.StageKind `json:"kind" enum:"open,won,lost"`
}

func (d *Desk) listPipelines(ctx context.Context, _ rest.Caller, _ *struct{}) (*rest.Body[[]Pipeline], error) {
	list, err := d.pipeline.Pipelines(ctx)
	if err != nil {
		return nil, err
	}
	return rest.Reply(rest.Map(list, func(p pipeline.Pipeline) Pipeline {
		return Pipeline{ID: rest.IDOf(p.ID), Name: p.Name, Stages: rest.Map(p.Stages, func(s pipeline.Stage) Stage {
			return Stage{ID: rest.IDOf(s.ID), Name: s.Name, Kind: s.Kind}
		})}
	})), nil
}

// Lead is a person who may become a client, as callers see it.
type Lead struct {
	ID             rest.ID                    `json:"id"`
	ContactID      rest.ID                    `json:"contact_id"`
	ContactName    string                     `json:"contact_name"`
	ConversationID rest.Ref                   `json:"conversation_id"`
	Status         pipeline.LeadStatus        `json:"status" enum:"open,converted,lost"`
	PipelineID     rest.Ref                   `json:"pipeline_id"`
	StageID        rest.Ref                   `json:"stage_id"`
	OwnerID        rest.Ref                   `json:"owner_id"`
	Source         string                     `json:"source"`
	Campaign       string                     `json:"campaign"`
	Score          int                        `json:"score" doc:"How promising, 0 to 100."`
	UTM            map[string]string          `json:"utm"`
	LostReason     string                     `json:"lost_reason"`
	Fields         map[string]json.RawMessage `json:"fields"`
	CreatedAt      time.Time                  `json:"created_at"`
	UpdatedAt      time.Time                  `json:"updated_at"`
}

// ShowLead is a lead as callers see it.
func ShowLead(l pipeline.LeadRow) Lead {
	return Lead{
		ID: rest.IDOf(l.ID), ContactID: rest.IDOf(l.ContactID), ContactName: l.ContactName, ConversationID: rest.RefOf(l.ConversationID),
		Status: l.Status, PipelineID: rest.RefOf(l.PipelineID), StageID: rest.RefOf(l.StageID), OwnerID: rest.RefOf(l.OwnerID),
		Source: l.Source, Campaign: l.Campaign, Score: l.Score, UTM: orEmpty(l.UTM), LostReason: l.LostReason, Fields: orEmpty(l.Fields),
		CreatedAt: rest.Time(l.CreatedAt), UpdatedAt: rest.Time(l.UpdatedAt),
	}
}

type listLeads struct {
	rest.Paging
	Status  []string `query:"status" required:"false" maxItems:"3" enum:"open,converted,lost" doc:"One or several, by comma or said several times."`
	Owner   string   `query:"owner" required:"false" pattern:"^(me|none|[1-9][0-9]{0,18})$" doc:"me, none or an agent's id."`
	Contact rest.ID  `query:"contact" required:"false"`
	Stage   rest.ID  `query:"stage" required:"false"`
}

func (d *Desk) listLeads(ctx context.Context, who rest.Caller, in *listLeads) (*rest.Body[rest.Page[Lead]], error) {
	f := pipeline.LeadFilter{
		Owner: rest.Someone(in.Owner, who.AgentID), Contact: rest.Num[contact.ID](in.Contact), Stage: rest.Num[int64](in.Stage), Cursor: in.Cursor, Limit: in.Limit,
	}
	for _, s := range in.Status {
		f.Statuses = append(f.Statuses, pipeline.LeadStatus(s))
	}
	page, err := d.pipeline.Leads(ctx, who.Viewer, f)
	if err != nil {
		return nil, err
	}
	return rest.List(page.Items, page.Next, ShowLead), nil
}

type createLead struct {
	Body struct {
		ContactID      rest.Maybe[rest.ID]        `json:"contact_id" required:"false" doc:"Needed without a conversation."`
		ConversationID rest.Maybe[rest.ID]        `json:"conversation_id" required:"false"`
		StageID        rest.Maybe[rest.ID]        `json:"stage_id" required:"false"`
		OwnerID        rest.Maybe[rest.ID]        `json:"owner_id" required:"false"`
		Source         string                     `json:"source" required:"false" maxLength:"500"`
		Campaign       string                     `json:"campaign" required:"false" maxLength:"500" doc:"Without one, what the UTM marks say."`
		Score          int                        `json:"score" required:"false" minimum:"0" maximum:"100"`
		UTM            map[string]string          `json:"utm" required:"false"`
		Fields         map[string]json.RawMessage `json:"fields" required:"false"`
	}
}

func (d *Desk) createLead(ctx context.Context, who rest.Caller, in *createLead) (*rest.Body[Lead], error) {
	b := &in.Body
	return showLead(d.pipeline.CreateLead(ctx, who.Viewer, pipeline.NewLead{
		ContactID: rest.Num[contact.ID](b.ContactID.Value), ConversationID: rest.Num[int64](b.ConversationID.Value), OwnerID: rest.NumPtr[int64](b.OwnerID),
		StageID: rest.Num[int64](b.StageID.Value), Source: b.Source, Campaign: b.Campaign, Score: b.Score, UTM: b.UTM, Fields: b.Fields,
	}))
}

func (d *Desk) getLead(ctx context.Context, who rest.Caller, in *ByID) (*rest.Body[Lead], error) {
	return showLead(d.pipeline.Lead(ctx, who.Viewer, rest.Num[pipeline.LeadID](in.ID)))
}

type patchLead struct {
	ByID
	Body struct {
		Status     *pipeline.LeadStatus       `json:"status" required:"false" enum:"open,converted,lost"`
		StageID    *rest.ID                   `json:"stage_id" required:"false"`
		OwnerID    rest.Maybe[rest.ID]        `json:"owner_id" required:"false"`
		LostReason *string                    `json:"lost_reason" required:"false" maxLength:"500"`
		Source     *string                    `json:"source" required:"false" maxLength:"500"`
		Campaign   *string                    `json:"campaign" required:"false" maxLength:"500"`
		Score      *int                       `json:"score" required:"false" minimum:"0" maximum:"100"`
		UTM        *map[string]string         `json:"utm" required:"false" doc:"The whole set."`
		Fields     map[string]json.RawMessage `json:"fields" required:"false" doc:"Each given one is set; null removes it."`
		Was        Was                        `json:"was" required:"false" doc:"What the caller saw in fields before changing them, as read. When one says something else by now nothing is changed: 409 field_changed, whose changed lists such fields as histories do, with what they are now in to."`
	}
}

func (d *Desk) patchLead(ctx context.Context, who rest.Caller, in *patchLead) (*rest.Body[Lead], error) {
	b := &in.Body
	p := pipeline.LeadPatch{Status: b.Status, OwnerID: rest.NumPtr[int64](b.OwnerID), LostReason: b.LostReason, Source: b.Source, Campaign: b.Campaign, Score: b.Score, UTM: b.UTM, Fields: b.Fields}
	if b.StageID != nil {
		stage := rest.Num[int64](*b.StageID)
		p.StageID = &stage
	}
	seen, err := history.NewSeen(history.Lead, b.Was)
	if err != nil {
		return nil, err
	}
	p.Guard = d.history.GuardLead(seen)
	l, err := d.pipeline.PatchLead(ctx, who.Viewer, rest.Num[pipeline.LeadID](in.ID), p)
	return showLead(l, meanwhile(err))
}

func (d *Desk) convertLead(ctx context.Context, who rest.Caller, in *ByID) (*rest.Body[Lead], error) {
	return showLead(d.pipeline.Convert(ctx, who.Viewer, rest.Num[pipeline.LeadID](in.ID)))
}

func showLead(l pipeline.LeadRow, err error) (*rest.Body[Lead], error) {
	if err != nil {
		return nil, err
	}
	return rest.Reply(ShowLead(l)), nil
}
