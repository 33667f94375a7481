package people

import (
	"context"
	"net/http"

	"parley/internal/auth"
	"parley/web/rest"
	"parley/web/safehtml"
)

type newAgent struct {
	Email    string        `json:"email" maxLength:"300"`
	Name     string        `json:"name" maxLength:"200"`
	Role     auth.Role     `json:"role,omitempty" enum:"admin,lead,agent,marketer"`
	Language string        `json:"language,omitempty" enum:"ru,en,ar"`
	Password string        `json:"password,omitempty" maxLength:"1000" doc:"Without one the agent needs a reset link."`
	Capacity int           `json:"capacity,omitempty"`
	Presence auth.Presence `json:"presence,omitempty" enum:"online,away,busy,offline"`
	Skills   []string      `json:"skills,omitempty" maxItems:"50"`
	TeamIDs  []rest.ID     `json:"team_ids,omitempty" maxItems:"1000"`
	Access   Access        `json:"access,omitempty"`
}

type agentPatch struct {
	Email    *string        `json:"email,omitempty" maxLength:"300"`
	Name     *string        `json:"name,omitempty" maxLength:"200"`
	Role     *auth.Role     `json:"role,omitempty" enum:"admin,lead,agent,marketer"`
	Language *string        `json:"language,omitempty" enum:"ru,en,ar"`
	Password *string        `json:"password,omitempty" maxLength:"1000"`
	Capacity *int           `json:"capacity,omitempty"`
	Presence *auth.Presence `json:"presence,omitempty" enum:"online,away,busy,offline"`
	Skills   *[]string      `json:"skills,omitempty" maxItems:"50"`
	TeamIDs  *[]rest.ID     `json:"team_ids,omitempty" maxItems:"1000"`
	Access   *Access        `json:"access,omitempty"`
	Disabled *bool          `json:"disabled,omitempty"`

	Signature *string `json:"signature,omitempty" maxLength:"20000" doc:"HTML; it is sanitised, and has no pictures. Empty is none."`
}

func (b agentPatch) patch() auth.AgentPatch {
	p := auth.AgentPatch{
		Email: b.Email, Name: b.Name, Role: b.Role, Language: b.Language, Password: b.Password,
		Capacity: b.Capacity, Presence: b.Presence, Skills: b.Skills, Disabled: b.Disabled,
	}
	if b.Signature != nil {
		harmless := safehtml.Signature(*b.Signature)
		p.Signature = &harmless
	}
	if b.TeamIDs != nil {
		ids := rest.Nums[auth.TeamID](*b.TeamIDs)
		p.TeamIDs = &ids
	}
	if b.Access != nil {
		access := b.Access.access()
		p.Access = &access
	}
	return p
}

func (p *People) declareAgents(api *rest.API) {
	rest.Add(api, rest.Op{
		ID: "list-agents", Method: http.MethodGet, Path: "/agents", Need: rest.Read("agents"),
		Summary: "Everyone who works here, disabled ones too",
	}, func(ctx context.Context, who rest.Caller, in *rest.Paging) (*rest.Body[rest.Page[Agent]], error) {
		all, err := p.auth.Agents(ctx, who.Auth)
		if err != nil {
			return nil, err
		}
		return rest.Slice(all, *in, func(a auth.Agent) auth.AgentID { return a.ID }, showAgent)
	})
	rest.Add(api, rest.Op{
		ID: "create-agent", Method: http.MethodPost, Path: "/agents", Need: rest.Write("agents").For(auth.RoleAdmin), Status: http.StatusCreated,
		Summary: "Add an agent without an invitation",
	}, func(ctx context.Context, who rest.Caller, in *struct{ Body newAgent }) (*rest.Body[Agent], error) {
		b := in.Body
		a, err := p.auth.CreateAgent(ctx, who.Auth, auth.NewAgent{
			Email: b.Email, Name: b.Name, Role: b.Role, Language: b.Language, Password: b.Password, Capacity: b.Capacity,
			Presence: b.Presence, Skills: b.Skills, TeamIDs: rest.Nums[auth.TeamID](b.TeamIDs), Access: b.Access.access(),
		})
		return rest.Reply(showAgent(a)), p.told(err)
	})
	rest.Add(api, rest.Op{
		ID: "get-agent", Method: http.MethodGet, Path: "/agents/{id}", Need: rest.Read("agents"),
		Summary: "One agent",
	}, func(ctx context.Context, who rest.Caller, in *byID) (*rest.Body[Agent], error) {
		a, err := p.auth.Agent(ctx, who.Auth, rest.Num[auth.AgentID](in.ID))
		return rest.Reply(showAgent(a)), err
	})
	rest.Add(api, rest.Op{
		ID: "update-agent", Method: http.MethodPatch, Path: "/agents/{id}", Need: rest.Write("agents"),
		Summary: "Change an agent; agents change their own name, language, presence and signature, leads the capacity and skills of their teams",
	}, func(ctx context.Context, who rest.Caller, in *struct {
		ID   rest.ID `path:"id"`
		Body agentPatch
	}) (*rest.Body[Agent], error) {
		a, err := p.auth.UpdateAgent(ctx, who.Auth, rest.Num[auth.AgentID](in.ID), in.Body.patch())
		if err == nil && in.Body.Presence != nil {
			p.watcher.PresenceChanged(int64(a.ID), a.Presence)
		}
		return rest.Reply(showAgent(a)), p.told(err)
	})
	rest.Add(api, rest.Op{
		ID: "disable-agent", Method: http.MethodDelete, Path: "/agents/{id}", Need: rest.Write("agents").For(auth.RoleAdmin),
		Summary: "Disable an agent; what they wrote keeps their name",
	}, func(ctx context.Context, who rest.Caller, in *byID) (*rest.None, error) {
		return nil, p.told(p.auth.DisableAgent(ctx, who.Auth, rest.Num[auth.AgentID](in.ID)))
	})
}
