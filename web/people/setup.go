package people

import (
	"context"
	"net/http"

	"parley/internal/auth"
	"parley/web/rest"
)

// Setup says whether the first administrator is still to be made.
type Setup struct {
	Needed  bool   `json:"needed"`
	Version string `json:"version"`
	Mail    bool   `json:"mail" doc:"Links for forgotten passwords can be sent."`
}

type newPerson struct {
	Name     string `json:"name" maxLength:"200"`
	Email    string `json:"email" maxLength:"300"`
	Password string `json:"password" maxLength:"1000"`
	Language string `json:"language,omitempty" enum:"ru,en,ar"`
}

func (p *People) declareSetup(api *rest.API) {
	rest.Add(api, rest.Op{
		ID: "get-setup", Method: http.MethodGet, Path: "/setup", Need: rest.Open(),
		Summary: "Whether the first administrator is still to be made",
	}, func(ctx context.Context, _ rest.Caller, _ *struct{}) (*rest.Body[Setup], error) {
		needed, err := p.auth.NeedsSetup(ctx)
		if err != nil {
			return nil, err
		}
		mail, err := p.mailable(ctx)
		return rest.Reply(Setup{Needed: needed, Version: p.version, Mail: mail}), err
	})
	rest.Add(api, rest.Op{
		ID: "set-up", Method: http.MethodPost, Path: "/setup", Need: rest.Open(), Status: http.StatusCreated,
		Summary: "Make the first administrator and sign them in",
	}, func(ctx context.Context, who rest.Caller, in *struct{ Body newPerson }) (*signedIn, error) {
		b := in.Body
		got, err := p.auth.Setup(ctx, auth.NewPerson{Name: b.Name, Email: b.Email, Password: b.Password, Language: orCaller(b.Language, who)}, who.Origin)
		if err != nil {
			return nil, err
		}
		return p.signedIn(got), nil
	})
}

// orCaller is a language, or the one that the request asks for.
func orCaller(language string, who rest.Caller) string {
	if language == "" {
		return who.Language
	}
	return language
}
