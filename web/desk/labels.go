package desk

import (
	"context"
	"net/http"

	"parley/inbox"
	"parley/internal/auth"
	"parley/web/rest"
)

func (d *Desk) declareLabels(api *rest.API) {
	write := rest.Write("labels").For(auth.RoleAdmin, auth.RoleLead)
	rest.Add(api, rest.Op{ID: "list-labels", Method: http.MethodGet, Path: "/labels", Need: rest.Read("labels"), Summary: "List labels by name"}, d.listLabels)
	rest.Add(api, rest.Op{ID: "create-label", Method: http.MethodPost, Path: "/labels", Need: write, Status: http.StatusCreated, Summary: "Add a label"}, d.createLabel)
	rest.Add(api, rest.Op{ID: "get-label", Method: http.MethodGet, Path: "/labels/{id}", Need: rest.Read("labels"), Summary: "Read a label"}, d.getLabel)
	rest.Add(api, rest.Op{ID: "change-label", Method: http.MethodPatch, Path: "/labels/{id}", Need: write, Summary: "Change a label"}, d.patchLabel)
	rest.Add(api, rest.Op{ID: "delete-label", Method: http.MethodDelete, Path: "/labels/{id}", Need: write, Summary: "Remove a label everywhere"}, d.deleteLabel)
}

// Label marks conversations.
type Label struct {
	ID    rest.ID `json:"id"`
	Name  string  `json:"name"`
	Color string  `json:"color" doc:"Like #1a2b3c, or empty."`
}

func showLabel(l inbox.Label) Label {
	return Label{ID: rest.IDOf(l.ID), Name: l.Name, Color: l.Color}
}

func (d *Desk) listLabels(ctx context.Context, _ rest.Caller, in *rest.Paging) (*rest.Body[rest.Page[Label]], error) {
	list, err := d.inbox.ListLabels(ctx)
	if err != nil {
		return nil, err
	}
	return rest.Placed(list, *in, showLabel)
}

type createLabel struct {
	Body struct {
		Name  string `json:"name" minLength:"1" maxLength:"50"`
		Color string `json:"color" required:"false" maxLength:"7"`
	}
}

func (d *Desk) createLabel(ctx context.Context, _ rest.Caller, in *createLabel) (*rest.Body[Label], error) {
	l, err := d.inbox.SaveLabel(ctx, inbox.Label{Name: in.Body.Name, Color: in.Body.Color})
	if err != nil {
		return nil, err
	}
	d.live.LabelsChanged()
	return rest.Reply(showLabel(l)), nil
}

// label finds one; there are few, and nothing else asks for a single one.
func (d *Desk) label(ctx context.Context, id rest.ID) (inbox.Label, error) {
	list, err := d.inbox.ListLabels(ctx)
	if err != nil {
		return inbox.Label{}, err
	}
	for _, l := range list {
		if l.ID == rest.Num[inbox.LabelID](id) {
			return l, nil
		}
	}
	return inbox.Label{}, inbox.ErrNoLabel
}

func (d *Desk) getLabel(ctx context.Context, _ rest.Caller, in *ByID) (*rest.Body[Label], error) {
	l, err := d.label(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return rest.Reply(showLabel(l)), nil
}

type patchLabel struct {
	ByID
	Body struct {
		Name  *string `json:"name" required:"false" minLength:"1" maxLength:"50"`
		Color *string `json:"color" required:"false" maxLength:"7"`
	}
}

func (d *Desk) patchLabel(ctx context.Context, _ rest.Caller, in *patchLabel) (*rest.Body[Label], error) {
	l, err := d.label(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if in.Body.Name != nil {
		l.Name = *in.Body.Name
	}
	if in.Body.Color != nil {
		l.Color = *in.Body.Color
	}
	if l, err = d.inbox.SaveLabel(ctx, l); err != nil {
		return nil, err
	}
	d.live.LabelsChanged()
	return rest.Reply(showLabel(l)), nil
}

func (d *Desk) deleteLabel(ctx context.Context, _ rest.Caller, in *ByID) (*rest.None, error) {
	if err := d.inbox.DeleteLabel(ctx, rest.Num[inbox.LabelID](in.ID)); err != nil {
		return nil, err
	}
	d.live.LabelsChanged()
	return nil, nil
}
