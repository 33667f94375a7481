package desk

import (
	"context"
	"net/http"

	"parley/inbox/pipeline"
	"parley/web/rest"
)

func (d *Desk) declareBoards(api *rest.API) {
	rest.Add(api, rest.Op{ID: "count-leads", Method: http.MethodGet, Path: "/leads/counts", Need: rest.Read("leads"), Summary: "Count leads by stage"}, d.countLeads)
	rest.Add(api, rest.Op{ID: "count-requests", Method: http.MethodGet, Path: "/requests/counts", Need: rest.Read("requests"), Summary: "Count requests by status"}, d.countRequests)
}

// LeadCounts are numbers over the columns of a board.
type LeadCounts struct {
	Stages map[string]int `json:"stages" doc:"By the id of the stage; each stops at 1000."`
}

func (d *Desk) countLeads(ctx context.Context, who rest.Caller, _ *struct{}) (*rest.Body[LeadCounts], error) {
	counts, err := d.pipeline.LeadCounts(ctx, who.Viewer)
	if err != nil {
		return nil, err
	}
	out := LeadCounts{Stages: make(map[string]int, len(counts))}
	for stage, n := range counts {
		out.Stages[string(rest.IDOf(stage))] = n
	}
	return rest.Reply(out), nil
}

// RequestCounts are numbers over the columns of a board.
type RequestCounts struct {
	Statuses map[pipeline.RequestStatus]int `json:"statuses" doc:"Each stops at 1000."`
}

func (d *Desk) countRequests(ctx context.Context, who rest.Caller, _ *struct{}) (*rest.Body[RequestCounts], error) {
	counts, err := d.pipeline.RequestCounts(ctx, who.Viewer)
	if err != nil {
		return nil, err
	}
	return rest.Reply(RequestCounts{Statuses: counts}), nil
}
