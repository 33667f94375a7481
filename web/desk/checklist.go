package desk

import (
	"context"
	"net/http"
	"time"

	"parley/inbox/pipeline"
	"parley/web/rest"
)

func (d *Desk) declareChecklist(api *rest.API) {
	write := rest.Write("requests")
	const path = "/requests/{id}/checklist"
	rest.Add(api, rest.Op{ID: "add-request-step", Method: http.MethodPost, Path: path, Need: write, Status: http.StatusCreated, Summary: "Add a step to a request's checklist"}, d.addStep)
	rest.Add(api, rest.Op{ID: "change-request-step", Method: http.MethodPatch, Path: path + "/{step}", Need: write, Summary: "Tick, word anew or move a step"}, d.patchStep)
	rest.Add(api, rest.Op{ID: "remove-request-step", Method: http.MethodDelete, Path: path + "/{step}", Need: write, Status: http.StatusOK, Summary: "Remove a step; the request without it comes back"}, d.removeStep)
}

// ChecklistStep is one thing that has to be done for a request, as callers see it.
type ChecklistStep struct {
	ID     rest.ID    `json:"id"`
	Text   string     `json:"text"`
	Done   bool       `json:"done"`
	DoneBy rest.Ref   `json:"done_by" doc:"The agent who ticked it."`
	DoneAt *time.Time `json:"done_at"`
}

func showStep(s pipeline.Step) ChecklistStep {
	return ChecklistStep{ID: rest.IDOf(s.ID), Text: s.Text, Done: s.Done, DoneBy: rest.RefOf(s.DoneBy), DoneAt: rest.TimeOrNull(s.DoneAt)}
}

type addStep struct {
	ByID
	Body struct {
		Text     string `json:"text" maxLength:"300"`
		Done     *bool  `json:"done" required:"false"`
		Position *int   `json:"position" required:"false" minimum:"0" doc:"From 0; without one it is the last."`
	}
}

func (d *Desk) addStep(ctx context.Context, who rest.Caller, in *addStep) (*rest.Body[Request], error) {
	return showRequest(d.pipeline.AddStep(ctx, who.Viewer, rest.Num[pipeline.RequestID](in.ID),
		pipeline.StepPatch{Text: &in.Body.Text, Done: in.Body.Done, Position: in.Body.Position}))
}

// OneStep names a step of a checklist.
type OneStep struct {
	ByID
	Step rest.ID `path:"step"`
}

type patchStep struct {
	OneStep
	Body struct {
		Text     *string `json:"text" required:"false" maxLength:"300"`
		Done     *bool   `json:"done" required:"false"`
		Position *int    `json:"position" required:"false" minimum:"0" doc:"From 0; past the end means last."`
	}
}

func (d *Desk) patchStep(ctx context.Context, who rest.Caller, in *patchStep) (*rest.Body[Request], error) {
	return showRequest(d.pipeline.ChangeStep(ctx, who.Viewer, rest.Num[pipeline.RequestID](in.ID), rest.Num[pipeline.StepID](in.Step),
		pipeline.StepPatch{Text: in.Body.Text, Done: in.Body.Done, Position: in.Body.Position}))
}

func (d *Desk) removeStep(ctx context.Context, who rest.Caller, in *OneStep) (*rest.Body[Request], error) {
	return showRequest(d.pipeline.RemoveStep(ctx, who.Viewer, rest.Num[pipeline.RequestID](in.ID), rest.Num[pipeline.StepID](in.Step)))
}
