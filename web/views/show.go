package views

import (
	"context"

	"parley/inbox"
	"parley/router/views"
	"parley/web/desk"
	"parley/web/rest"
	"parley/web/rules"
)

// ViewCount is the number beside a view.
type ViewCount struct {
	ID    rest.ID `json:"id"`
	Count int     `json:"count" doc:"Stops at 1000."`
	More  bool    `json:"more" doc:"There may be others further back, which were not looked at."`
}

func (w *Views) counts(ctx context.Context, who rest.Caller, _ *struct{}) (*rest.Body[rest.Page[ViewCount]], error) {
	list, err := w.views.Counts(ctx, who.Viewer)
	if err != nil {
		return nil, err
	}
	return rest.List(list, "", func(c views.Count) ViewCount {
		return ViewCount{ID: rest.IDOf(c.View), Count: c.Count, More: c.More}
	}), nil
}

// ViewPreview is what a view would show.
type ViewPreview struct {
	Items []desk.Conversation `json:"items" doc:"The first ten."`
	Count int                 `json:"count" doc:"Stops at 1000."`
	More  bool                `json:"more" doc:"There may be others further back, which were not looked at."`
}

func (w *Views) preview(ctx context.Context, who rest.Caller, in *struct {
	Body struct {
		Conditions rules.Condition `json:"conditions" required:"false"`
		Sort       string          `json:"sort" required:"false"`
	}
}) (*rest.Body[ViewPreview], error) {
	p, err := w.views.Try(ctx, who.Viewer, views.View{Conditions: in.Body.Conditions.Condition, Sort: inbox.Sort(in.Body.Sort)})
	if err != nil {
		return nil, err
	}
	return rest.Reply(ViewPreview{Items: rest.Map(p.Rows, desk.ShowConversation), Count: p.Count, More: p.More}), nil
}

// ViewMatches are those of the conversations asked about that a view shows.
type ViewMatches struct {
	IDs []rest.ID `json:"ids"`
}

func (w *Views) matches(ctx context.Context, who rest.Caller, in *struct {
	ByID
	IDs []string `query:"ids" maxItems:"100" doc:"Conversations, by comma."`
}) (*rest.Body[ViewMatches], error) {
	ids := make([]inbox.ConversationID, len(in.IDs))
	for i, text := range in.IDs { // what is no id names no conversation
		ids[i] = rest.Num[inbox.ConversationID](rest.ID(text))
	}
	found, err := w.views.Matches(ctx, who.Viewer, rest.Num[views.ID](in.ID), ids)
	if err != nil {
		return nil, err
	}
	return rest.Reply(ViewMatches{IDs: rest.Map(found, rest.IDOf[inbox.ConversationID])}), nil
}
