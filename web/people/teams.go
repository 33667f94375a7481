package people

import (
	"context"
	"net/http"
	"time"

	"parley/internal/auth"
	"parley/web/rest"
)

type newTeam struct {
	Name      string    `json:"name" maxLength:"200"`
	MemberIDs []rest.ID `json:"member_ids,omitempty" maxItems:"10000"`
	TeamRouting
}

// TeamRouting is how a team hands out, as far as it is given.
type TeamRouting struct {
	Strategy *string             `json:"strategy,omitempty" enum:"even_turns,least_busy,strict_order,all_at_once,manual"`
	Timeout  *int                `json:"timeout_seconds,omitempty" minimum:"0" maximum:"1000000"`
	Overflow rest.Maybe[rest.ID] `json:"overflow_team_id" required:"false"`
	Head     rest.Maybe[rest.ID] `json:"head_id" required:"false"`
	Sticky   *bool               `json:"sticky_owner,omitempty"`
	Order    *[]rest.ID          `json:"order,omitempty" maxItems:"10000"`
	Schedule rest.Maybe[rest.ID] `json:"schedule_id" required:"false"`
}

// given tells whether anything about it is.
func (b TeamRouting) given() bool {
	return b.Strategy != nil || b.Timeout != nil || b.Overflow.Set || b.Head.Set || b.Sticky != nil || b.Order != nil || b.Schedule.Set
}

// apply puts what is given over what there is.
func (b TeamRouting) apply(r auth.Routing) auth.Routing {
	if b.Strategy != nil {
		r.Strategy = *b.Strategy
	}
	if b.Timeout != nil {
		r.Timeout = time.Duration(*b.Timeout) * time.Second
	}
	if b.Overflow.Set {
		r.Overflow = rest.Num[auth.TeamID](b.Overflow.Value)
	}
	if b.Head.Set {
		r.Head = rest.Num[auth.AgentID](b.Head.Value)
	}
	if b.Sticky != nil {
		r.Unsticky = !*b.Sticky
	}
	if b.Order != nil {
		r.Order = rest.Nums[auth.AgentID](*b.Order)
	}
	if b.Schedule.Set {
		r.Schedule = rest.Num[int64](b.Schedule.Value)
	}
	return r
}

type teamPatch struct {
	Name      *string    `json:"name,omitempty" maxLength:"200"`
	MemberIDs *[]rest.ID `json:"member_ids,omitempty" maxItems:"10000"`
	TeamRouting
	rest.Seen
}

func (p *People) declareTeams(api *rest.API) {
	rest.Add(api, rest.Op{
		ID: "list-teams", Method: http.MethodGet, Path: "/teams", Need: rest.Read("teams"),
		Summary: "Every team",
	}, func(ctx context.Context, who rest.Caller, in *rest.Paging) (*rest.Body[rest.Page[Team]], error) {
		all, err := p.auth.Teams(ctx, who.Auth)
		if err != nil {
			return nil, err
		}
		return rest.Slice(all, *in, func(t auth.Team) auth.TeamID { return t.ID }, showTeam)
	})
	rest.Add(api, rest.Op{
		ID: "create-team", Method: http.MethodPost, Path: "/teams", Need: rest.Write("teams").For(auth.RoleAdmin), Status: http.StatusCreated,
		Summary: "Make a team",
	}, func(ctx context.Context, who rest.Caller, in *struct{ Body newTeam }) (*rest.Body[Team], error) {
		t, err := p.auth.CreateTeam(ctx, who.Auth, auth.NewTeam{Name: in.Body.Name, MemberIDs: rest.Nums[auth.AgentID](in.Body.MemberIDs), Routing: in.Body.apply(auth.Routing{})})
		return rest.Reply(showTeam(t)), p.told(err)
	})
	rest.Add(api, rest.Op{
		ID: "get-team", Method: http.MethodGet, Path: "/teams/{id}", Need: rest.Read("teams"),
		Summary: "One team",
	}, func(ctx context.Context, who rest.Caller, in *byID) (*rest.Body[Team], error) {
		t, err := p.auth.Team(ctx, who.Auth, rest.Num[auth.TeamID](in.ID))
		return rest.Reply(showTeam(t)), err
	})
	rest.Add(api, rest.Op{
		ID: "update-team", Method: http.MethodPatch, Path: "/teams/{id}", Need: rest.Write("teams").For(auth.RoleAdmin, auth.RoleLead),
		Summary: "Change a team; leads change the members of their own",
	}, func(ctx context.Context, who rest.Caller, in *struct {
		ID   rest.ID `path:"id"`
		Body teamPatch
	}) (*rest.Body[Team], error) {
		patch := auth.TeamPatch{Seen: in.Body.Version, Name: in.Body.Name}
		if in.Body.MemberIDs != nil {
			ids := rest.Nums[auth.AgentID](*in.Body.MemberIDs)
			patch.MemberIDs = &ids
		}
		if in.Body.given() {
			patch.Routing = in.Body.apply
		}
		t, err := p.auth.UpdateTeam(ctx, who.Auth, rest.Num[auth.TeamID](in.ID), patch)
		return rest.Changed(t, p.told(err), showTeam)
	})
	rest.Add(api, rest.Op{
		ID: "delete-team", Method: http.MethodDelete, Path: "/teams/{id}", Need: rest.Write("teams").For(auth.RoleAdmin),
		Summary: "Remove a team; its conversations are of no team then",
	}, func(ctx context.Context, who rest.Caller, in *byID) (*rest.None, error) {
		return nil, p.told(p.auth.DeleteTeam(ctx, who.Auth, rest.Num[auth.TeamID](in.ID)))
	})
}
