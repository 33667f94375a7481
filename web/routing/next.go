package routing

import (
	"context"
	"net/http"

	"parley/inbox"
	"parley/router/assign"
	"parley/web/rest"
)

func (r *Routing) declareNext(api *rest.API) {
	rest.Add(api, rest.Op{ID: "explain-next", Method: http.MethodGet, Path: "/teams/{id}/next", Need: rest.Read("teams"), Summary: "Who of a team would get a conversation now, and why nobody else; nothing is handed out"}, r.next)
	rest.Add(api, rest.Op{ID: "note-idle", Method: http.MethodPost, Path: "/presence/idle", Need: rest.Write("conversations").Person(), Summary: "Say that nobody touches the caller's page, or does again: who is online goes away, and comes back"}, r.idle)
}

// RoutingNext is who would get a conversation.
type RoutingNext struct {
	AgentID rest.Ref        `json:"agent_id" doc:"null is nobody."`
	Reason  assign.Reason   `json:"reason" doc:"even_turns, least_busy, strict_order, offered, manual, closed, nobody."`
	Offered []rest.ID       `json:"offered" doc:"Who may take it, where several may."`
	Passed  []RoutingPassed `json:"passed" doc:"Everybody else of the team."`
}

// RoutingPassed is somebody who would be passed over.
type RoutingPassed struct {
	AgentID rest.ID       `json:"agent_id"`
	Reason  assign.Reason `json:"reason" doc:"offline, away, busy, absent, full, no_skill, no_access, later_turn, busier, later_in_line."`
}

func (r *Routing) next(ctx context.Context, _ rest.Caller, in *struct {
	ByID
	Account rest.ID   `query:"account" required:"false" doc:"A channel that it would come by."`
	Kind    string    `query:"kind" required:"false" maxLength:"40" doc:"The kind of that channel, for what it weighs."`
	Label   []rest.ID `query:"label" required:"false" maxItems:"50" doc:"Labels that it would have, by comma: those that are skills are asked for."`
}) (*rest.Body[RoutingNext], error) {
	labels, err := r.assign.NamesOf(ctx, rest.Nums[inbox.LabelID](in.Label))
	if err != nil {
		return nil, err
	}
	d, err := r.assign.Next(ctx, assign.Item{Team: rest.Num[inbox.TeamID](in.ID), Account: rest.Num[int64](in.Account), Kind: in.Kind, Labels: labels})
	if err != nil {
		return nil, err
	}
	return rest.Reply(RoutingNext{
		AgentID: rest.RefOf(d.To), Reason: d.Reason, Offered: rest.IDsOf(d.Offered),
		Passed: rest.Map(d.Passed, func(p assign.Passed) RoutingPassed { return RoutingPassed{rest.IDOf(p.Agent), p.Reason} }),
	}), nil
}

// Idleness is whether a page is touched.
type Idleness struct {
	Idle bool `json:"idle"`
}

func (r *Routing) idle(ctx context.Context, who rest.Caller, in *struct{ Body Idleness }) (*rest.None, error) {
	return nil, r.assign.Idle(ctx, who.Viewer.AgentID, in.Body.Idle)
}
