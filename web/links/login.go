package links

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"time"

	"parley/accounts"
	"parley/channels"
	"parley/internal/fault"
	"parley/web/rest"
)

// AccountLogin is how far signing an account in has come.
type AccountLogin struct {
	Done      bool       `json:"done"`
	Prompt    string     `json:"prompt" doc:"What to do now, in the caller's language."`
	URL       string     `json:"url" doc:"A page to open; it leads back to /oauth/callback."`
	QR        string     `json:"qr" doc:"The text of a QR code to show; poll for the next."`
	Code      string     `json:"code" doc:"A code to type on another device."`
	ExpiresAt *time.Time `json:"expires_at"`
}

type loginStep struct {
	Step  channels.LoginAction `json:"step" enum:"start,poll,finish,cancel"`
	Input map[string]string    `json:"input,omitempty" doc:"What the person typed, where the sign-in asks for it."`
}

// callbackPath is where providers' pages send the browser back to.
const callbackPath = "/oauth/callback"

func (l *Links) declareLogin(api *rest.API) {
	rest.Add(api, rest.Op{
		ID: "account-login", Method: http.MethodPost, Path: "/accounts/{id}/login", Need: rest.Write("accounts").For(connectors...),
		Summary: "Take one step of signing an account in at its network", Secret: true,
	}, func(ctx context.Context, who rest.Caller, in *struct {
		ByAccount
		Body loginStep
	}) (*rest.Body[AccountLogin], error) {
		state, err := l.accounts.Login(ctx, who.Viewer, in.account(), accounts.LoginStep{
			Action: in.Body.Step, Input: in.Body.Input, ReturnURL: l.base(ctx) + callbackPath, Binder: binder(who),
		})
		if err != nil {
			return nil, err
		}
		out := AccountLogin{
			Done: state.Done, Prompt: fault.T(state.Prompt.RU, state.Prompt.EN).In(who.Language), URL: state.URL, QR: state.QR, Code: state.Code,
		}
		if !state.ExpiresAt.IsZero() {
			at := rest.Time(state.ExpiresAt)
			out.ExpiresAt = &at
		}
		return rest.Reply(out), nil
	})
	rest.Add(api, rest.Op{
		ID: "oauth-callback", Method: http.MethodGet, Path: callbackPath, Root: true, Need: rest.Open(), Status: http.StatusFound,
		Summary: "Where a provider's page of consent sends the browser back to", Secret: true,
	}, func(ctx context.Context, who rest.Caller, in *consented) (*redirect, error) {
		return l.callback(ctx, who, in)
	})
}

// consented is what a provider's page brings back (RFC 6749, 4.1.2).
type consented struct {
	State string `query:"state" required:"false" maxLength:"500"`
	Code  string `query:"code" required:"false" maxLength:"8000"`
	Error string `query:"error" required:"false" maxLength:"500"`
}

// redirect sends the browser elsewhere. The page it leaves has a code in its address,
// which is told to nobody.
type redirect struct {
	Location string `header:"Location"`
	Referrer string `header:"Referrer-Policy"`
	Cache    string `header:"Cache-Control"`
}

// callback finishes a sign-in and leads back to the page of channels, which says how it ended.
func (l *Links) callback(ctx context.Context, who rest.Caller, in *consented) (*redirect, error) {
	id, err := l.accounts.FinishLogin(ctx, in.State, binder(who), map[string]string{"code": in.Code, "error": in.Error})
	query := url.Values{"sign_in": {"done"}}
	switch {
	case err == nil:
	case fault.KindOf(err) == fault.Internal:
		return nil, err
	case fault.KindOf(err) == fault.Gone:
		query.Set("sign_in", "expired")
	default:
		query.Set("sign_in", "failed")
	}
	if id != 0 {
		query.Set("account", string(rest.IDOf(id)))
	}
	return &redirect{Location: l.base(ctx) + "/settings/channels?" + query.Encode(), Referrer: "no-referrer", Cache: "no-store"}, nil
}

// base is the address under which this browser sees the installation.
func (l *Links) base(ctx context.Context) string {
	if l.publicURL != "" {
		return l.publicURL
	}
	return rest.RequestOf(ctx).Base
}

// binder ties a sign-in to the session that began it; "" for programs, which have none.
func binder(who rest.Caller) string {
	csrf := who.CSRF()
	if csrf == "" {
		return ""
	}
	sum := sha256.Sum256([]byte("account sign-in " + csrf))
	return hex.EncodeToString(sum[:])
}
