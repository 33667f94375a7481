package desk

import (
	"context"
	"net/http"

	"parley/inbox"
	"parley/web/rest"
)

// Origin is where a conversation came from. It is told by the browser of whoever wrote
// and proves nothing.
type Origin struct {
	Page     string            `json:"page" doc:"Address of the page that was written from; empty: not known."`
	Referrer string            `json:"referrer" doc:"Where that page was come to from; empty: not known."`
	UTM      map[string]string `json:"utm" doc:"The campaign, such as utm_source and utm_campaign."`
}

func (d *Desk) declareOrigin(api *rest.API) {
	rest.Add(api, rest.Op{
		ID: "get-origin", Method: http.MethodGet, Path: "/conversations/{id}/origin", Need: rest.Read("conversations"), Summary: "Page and campaign that a conversation came from",
	}, func(ctx context.Context, who rest.Caller, in *ByID) (*rest.Body[Origin], error) {
		o, err := d.inbox.Origin(ctx, who.Viewer, rest.Num[inbox.ConversationID](in.ID))
		if err != nil {
			return nil, err
		}
		out := Origin{Page: o.Page, Referrer: o.Referrer, UTM: o.UTM}
		if out.UTM == nil {
			out.UTM = map[string]string{}
		}
		return rest.Reply(out), nil
	})
}
