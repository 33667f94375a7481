package desk

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"parley/inbox/history"
	"parley/web/rest"
)

func (d *Desk) declareHistory(api *rest.API) {
	for noun, path := range map[history.Noun]string{history.Contact: "contacts", history.Lead: "leads", history.Request: "requests"} {
		rest.Add(api, rest.Op{
			ID: "list-" + string(noun) + "-history", Method: http.MethodGet, Path: "/" + path + "/{id}/history", Need: rest.Read(path),
			Summary: "What was changed about a " + string(noun) + ", the latest first",
		}, d.listHistory(noun))
	}
}

// FieldChange is one field that was changed, as callers see it.
type FieldChange struct {
	ID       rest.ID         `json:"id"`
	At       time.Time       `json:"at"`
	Cause    Cause           `json:"cause"`
	Field    string          `json:"field" doc:"The field's name; own fields are fields.NAME, UTM marks utm.NAME. Besides: created, identity, merged, checklist."`
	From     json.RawMessage `json:"from" doc:"null = nothing"`
	To       json.RawMessage `json:"to" doc:"null = nothing"`
	FromName string          `json:"from_name" doc:"Where from is an id, what that is called; empty where it is gone."`
	ToName   string          `json:"to_name"`
	OfID     rest.Ref        `json:"of_id" doc:"A contact that has become part of the one asked for, and whose field it was; null = its own."`
	OfName   string          `json:"of_name"`
}

func showChange(asked func(history.Line) bool) func(history.Line) FieldChange {
	return func(l history.Line) FieldChange {
		out := FieldChange{
			ID: rest.IDOf(l.ID), At: rest.Time(l.At), Cause: ShowCause(l.Cause, l.CauseName), Field: l.Field, From: l.From, To: l.To,
			FromName: l.FromName, ToName: l.ToName,
		}
		if !asked(l) {
			out.OfID, out.OfName = rest.RefOf(l.ObjectID), l.ObjectName
		}
		return out
	}
}

type listHistory struct {
	ByID
	rest.Paging
}

func (d *Desk) listHistory(noun history.Noun) func(context.Context, rest.Caller, *listHistory) (*rest.Body[rest.Page[FieldChange]], error) {
	return func(ctx context.Context, who rest.Caller, in *listHistory) (*rest.Body[rest.Page[FieldChange]], error) {
		page, err := d.history.Of(ctx, who.Viewer, noun, rest.Num[int64](in.ID), in.Cursor, in.Limit)
		if err != nil {
			return nil, err
		}
		return rest.List(page.Items, page.Next, showChange(func(l history.Line) bool { return l.ObjectID == page.Of })), nil
	}
}
