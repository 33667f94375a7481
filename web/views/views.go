package views

import (
	"context"
	"net/http"
	"slices"
	"time"

	"parley/inbox"
	"parley/internal/auth"
	"parley/router"
	"parley/router/views"
	"parley/web/rest"
	"parley/web/rules"
)

// Views declares the operations of this package.
type Views struct{ views *views.Service }

// New makes a Views.
func New(s *views.Service) *Views { return &Views{views: s} }

// Declare adds the operations to an API.
func (w *Views) Declare(api *rest.API) {
	read, write, look := rest.Read("views"), rest.Write("views"), rest.Read("conversations")
	rest.Add(api, rest.Op{ID: "list-views", Method: http.MethodGet, Path: "/views", Need: read, Summary: "List the views that the caller may use, by name"}, w.list)
	rest.Add(api, rest.Op{ID: "create-view", Method: http.MethodPost, Path: "/views", Need: write, Status: http.StatusCreated, Summary: "Add a view"}, w.create)
	rest.Add(api, rest.Op{ID: "list-view-fields", Method: http.MethodGet, Path: "/views/fields", Need: read, Summary: "What conditions of views may speak of"}, w.fields)
	rest.Add(api, rest.Op{ID: "count-views", Method: http.MethodGet, Path: "/views/counts", Need: look, Summary: "Count what views show"}, w.counts)
	rest.Add(api, rest.Op{ID: "preview-view", Method: http.MethodPost, Path: "/views/preview", Need: look, Summary: "See what a view would show"}, w.preview)
	rest.Add(api, rest.Op{ID: "get-view", Method: http.MethodGet, Path: "/views/{id}", Need: read, Summary: "Read a view"}, w.get)
	rest.Add(api, rest.Op{ID: "change-view", Method: http.MethodPatch, Path: "/views/{id}", Need: write, Summary: "Change a view"}, w.patch)
	rest.Add(api, rest.Op{ID: "delete-view", Method: http.MethodDelete, Path: "/views/{id}", Need: write, Summary: "Remove a view"}, w.remove)
	rest.Add(api, rest.Op{ID: "match-view", Method: http.MethodGet, Path: "/views/{id}/matches", Need: look, Summary: "Which of some conversations a view shows"}, w.matches)
}

// View is a list of conversations under a name.
type View struct {
	ID         rest.ID         `json:"id"`
	Name       string          `json:"name"`
	Scope      router.Scope    `json:"scope" enum:"mine,team,all"`
	TeamID     rest.Ref        `json:"team_id"`
	Conditions rules.Condition `json:"conditions"`
	Sort       inbox.Sort      `json:"sort" enum:"newest,oldest,due" doc:"As of lists of conversations, unless the list says another."`
	Problem    string          `json:"problem" doc:"Why it no longer shows what was meant, in the caller's language; empty: it does."`
	Editable   bool            `json:"editable" doc:"The caller may change and remove it."`
	CreatedAt  time.Time       `json:"created_at"`
	UpdatedAt  time.Time       `json:"updated_at"`
	Version    int64           `json:"version" doc:"Of this state; a change that names it is refused when it is another by then."`
}

func show(who rest.Caller) func(views.View) View {
	return func(w views.View) View {
		return View{
			ID: rest.IDOf(w.ID), Name: w.Name, Scope: w.Scope, TeamID: rest.RefOf(w.Team), Conditions: rules.Condition{Condition: w.Conditions},
			Sort: w.Sort, Problem: w.Problem.In(who.Language), Editable: mayWrite(who, w.Scope) == nil,
			CreatedAt: rest.Time(w.CreatedAt), UpdatedAt: rest.Time(w.UpdatedAt), Version: w.Version(),
		}
	}
}

// mayWrite tells whether the caller may add or change a view of such a scope.
func mayWrite(who rest.Caller, scope router.Scope) error {
	if scope == router.Mine || slices.Contains([]auth.Role{auth.RoleAdmin, auth.RoleLead}, who.Auth.Role) {
		return nil
	}
	return auth.ErrForbidden
}

// ByID is embedded in the inputs of operations on one view.
type ByID struct {
	ID rest.ID `path:"id"`
}

func (w *Views) list(ctx context.Context, who rest.Caller, in *rest.Paging) (*rest.Body[rest.Page[View]], error) {
	list, err := w.views.List(ctx, who.Viewer)
	if err != nil {
		return nil, err
	}
	return rest.Placed(list, *in, show(who))
}

func (w *Views) fields(_ context.Context, who rest.Caller, _ *struct{}) (*rest.Body[rest.Page[rules.RuleField]], error) {
	return rest.List(views.Schema().Fields(), "", rules.ShowField(who)), nil
}

// NewView is a view to add.
type NewView struct {
	Name       string          `json:"name" maxLength:"400"`
	Scope      string          `json:"scope" required:"false" doc:"mine (the default), team or all"`
	TeamID     rest.ID         `json:"team_id,omitempty"`
	Conditions rules.Condition `json:"conditions" required:"false"`
	Sort       string          `json:"sort" required:"false" doc:"newest (the default), oldest or due"`
}

func (w *Views) create(ctx context.Context, who rest.Caller, in *struct{ Body NewView }) (*rest.Body[View], error) {
	x := views.View{
		Name: in.Body.Name, Scope: router.Scope(in.Body.Scope), Team: rest.Num[inbox.TeamID](in.Body.TeamID),
		Conditions: in.Body.Conditions.Condition, Sort: inbox.Sort(in.Body.Sort),
	}
	if x.Scope == "" {
		x.Scope = router.Mine
	}
	if err := mayWrite(who, x.Scope); err != nil {
		return nil, err
	}
	x, err := w.views.Add(ctx, who.Viewer, x)
	if err != nil {
		return nil, err
	}
	return rest.Reply(show(who)(x)), nil
}

func (w *Views) get(ctx context.Context, who rest.Caller, in *ByID) (*rest.Body[View], error) {
	x, err := w.views.Get(ctx, who.Viewer, rest.Num[views.ID](in.ID))
	if err != nil {
		return nil, err
	}
	return rest.Reply(show(who)(x)), nil
}

func (w *Views) patch(ctx context.Context, who rest.Caller, in *struct {
	ByID
	Body struct {
		Name       *string             `json:"name,omitempty" maxLength:"400"`
		Scope      *string             `json:"scope,omitempty"`
		TeamID     rest.Maybe[rest.ID] `json:"team_id" required:"false"`
		Conditions *rules.Condition    `json:"conditions,omitempty"`
		Sort       *string             `json:"sort,omitempty"`
		rest.Seen
	}
}) (*rest.Body[View], error) {
	b := &in.Body
	x, err := w.views.Change(ctx, who.Viewer, rest.Num[views.ID](in.ID), b.Version, func(x *views.View) error {
		if err := mayWrite(who, x.Scope); err != nil {
			return err
		}
		if b.Name != nil {
			x.Name = *b.Name
		}
		if b.Scope != nil {
			x.Scope = router.Scope(*b.Scope)
		}
		if team := rest.NumPtr[inbox.TeamID](b.TeamID); team != nil {
			x.Team = *team
		}
		if b.Conditions != nil {
			x.Conditions = b.Conditions.Condition
		}
		if b.Sort != nil {
			x.Sort = inbox.Sort(*b.Sort)
		}
		return mayWrite(who, x.Scope)
	})
	return rest.Changed(x, err, show(who))
}

func (w *Views) remove(ctx context.Context, who rest.Caller, in *ByID) (*rest.None, error) {
	x, err := w.views.Get(ctx, who.Viewer, rest.Num[views.ID](in.ID))
	if err != nil {
		return nil, err
	}
	if err := mayWrite(who, x.Scope); err != nil {
		return nil, err
	}
	return nil, w.views.Delete(ctx, who.Viewer, x.ID)
}
