package people

import (
	"context"
	"net/http"
	"time"

	"parley/internal/auth"
	"parley/internal/fault"
	"parley/web/rest"
)

// ResetLink lets an agent set a new password.
type ResetLink struct {
	URL       string    `json:"url" doc:"The link to hand over; shown once."`
	Mailed    bool      `json:"mailed" doc:"The link was sent to the agent too."`
	ExpiresAt time.Time `json:"expires_at"`
}

type forgottenPassword struct {
	Email string `json:"email" maxLength:"300"`
}

type newPassword struct {
	Token    string `json:"token" maxLength:"200"`
	Password string `json:"password" maxLength:"1000"`
}

// errNoMail says that no link can be sent.
var errNoMail = fault.New(fault.Conflict, "no_system_mail", fault.T(
	"Почта для системных писем не подключена. Попросите ссылку у администратора.",
	"No mailbox for system mail is connected. Ask an administrator for a link."))

// mailLink leaves a letter if letters can be sent, and tells whether it did.
func (p *People) mailLink(ctx context.Context, leave func() error) (bool, error) {
	ready, err := p.mailable(ctx)
	if err != nil || !ready {
		return false, err
	}
	return true, leave()
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
		agent, err := p.auth.Agent(ctx, who.Auth, reset.AgentID)
		if err != nil {
			return nil, err
		}
		path := "/reset#" + token.Reveal()
		mailed, err := p.mailLink(ctx, func() error {
			return p.post.Reset(ctx, agent.Email, agent.Name, agent.Language, path, reset.ExpiresAt)
		})
		return rest.Reply(ResetLink{URL: p.publicURL + path, Mailed: mailed, ExpiresAt: rest.Time(reset.ExpiresAt)}), err
	})
	rest.Add(api, rest.Op{
		ID: "ask-password-reset", Method: http.MethodPost, Path: "/password-reset", Need: rest.Open(),
		Summary: "Have a link sent to an agent who forgot the password; the answer is the same whether there is one",
	}, func(ctx context.Context, who rest.Caller, in *struct{ Body forgottenPassword }) (*rest.None, error) {
		email, err := p.auth.AskReset(in.Body.Email, who.Origin)
		if err != nil {
			return nil, err
		}
		switch ready, err := p.mailable(ctx); {
		case err != nil:
			return nil, err
		case !ready:
			return nil, errNoMail
		}
		return nil, p.post.Forgot(ctx, email)
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
