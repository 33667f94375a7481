package routing

import (
	"context"
	"net/http"
	"slices"
	"time"

	"parley/inbox"
	"parley/internal/auth"
	"parley/router/assign"
	"parley/web/rest"
)

func (r *Routing) declareAbsences(api *rest.API) {
	read, write := rest.Read("absences"), rest.Write("absences").For(makers...)
	rest.Add(api, rest.Op{ID: "list-absences", Method: http.MethodGet, Path: "/absences", Need: read, Summary: "Who is or will be away, by the beginning"}, r.listAbsences)
	rest.Add(api, rest.Op{ID: "create-absence", Method: http.MethodPost, Path: "/absences", Need: write, Status: http.StatusCreated, Summary: "Plan an absence; leads plan for members of their own teams"}, r.createAbsence)
	rest.Add(api, rest.Op{ID: "get-absence", Method: http.MethodGet, Path: "/absences/{id}", Need: read, Summary: "Read an absence"}, r.getAbsence)
	rest.Add(api, rest.Op{ID: "change-absence", Method: http.MethodPatch, Path: "/absences/{id}", Need: write, Summary: "Change an absence that is not over"}, r.patchAbsence)
	rest.Add(api, rest.Op{ID: "delete-absence", Method: http.MethodDelete, Path: "/absences/{id}", Need: write, Summary: "Remove a planned absence, or end one: everything goes back"}, r.deleteAbsence)
}

// Absence is a time in which somebody is away.
type Absence struct {
	ID       rest.ID             `json:"id"`
	AgentID  rest.ID             `json:"agent_id"`
	DeputyID rest.Ref            `json:"deputy_id" doc:"null: conversations go back to their teams."`
	From     time.Time           `json:"from"`
	To       time.Time           `json:"to"`
	State    assign.AbsenceState `json:"state" enum:"planned,active,returning,over"`
}

func showAbsence(a assign.Absence) Absence {
	return Absence{ID: rest.IDOf(a.ID), AgentID: rest.IDOf(a.Agent), DeputyID: rest.RefOf(a.Deputy), From: rest.Time(a.From), To: rest.Time(a.To), State: a.State}
}

func (r *Routing) listAbsences(ctx context.Context, _ rest.Caller, in *rest.Paging) (*rest.Body[rest.Page[Absence]], error) {
	list, err := r.assign.ListAbsences(ctx)
	if err != nil {
		return nil, err
	}
	return rest.Placed(list, *in, showAbsence)
}

// NewAbsence is an absence to plan.
type NewAbsence struct {
	AgentID  rest.ID             `json:"agent_id"`
	DeputyID rest.Maybe[rest.ID] `json:"deputy_id" required:"false"`
	From     time.Time           `json:"from"`
	To       time.Time           `json:"to"`
}

func (r *Routing) createAbsence(ctx context.Context, who rest.Caller, in *struct{ Body NewAbsence }) (*rest.Body[Absence], error) {
	b := &in.Body
	agent := rest.Num[inbox.AgentID](b.AgentID)
	if err := r.mayPlan(ctx, who, agent); err != nil {
		return nil, err
	}
	a, err := r.assign.PlanAbsence(ctx, assign.Absence{Agent: agent, Deputy: rest.Num[inbox.AgentID](b.DeputyID.Value), From: b.From, To: b.To})
	if err != nil {
		return nil, err
	}
	return rest.Reply(showAbsence(a)), nil
}

// mayPlan refuses leads who plan for somebody in none of their own teams.
func (r *Routing) mayPlan(ctx context.Context, who rest.Caller, agent inbox.AgentID) error {
	if who.Auth.Role != auth.RoleLead {
		return nil
	}
	b, err := r.assign.Board(ctx)
	if err != nil {
		return err
	}
	for id, t := range b.Teams {
		if who.Auth.InTeam(auth.TeamID(id)) && slices.Contains(t.Members, agent) {
			return nil
		}
	}
	return auth.ErrForbidden
}

func (r *Routing) getAbsence(ctx context.Context, _ rest.Caller, in *ByID) (*rest.Body[Absence], error) {
	a, err := r.assign.Absence(ctx, rest.Num[assign.AbsenceID](in.ID))
	if err != nil {
		return nil, err
	}
	return rest.Reply(showAbsence(a)), nil
}

func (r *Routing) patchAbsence(ctx context.Context, who rest.Caller, in *struct {
	ByID
	Body struct {
		DeputyID rest.Maybe[rest.ID] `json:"deputy_id" required:"false"`
		From     *time.Time          `json:"from,omitempty"`
		To       *time.Time          `json:"to,omitempty"`
	}
}) (*rest.Body[Absence], error) {
	a, err := r.assign.Absence(ctx, rest.Num[assign.AbsenceID](in.ID))
	if err != nil {
		return nil, err
	}
	if err := r.mayPlan(ctx, who, a.Agent); err != nil { // whose it is does not change
		return nil, err
	}
	a, err = r.assign.ChangeAbsence(ctx, a.ID, func(a *assign.Absence) {
		set(&a.Deputy, rest.NumPtr[inbox.AgentID](in.Body.DeputyID))
		set(&a.From, in.Body.From)
		set(&a.To, in.Body.To)
	})
	if err != nil {
		return nil, err
	}
	return rest.Reply(showAbsence(a)), nil
}

func (r *Routing) deleteAbsence(ctx context.Context, who rest.Caller, in *ByID) (*rest.None, error) {
	a, err := r.assign.Absence(ctx, rest.Num[assign.AbsenceID](in.ID))
	if err != nil {
		return nil, err
	}
	if err := r.mayPlan(ctx, who, a.Agent); err != nil {
		return nil, err
	}
	return nil, r.assign.EndAbsence(ctx, a.ID)
}
