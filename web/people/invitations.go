package people

import (
	"context"
	"net/http"
	"time"

	"parley/internal/auth"
	"parley/web/rest"
)

// Invitation lets one person in.
type Invitation struct {
	ID        rest.ID   `json:"id"`
	Email     string    `json:"email"`
	Name      string    `json:"name"`
	Role      auth.Role `json:"role" enum:"admin,lead,agent,marketer"`
	TeamIDs   []rest.ID `json:"team_ids"`
	URL       string    `json:"url,omitempty" doc:"The link to hand over; shown once."`
	Mailed    bool      `json:"mailed,omitempty" doc:"The link was sent to the e-mail too; told once."`
	ExpiresAt time.Time `json:"expires_at"`
}

// Invited is what a link says about whom it is for.
type Invited struct {
	Email string    `json:"email"`
	Name  string    `json:"name"`
	Role  auth.Role `json:"role" enum:"admin,lead,agent,marketer"`
}

type newInvitation struct {
	Email   string    `json:"email" maxLength:"300"`
	Name    string    `json:"name,omitempty" maxLength:"200"`
	Role    auth.Role `json:"role,omitempty" enum:"admin,lead,agent,marketer"`
	TeamIDs []rest.ID `json:"team_ids,omitempty" maxItems:"1000"`
}

type acceptance struct {
	Token    string `json:"token" maxLength:"200"`
	Name     string `json:"name" maxLength:"200"`
	Password string `json:"password" maxLength:"1000"`
	Language string `json:"language,omitempty" enum:"ru,en,ar"`
}

type linkToken struct {
	Token string `json:"token" maxLength:"200"`
}

func (p *People) declareInvitations(api *rest.API) {
	inviters := []auth.Role{auth.RoleAdmin, auth.RoleLead}
	rest.Add(api, rest.Op{
		ID: "list-invitations", Method: http.MethodGet, Path: "/invitations", Need: rest.Read("invitations").For(inviters...),
		Summary: "Open invitations",
	}, func(ctx context.Context, who rest.Caller, in *rest.Paging) (*rest.Body[rest.Page[Invitation]], error) {
		all, err := p.auth.Invitations(ctx, who.Auth)
		if err != nil {
			return nil, err
		}
		return rest.Slice(all, *in, func(i auth.Invitation) auth.InvitationID { return i.ID }, showInvitation)
	})
	rest.Add(api, rest.Op{
		ID: "invite", Method: http.MethodPost, Path: "/invitations", Need: rest.Write("invitations").For(inviters...), Status: http.StatusCreated,
		Summary: "Invite a colleague; leads into own teams",
		Secret:  true,
	}, func(ctx context.Context, who rest.Caller, in *struct{ Body newInvitation }) (*rest.Body[Invitation], error) {
		b := in.Body
		inv, token, err := p.auth.Invite(ctx, who.Auth, auth.NewInvitation{
			Email: b.Email, Name: b.Name, Role: b.Role, TeamIDs: rest.Nums[auth.TeamID](b.TeamIDs),
		})
		if err != nil {
			return nil, err
		}
		out := showInvitation(inv)
		path := "/join#" + token.Reveal()
		out.URL = p.publicURL + path
		out.Mailed, err = p.mailLink(ctx, func() error {
			return p.post.Invitation(ctx, inv.Email, inv.Name, who.Language, path, inv.ExpiresAt) // theirs is not known yet
		})
		return rest.Reply(out), err
	})
	rest.Add(api, rest.Op{
		ID: "look-at-invitation", Method: http.MethodPost, Path: "/invitations/look", Need: rest.Open(),
		Summary: "Whom a link invites",
	}, func(ctx context.Context, _ rest.Caller, in *struct{ Body linkToken }) (*rest.Body[Invited], error) {
		inv, err := p.auth.LookInvitation(ctx, in.Body.Token)
		if err != nil {
			return nil, err
		}
		return rest.Reply(Invited{Email: inv.Email, Name: inv.Name, Role: inv.Role}), nil
	})
	rest.Add(api, rest.Op{
		ID: "accept-invitation", Method: http.MethodPost, Path: "/invitations/accept", Need: rest.Open(), Status: http.StatusCreated,
		Summary: "Become an agent by invitation and sign in",
	}, func(ctx context.Context, who rest.Caller, in *struct{ Body acceptance }) (*signedIn, error) {
		b := in.Body
		got, err := p.auth.AcceptInvitation(ctx, b.Token, auth.NewPerson{Name: b.Name, Password: b.Password, Language: orCaller(b.Language, who)}, who.Origin)
		if err != nil {
			return nil, err
		}
		p.watcher.PeopleChanged()
		return p.signedIn(got), nil
	})
	rest.Add(api, rest.Op{
		ID: "revoke-invitation", Method: http.MethodDelete, Path: "/invitations/{id}", Need: rest.Write("invitations").For(inviters...),
		Summary: "Take an invitation back",
	}, func(ctx context.Context, who rest.Caller, in *byID) (*rest.None, error) {
		return nil, p.auth.RevokeInvitation(ctx, who.Auth, rest.Num[auth.InvitationID](in.ID))
	})
}

func showInvitation(i auth.Invitation) Invitation {
	return Invitation{
		ID: rest.IDOf(i.ID), Email: i.Email, Name: i.Name, Role: i.Role,
		TeamIDs: rest.IDsOf(i.TeamIDs), ExpiresAt: rest.Time(i.ExpiresAt),
	}
}
