package people

import (
	"context"
	"net/http"

	"parley/internal/auth"
	"parley/web/rest"
)

type credentials struct {
	Email    string `json:"email" maxLength:"300"`
	Password string `json:"password" maxLength:"1000"`
}

type passwordChange struct {
	Current string `json:"current" maxLength:"1000"`
	New     string `json:"new" maxLength:"1000"`
}

func (p *People) declareSession(api *rest.API) {
	rest.Add(api, rest.Op{
		ID: "sign-in", Method: http.MethodPost, Path: "/session", Need: rest.Open(),
		Summary: "Sign in",
	}, func(ctx context.Context, who rest.Caller, in *struct{ Body credentials }) (*signedIn, error) {
		got, err := p.auth.SignIn(ctx, in.Body.Email, in.Body.Password, who.Origin)
		if err != nil {
			return nil, err
		}
		return p.signedIn(got), nil
	})
	rest.Add(api, rest.Op{
		ID: "get-session", Method: http.MethodGet, Path: "/session", Need: rest.Read("session").Person(),
		Summary: "Who is signed in",
	}, p.session)
	rest.Add(api, rest.Op{
		ID: "sign-out", Method: http.MethodDelete, Path: "/session", Need: rest.Write("session").Person(), Status: http.StatusNoContent,
		Summary: "Sign out",
	}, func(ctx context.Context, who rest.Caller, _ *struct{}) (*forgotten, error) {
		return &forgotten{SetCookie: p.cookie("", 0)}, p.told(p.auth.SignOut(ctx, who.Auth))
	})
	rest.Add(api, rest.Op{
		ID: "change-password", Method: http.MethodPost, Path: "/session/password", Need: rest.Write("session").Person(),
		Summary: "Change one's own password; other sessions end",
	}, func(ctx context.Context, who rest.Caller, in *struct{ Body passwordChange }) (*rest.None, error) {
		return nil, p.told(p.auth.ChangePassword(ctx, who.Auth, in.Body.Current, in.Body.New))
	})
}

// forgotten takes the cookie back.
type forgotten struct {
	SetCookie string `header:"Set-Cookie"`
}

func (p *People) session(ctx context.Context, who rest.Caller, _ *struct{}) (*rest.Body[Session], error) {
	agent, err := p.auth.Agent(ctx, who.Auth, who.Auth.AgentID)
	if err != nil {
		return nil, err
	}
	teams, err := p.auth.Teams(ctx, who.Auth)
	if err != nil {
		return nil, err
	}
	own := make([]auth.Team, 0, len(agent.TeamIDs))
	for _, t := range teams {
		if who.Auth.InTeam(t.ID) {
			own = append(own, t)
		}
	}
	return rest.Reply(Session{CSRF: who.CSRF(), Agent: showAgent(agent), Teams: rest.Map(own, showTeam)}), nil
}
