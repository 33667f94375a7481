package routing

import (
	"context"
	"net/http"
	"slices"
	"time"

	"parley/inbox"
	"parley/router/assign"
	"parley/web/rest"
)

func (r *Routing) declareBoard(api *rest.API) {
	read, write := rest.Read("teams"), rest.Write("teams").For(makers...)
	rest.Add(api, rest.Op{ID: "get-routing-board", Method: http.MethodGet, Path: "/routing/board", Need: read, Summary: "Who is there, and how busy"}, r.board)
	rest.Add(api, rest.Op{ID: "get-channel-weights", Method: http.MethodGet, Path: "/routing/weights", Need: read, Summary: "What a conversation of a channel takes of a capacity"}, r.getWeights)
	rest.Add(api, rest.Op{ID: "set-channel-weights", Method: http.MethodPut, Path: "/routing/weights", Need: write, Summary: "Change what channels weigh"}, r.putWeights)
	rest.Add(api, rest.Op{ID: "claim-conversation", Method: http.MethodPost, Path: "/conversations/{id}/claim", Need: rest.Write("conversations").Person(), Summary: "Take a conversation of nobody; 409 when somebody was faster, or when one holds enough"}, r.claim)
}

// RoutingBoard is who is there, and how busy, and what waits for them.
type RoutingBoard struct {
	Agents []RoutingAgent `json:"agents"`
	Teams  []RoutingTeam  `json:"teams"`
}

// RoutingTeam is a team on the board, or what is of no team.
type RoutingTeam struct {
	TeamID  rest.Ref   `json:"team_id" doc:"null is what is of no team."`
	Works   bool       `json:"works" doc:"By its schedule, now."`
	Waiting int        `json:"waiting" doc:"Conversations of nobody that wait for an answer, as far as the caller may see them; 1000 is as many or more."`
	Oldest  *time.Time `json:"oldest" doc:"Since when the first of them waits."`
}

// RoutingAgent is somebody on the board.
type RoutingAgent struct {
	AgentID  rest.ID `json:"agent_id"`
	Presence string  `json:"presence" enum:"online,away,busy,offline"`
	Absent   bool    `json:"absent" doc:"By a dated absence."`
	Load     int     `json:"load" doc:"Of open conversations, by weight."`
	Capacity int     `json:"capacity" doc:"0 is no limit."`
	Held     int     `json:"held" doc:"Open conversations of theirs."`
}

func (r *Routing) board(ctx context.Context, who rest.Caller, _ *struct{}) (*rest.Body[RoutingBoard], error) {
	b, err := r.assign.Board(ctx)
	if err != nil {
		return nil, err
	}
	queues, err := r.assign.Queues(ctx, who.Viewer)
	if err != nil {
		return nil, err
	}
	out := RoutingBoard{Agents: []RoutingAgent{}, Teams: []RoutingTeam{}}
	for _, q := range queues {
		team := RoutingTeam{TeamID: rest.RefOf(q.Team), Works: true, Waiting: q.Waiting, Oldest: rest.TimeOrNull(q.Oldest)}
		if t := b.Teams[q.Team]; t != nil {
			team.Works = t.Works(b.Now)
		}
		out.Teams = append(out.Teams, team)
	}
	for _, a := range b.Agents {
		out.Agents = append(out.Agents, RoutingAgent{AgentID: rest.IDOf(a.ID), Presence: a.Presence, Absent: a.Absent, Load: a.Load, Capacity: a.Capacity, Held: a.Held})
	}
	slices.SortFunc(out.Agents, func(x, y RoutingAgent) int { return int(rest.Num[int64](x.AgentID) - rest.Num[int64](y.AgentID)) })
	return rest.Reply(out), nil
}

// ChannelWeights are what conversations of kinds of channels take of a capacity.
type ChannelWeights struct {
	Weights map[string]int `json:"weights" doc:"By kind of channel, 0 to 100; 1 where there is none."`
}

func (r *Routing) getWeights(ctx context.Context, _ rest.Caller, _ *struct{}) (*rest.Body[ChannelWeights], error) {
	w, err := r.assign.Weights(ctx)
	if err != nil {
		return nil, err
	}
	return rest.Reply(ChannelWeights{w}), nil
}

func (r *Routing) putWeights(ctx context.Context, _ rest.Caller, in *struct{ Body ChannelWeights }) (*rest.Body[ChannelWeights], error) {
	if err := r.assign.SetWeights(ctx, assign.Weights(in.Body.Weights)); err != nil {
		return nil, err
	}
	return rest.Reply(in.Body), nil
}

func (r *Routing) claim(ctx context.Context, who rest.Caller, in *ByID) (*rest.None, error) {
	return nil, r.assign.Claim(ctx, who.Viewer, rest.Num[inbox.ConversationID](in.ID))
}
