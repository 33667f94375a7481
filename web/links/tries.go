package links

import (
	"context"
	"net/http"

	"parley/accounts"
	"parley/channels"
	"parley/internal/fault"
	"parley/web/rest"
)

// AccountTest is what a try of an account's configuration showed.
type AccountTest struct {
	OK    bool       `json:"ok"`
	Code  string     `json:"code"`
	Text  string     `json:"text" doc:"What is wrong and what to do, for people."`
	Field string     `json:"field" doc:"The configuration field to mend; empty when it is none in particular."`
	Parts []TestPart `json:"parts" doc:"How each part is, of networks that have several."`
}

// TestPart is how one part of an account is, such as the server it sends by.
type TestPart struct {
	Part  string `json:"part" doc:"imap and smtp of a mailbox."`
	Title string `json:"title" doc:"In the caller's language."`
	OK    bool   `json:"ok"`
	Code  string `json:"code"`
	Text  string `json:"text"`
	Field string `json:"field"`
}

// Discovery is what is known of an account before it is connected.
type Discovery struct {
	Config      map[string]string `json:"config" doc:"Values to begin with; none is secret."`
	Provider    string            `json:"provider" doc:"A well-known provider; empty when it is none."`
	Title       string            `json:"title" doc:"The provider's name for people."`
	Source      string            `json:"source" enum:"known,srv,mx,autoconfig,guess" doc:"How it was found."`
	OAuth       bool              `json:"oauth" doc:"The provider lets programs in by consent."`
	AppPassword bool              `json:"app_password" doc:"A password made for programs is needed."`
	HelpURL     string            `json:"help_url" doc:"Where to make it, or to let programs in."`
	Hint        string            `json:"hint" doc:"What to know before, in the caller's language."`
}

type draftToTry struct {
	Kind      channels.Kind  `json:"kind" maxLength:"40"`
	Config    map[string]any `json:"config,omitempty"`
	AccountID *rest.ID       `json:"account_id,omitempty" doc:"An account whose values stand where the configuration names none, secrets too."`
}

type toDiscover struct {
	Kind    channels.Kind `json:"kind,omitempty" maxLength:"40" default:"email"`
	Address string        `json:"address" maxLength:"300"`
}

func (l *Links) declareTries(api *rest.API) {
	write := rest.Write("accounts").For(connectors...)
	rest.Add(api, rest.Op{
		ID: "discover-account", Method: http.MethodPost, Path: "/accounts/discover", Need: write, Summary: "Find an account's settings by its address",
	}, func(ctx context.Context, who rest.Caller, in *struct{ Body toDiscover }) (*rest.Body[Discovery], error) {
		d, err := l.accounts.Discover(ctx, in.Body.Kind, in.Body.Address)
		if err != nil {
			return nil, err
		}
		return rest.Reply(Discovery{
			Config: d.Config, Provider: d.Provider, Title: d.Title, Source: d.Source, OAuth: d.OAuth,
			AppPassword: d.AppPassword, HelpURL: d.HelpURL, Hint: fault.T(d.Hint.RU, d.Hint.EN).In(who.Language),
		}), nil
	})
	rest.Add(api, rest.Op{
		ID: "test-account", Method: http.MethodPost, Path: "/accounts/{id}/test", Need: write, Summary: "Try an account's configuration",
	}, func(ctx context.Context, who rest.Caller, in *ByAccount) (*rest.Body[AccountTest], error) {
		return showTest(who)(l.accounts.Test(ctx, who.Viewer, in.account()))
	})
	rest.Add(api, rest.Op{
		ID: "test-draft", Method: http.MethodPost, Path: "/account-test", Need: write, Summary: "Try a configuration that is not saved",
	}, func(ctx context.Context, who rest.Caller, in *struct{ Body draftToTry }) (*rest.Body[AccountTest], error) {
		var id channels.AccountID
		if in.Body.AccountID != nil {
			id = rest.Num[channels.AccountID](*in.Body.AccountID)
		}
		return showTest(who)(l.accounts.TestDraft(ctx, who.Viewer, id, accounts.Draft{Kind: in.Body.Kind, Config: in.Body.Config}))
	})
}

func showTest(who rest.Caller) func(accounts.TestResult, error) (*rest.Body[AccountTest], error) {
	return func(r accounts.TestResult, err error) (*rest.Body[AccountTest], error) {
		if err != nil {
			return nil, err
		}
		return rest.Reply(AccountTest{
			OK: r.OK, Code: r.Code, Text: inWords(who, r.Problem), Field: r.Field,
			Parts: rest.Map(r.Parts, func(p accounts.PartResult) TestPart {
				return TestPart{
					Part: p.Part, Title: fault.T(p.Title.RU, p.Title.EN).In(who.Language), OK: p.OK,
					Code: p.Code, Text: inWords(who, p.Problem), Field: p.Field,
				}
			}),
		}), nil
	}
}
