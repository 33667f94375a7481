package rules

import (
	"context"
	"net/http"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/intake"
	"parley/web/rest"
)

func (r *Rules) declareIntake(api *rest.API) {
	write := rest.Write("accounts").For(makers...)
	read := rest.Read("accounts").For(makers...)
	rest.Add(api, rest.Op{ID: "list-intake-fields", Method: http.MethodGet, Path: "/intake-rules/fields", Need: read, Summary: "What conditions of intake rules may speak of"}, r.intakeFields)
	rest.Add(api, rest.Op{ID: "list-intake-rules", Method: http.MethodGet, Path: "/accounts/{id}/intake-rules", Need: read, Summary: "List a channel's intake rules in their order"}, r.listIntakeRules)
	rest.Add(api, rest.Op{ID: "create-intake-rule", Method: http.MethodPost, Path: "/accounts/{id}/intake-rules", Need: write, Status: http.StatusCreated, Summary: "Add an intake rule"}, r.createIntakeRule)
	rest.Add(api, rest.Op{ID: "get-intake-rule", Method: http.MethodGet, Path: "/intake-rules/{id}", Need: read, Summary: "Read an intake rule"}, r.getIntakeRule)
	rest.Add(api, rest.Op{ID: "change-intake-rule", Method: http.MethodPatch, Path: "/intake-rules/{id}", Need: write, Summary: "Change an intake rule"}, r.patchIntakeRule)
	rest.Add(api, rest.Op{ID: "delete-intake-rule", Method: http.MethodDelete, Path: "/intake-rules/{id}", Need: write, Summary: "Remove an intake rule"}, r.deleteIntakeRule)
}

// IntakeRule changes what a channel's arriving messages open; the first that fits counts.
type IntakeRule struct {
	ID         rest.ID    `json:"id"`
	AccountID  rest.ID    `json:"account_id"`
	Name       string     `json:"name"`
	Enabled    bool       `json:"enabled"`
	Position   int64      `json:"position"`
	Conditions Condition  `json:"conditions"`
	Then       IntakeThen `json:"then"`
	Version    int64      `json:"version" doc:"Of this state; a change that names it is refused when it is another by then."`
}

// IntakeThen is what an intake rule does.
type IntakeThen struct {
	Ignore      bool    `json:"ignore,omitempty" doc:"Nothing is opened; the message stands in the channel's log alone."`
	Reject      string  `json:"reject,omitempty" maxLength:"4000" doc:"Nothing is opened; the sender gets this text, once a day. The message stands in a closed conversation."`
	TeamID      rest.ID `json:"team_id,omitempty" doc:"Of a conversation that begins, as are assignee and priority."`
	AssigneeID  rest.ID `json:"assignee_id,omitempty"`
	Priority    string  `json:"priority,omitempty"`
	NoLead      bool    `json:"no_lead,omitempty"`
	NoRequest   bool    `json:"no_request,omitempty"`
	RequestType string  `json:"request_type,omitempty"`
}

func (t IntakeThen) read() intake.Then {
	return intake.Then{
		Ignore: t.Ignore, Reject: t.Reject, Team: rest.Num[inbox.TeamID](t.TeamID), Assignee: rest.Num[inbox.AgentID](t.AssigneeID), Priority: inbox.Priority(t.Priority),
		NoLead: t.NoLead, NoRequest: t.NoRequest, RequestType: t.RequestType,
	}
}

func showIntakeRule(r intake.Rule) IntakeRule {
	t := r.Then
	return IntakeRule{
		ID: rest.IDOf(r.ID), AccountID: rest.IDOf(r.AccountID), Name: r.Name, Enabled: r.Enabled, Position: r.Position, Conditions: Condition{r.Conditions}, Version: r.Version(),
		Then: IntakeThen{
			Ignore: t.Ignore, Reject: t.Reject, TeamID: idOrNone(t.Team), AssigneeID: idOrNone(t.Assignee), Priority: string(t.Priority),
			NoLead: t.NoLead, NoRequest: t.NoRequest, RequestType: t.RequestType,
		},
	}
}

func (r *Rules) intakeFields(_ context.Context, who rest.Caller, _ *struct{}) (*rest.Body[rest.Page[RuleField]], error) {
	return rest.List(intake.RuleSchema().Fields(), "", ShowField(who)), nil
}

// seen refuses what is of a channel that the caller does not see.
func (r *Rules) seen(ctx context.Context, who rest.Caller, id channels.AccountID) error {
	return r.account(ctx, who.Viewer, id)
}

// intakeRule finds a rule of a channel that the caller sees.
func (r *Rules) intakeRule(ctx context.Context, who rest.Caller, id rest.ID) (intake.Rule, error) {
	x, err := r.intake.Get(ctx, rest.Num[intake.RuleID](id))
	if err != nil {
		return x, err
	}
	if r.seen(ctx, who, x.AccountID) != nil {
		return x, intake.ErrNoRule
	}
	return x, nil
}

func (r *Rules) listIntakeRules(ctx context.Context, who rest.Caller, in *listOf) (*rest.Body[rest.Page[IntakeRule]], error) {
	id := rest.Num[channels.AccountID](in.ID)
	if err := r.seen(ctx, who, id); err != nil {
		return nil, err
	}
	list, err := r.intake.List(ctx, id)
	if err != nil {
		return nil, err
	}
	return rest.Placed(list, in.Paging, showIntakeRule)
}

func (r *Rules) createIntakeRule(ctx context.Context, who rest.Caller, in *struct {
	ByID
	Body struct {
		Name       string     `json:"name" maxLength:"400"`
		Enabled    bool       `json:"enabled" required:"false"`
		Position   int64      `json:"position" required:"false"`
		Conditions Condition  `json:"conditions" required:"false"`
		Then       IntakeThen `json:"then"`
	}
}) (*rest.Body[IntakeRule], error) {
	id := rest.Num[channels.AccountID](in.ID)
	if err := r.seen(ctx, who, id); err != nil {
		return nil, err
	}
	x, err := r.intake.Add(ctx, intake.Rule{
		AccountID: id, Name: in.Body.Name, Enabled: in.Body.Enabled, Position: in.Body.Position, Conditions: in.Body.Conditions.Condition, Then: in.Body.Then.read(),
	})
	if err != nil {
		return nil, err
	}
	return rest.Reply(showIntakeRule(x)), nil
}

func (r *Rules) getIntakeRule(ctx context.Context, who rest.Caller, in *ByID) (*rest.Body[IntakeRule], error) {
	x, err := r.intakeRule(ctx, who, in.ID)
	if err != nil {
		return nil, err
	}
	return rest.Reply(showIntakeRule(x)), nil
}

func (r *Rules) patchIntakeRule(ctx context.Context, who rest.Caller, in *struct {
	ByID
	Body struct {
		Name       *string     `json:"name,omitempty" maxLength:"400"`
		Enabled    *bool       `json:"enabled,omitempty"`
		Position   *int64      `json:"position,omitempty"`
		Conditions *Condition  `json:"conditions,omitempty"`
		Then       *IntakeThen `json:"then,omitempty"`
		rest.Seen
	}
}) (*rest.Body[IntakeRule], error) {
	b := &in.Body
	x, err := r.intakeRule(ctx, who, in.ID)
	if err != nil {
		return nil, err
	}
	x, err = r.intake.Change(ctx, x.ID, b.Version, func(x *intake.Rule) {
		set(&x.Name, b.Name)
		set(&x.Enabled, b.Enabled)
		set(&x.Position, b.Position)
		if b.Conditions != nil {
			x.Conditions = b.Conditions.Condition
		}
		if b.Then != nil {
			x.Then = b.Then.read()
		}
	})
	return rest.Changed(x, err, showIntakeRule)
}

func (r *Rules) deleteIntakeRule(ctx context.Context, who rest.Caller, in *ByID) (*rest.None, error) {
	x, err := r.intakeRule(ctx, who, in.ID)
	if err != nil {
		return nil, err
	}
	return nil, r.intake.Delete(ctx, x.ID)
}
