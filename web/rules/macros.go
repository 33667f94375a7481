package rules

import (
	"context"
	"net/http"
	"slices"

	"parley/inbox"
	"parley/internal/auth"
	"parley/router"
	"parley/web/rest"
)

func (r *Rules) declareMacros(api *rest.API) {
	write := rest.Write("macros")
	rest.Add(api, rest.Op{ID: "list-macros", Method: http.MethodGet, Path: "/macros", Need: rest.Read("macros"), Summary: "List the macros that the caller may use, by name"}, r.listMacros)
	rest.Add(api, rest.Op{ID: "create-macro", Method: http.MethodPost, Path: "/macros", Need: write, Status: http.StatusCreated, Summary: "Add a macro"}, r.createMacro)
	rest.Add(api, rest.Op{ID: "get-macro", Method: http.MethodGet, Path: "/macros/{id}", Need: rest.Read("macros"), Summary: "Read a macro"}, r.getMacro)
	rest.Add(api, rest.Op{ID: "change-macro", Method: http.MethodPatch, Path: "/macros/{id}", Need: write, Summary: "Change a macro"}, r.patchMacro)
	rest.Add(api, rest.Op{ID: "delete-macro", Method: http.MethodDelete, Path: "/macros/{id}", Need: write, Summary: "Remove a macro"}, r.deleteMacro)
	rest.Add(api, rest.Op{ID: "apply-macro", Method: http.MethodPost, Path: "/macros/{id}/apply", Need: rest.Write("conversations"), Summary: "Do a macro's actions in a conversation, all or none"}, r.applyMacro)
}

// Macro is actions by one key.
type Macro struct {
	ID      rest.ID      `json:"id"`
	Name    string       `json:"name"`
	Scope   router.Scope `json:"scope" enum:"mine,team,all"`
	TeamID  rest.Ref     `json:"team_id"`
	Actions []Action     `json:"actions"`
	Version int64        `json:"version" doc:"Of this state; a change that names it is refused when it is another by then."`
}

func showMacro(m router.Macro) Macro {
	return Macro{ID: rest.IDOf(m.ID), Name: m.Name, Scope: m.Scope, TeamID: rest.RefOf(m.Team), Actions: rest.Map(m.Actions, showAction), Version: m.Version()}
}

// mayWrite tells whether the caller may add or change a macro of such a scope: one's own
// everybody may, those of others administrators and leads.
func mayWrite(who rest.Caller, m router.Macro) error {
	if m.Scope == router.Mine || slices.Contains(makers, who.Auth.Role) {
		return nil
	}
	return auth.ErrForbidden
}

func (r *Rules) listMacros(ctx context.Context, who rest.Caller, in *rest.Paging) (*rest.Body[rest.Page[Macro]], error) {
	list, err := r.router.Macros(ctx, who.Viewer)
	if err != nil {
		return nil, err
	}
	return rest.Placed(list, *in, showMacro)
}

// NewMacro is a macro to add.
type NewMacro struct {
	Name    string   `json:"name" maxLength:"400"`
	Scope   string   `json:"scope" required:"false" doc:"mine (the default), team or all"`
	TeamID  rest.ID  `json:"team_id,omitempty"`
	Actions []Action `json:"actions" maxItems:"100"`
}

func (r *Rules) createMacro(ctx context.Context, who rest.Caller, in *struct{ Body NewMacro }) (*rest.Body[Macro], error) {
	m := router.Macro{Name: in.Body.Name, Scope: router.Scope(in.Body.Scope), Team: rest.Num[inbox.TeamID](in.Body.TeamID), Actions: readActions(in.Body.Actions)}
	if m.Scope == "" {
		m.Scope = router.Mine
	}
	if err := mayWrite(who, m); err != nil {
		return nil, err
	}
	m, err := r.router.AddMacro(ctx, who.Viewer, m)
	if err != nil {
		return nil, err
	}
	return rest.Reply(showMacro(m)), nil
}

func (r *Rules) getMacro(ctx context.Context, who rest.Caller, in *ByID) (*rest.Body[Macro], error) {
	m, err := r.router.Macro(ctx, who.Viewer, rest.Num[router.MacroID](in.ID))
	if err != nil {
		return nil, err
	}
	return rest.Reply(showMacro(m)), nil
}

func (r *Rules) patchMacro(ctx context.Context, who rest.Caller, in *struct {
	ByID
	Body struct {
		Name    *string   `json:"name,omitempty" maxLength:"400"`
		Scope   *string   `json:"scope,omitempty"`
		TeamID  *rest.ID  `json:"team_id,omitempty"`
		Actions *[]Action `json:"actions,omitempty" maxItems:"100"`
		rest.Seen
	}
}) (*rest.Body[Macro], error) {
	b := &in.Body
	m, err := r.router.ChangeMacro(ctx, who.Viewer, rest.Num[router.MacroID](in.ID), b.Version, func(m *router.Macro) error {
		if err := mayWrite(who, *m); err != nil {
			return err
		}
		set(&m.Name, b.Name)
		if b.Scope != nil {
			m.Scope = router.Scope(*b.Scope)
		}
		if b.TeamID != nil {
			m.Team = rest.Num[inbox.TeamID](*b.TeamID)
		}
		if b.Actions != nil {
			m.Actions = readActions(*b.Actions)
		}
		return mayWrite(who, *m)
	})
	return rest.Changed(m, err, showMacro)
}

func (r *Rules) deleteMacro(ctx context.Context, who rest.Caller, in *ByID) (*rest.None, error) {
	m, err := r.router.Macro(ctx, who.Viewer, rest.Num[router.MacroID](in.ID))
	if err != nil {
		return nil, err
	}
	if err := mayWrite(who, m); err != nil {
		return nil, err
	}
	return nil, r.router.DeleteMacro(ctx, who.Viewer, m.ID)
}

// Applied is what a macro did.
type Applied struct {
	Steps []RunStep `json:"steps"`
}

func (r *Rules) applyMacro(ctx context.Context, who rest.Caller, in *struct {
	ByID
	Body struct {
		ConversationID rest.ID `json:"conversation_id"`
	}
}) (*rest.Body[Applied], error) {
	steps, err := r.router.Apply(ctx, who.Viewer, rest.Num[router.MacroID](in.ID), rest.Num[inbox.ConversationID](in.Body.ConversationID))
	if err != nil {
		return nil, err
	}
	return rest.Reply(Applied{Steps: rest.Map(steps, showStep(who))}), nil
}
