package people

import (
	"context"
	"net/http"
	"time"

	"parley/internal/auth"
	"parley/web/rest"
)

// ResetLink lets an agent set a new password.
type ResetLink struct {
	URL       string    `json:"url" doc:"The link to hand over; shown once."`
	ExpiresAt time.Time `json:"expires_at"`
}

type newPassword struct {
	Token    string `json:"token" maxLength:"200"`
	Password string `json:"password" maxLength:"1000"`
}

func (p *People) declareResets(api *rest.API) {
	rest.Add(api, rest.Op{
		ID: "make-password-reset", Method: http.MethodPost, Path: "/agents/{id}/password-reset", Need: rest.Write("agents").For(auth.RoleAdmin),
		Summary: "Make a link by which an agent sets a new password",
		Secret:  true,
	}, func(ctx context.Context, who rest.Caller, in *byID) (*rest.Body[ResetLink], error) {
		reset, token, err := p.auth.ResetPassword(ctx, who.Auth, rest.Num[auth.AgentID](in.ID))
		if err != nil {
			return nil, err
		}
		return rest.Reply(ResetLink{URL: p.publicURL + "/reset#" + token.Reveal(), ExpiresAt: rest.Time(reset.ExpiresAt)}), nil
	})
	rest.Add(api, rest.Op{
		ID: "accept-password-reset", Method: http.MethodPost, Path: "/password-reset/accept", Need: rest.Open(),
		Summary: "Set a new password by a link and sign in",
	}, func(ctx context.Context, who rest.Caller, in *struct{ Body newPassword }) (*signedIn, error) {
		got, err := p.auth.AcceptReset(ctx, in.Body.Token, in.Body.Password, who.Origin)
		if err != nil {
			return nil, err
		}
		p.watcher.PeopleChanged() // the sessions of before have ended
		return p.signedIn(got), nil
	})
}
