package links

import (
	"context"
	"time"

	"parley/accounts"
	"parley/channels"
	"parley/channels/form"
	"parley/channels/webchat"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/auth"
	"parley/internal/fault"
	"parley/web/forms"
	"parley/web/rest"
)

// Running is what the live side of accounts offers; accounts.Supervisor is one.
type Running interface {
	// Knock tells whether Receive would take a push, before it is read.
	Knock(ctx context.Context, id channels.AccountID, secret string) error
	// Receive hands a push to the account whose webhook path was called.
	Receive(ctx context.Context, id channels.AccountID, secret string, r channels.Request) (channels.Response, error)
	// Adapter returns an account's adapter, if it has one.
	Adapter(id channels.AccountID) (channels.Adapter, bool)
	// Inbound returns an account's side of the inbox.
	Inbound(id channels.AccountID) (channels.Inbound, bool)
}

// Log is what came in, as far as the viewer may see it.
type Log interface {
	Received(ctx context.Context, v actor.Viewer, account channels.AccountID, cursor string, limit int) (items []inbox.ReceivedEvent, next string, err error)
	Quarantine(ctx context.Context, v actor.Viewer, cursor string, limit int) (items []inbox.ReceivedEvent, next string, err error)
	Quarantined(ctx context.Context, v actor.Viewer, id int64) (ev inbox.ReceivedEvent, found bool, err error)
	// QuarantineSizes tells how many of the newest events in quarantine are which account's.
	QuarantineSizes(ctx context.Context, v actor.Viewer) (map[channels.AccountID]int, error)
	// FreeKey lets an event of the quarantine come in anew under its own key.
	FreeKey(ctx context.Context, id int64) error
	// LeaveQuarantine marks an event as taken in after all.
	LeaveQuarantine(ctx context.Context, id int64) error
}

// Links declares the operations of this package.
type Links struct {
	accounts  *accounts.Service
	running   Running
	log       Log
	publicURL string
	mail      SystemMail
	files     Files
	explain   func(account channels.AccountID, code, text string) channels.Words
	pushes    *room
}

// New makes a Links. The public URL has no slash at the end.
func New(a *accounts.Service, running Running, log Log, publicURL string) *Links {
	return &Links{accounts: a, running: running, log: log, publicURL: publicURL, pushes: newRoom(allPushes)}
}

// Files opens stored files.
type Files interface {
	Open(ctx context.Context, f inbox.File) (*rest.Download, error)
}

// Files lets mails in quarantine be downloaded whole.
func (l *Links) Files(f Files) { l.files = f }

// Declare adds the operations to an API.
func (l *Links) Declare(api *rest.API) {
	l.declareKinds(api)
	l.declareAccounts(api)
	l.declareStates(api)
	l.declareTries(api)
	l.declareLogin(api)
	l.declareSystemMail(api)
	l.declareReceived(api)
	l.declareQuarantine(api)
}

// connectors may connect and change accounts.
var connectors = []auth.Role{auth.RoleAdmin}

// Account is a connected account as callers see it.
type Account struct {
	ID         rest.ID            `json:"id"`
	Kind       channels.Kind      `json:"kind"`
	Name       string             `json:"name"`
	Config     map[string]any     `json:"config" doc:"Without secrets; they can be written and not read."`
	Secrets    []string           `json:"secrets" doc:"Names of the secret fields that have a value."`
	State      channels.StateName `json:"state" enum:"connecting,connected,cannot_send,reconnecting,needs_auth,broken,stopped" doc:"cannot_send: it receives, and error says why it does not send."`
	Error      *AccountError      `json:"error"`
	Progress   *AccountProgress   `json:"progress" doc:"Of reading what was there before the account; null when nothing is read."`
	TeamID     rest.Ref           `json:"team_id" doc:"New conversations go to this team."`
	Paused     bool               `json:"paused"`
	Archived   bool               `json:"archived"`
	WritesTo   string             `json:"writes_to" doc:"The scope of the addresses that it can write to first, such as email or phone; empty: people have to write first."`
	WebhookURL string             `json:"webhook_url,omitempty" doc:"Where the network pushes; for admins."`
	Snippet    string             `json:"snippet,omitempty" doc:"HTML that a site pastes to have the chat, or the form."`
	Markup     string             `json:"markup,omitempty" doc:"The form as plain HTML, for a site that styles it itself."`

	Quarantined int `json:"quarantined" doc:"How many events of it lie in quarantine, of the newest 1,000 of all accounts; in lists, and for those who may look there."`

	CreatedAt time.Time `json:"created_at"`
	UpdatedAt time.Time `json:"updated_at"`
}

// AccountError is what is wrong with an account.
type AccountError struct {
	Code string `json:"code"`
	Text string `json:"text"`
}

// AccountProgress is how far an account is with reading what was there before it.
type AccountProgress struct {
	Done  int `json:"done"`
	Total int `json:"total"`
}

// inWords is a problem in the caller's language, where it is known in that.
func inWords(who rest.Caller, p accounts.Problem) string {
	return fault.T(p.RU, p.Text).In(who.Language)
}

// inOtherWords is inWords of an account's own problem, whose adapter may have said it in
// English alone.
func (l *Links) inOtherWords(who rest.Caller, id channels.AccountID, p accounts.Problem) string {
	if p.RU == "" && l.explain != nil {
		p.RU = l.explain(id, p.Code, p.Text).RU
	}
	return inWords(who, p)
}

// Explain makes Links show in Russian what adapters said in English. It is called before Declare.
func (l *Links) Explain(explain func(account channels.AccountID, code, text string) channels.Words) {
	l.explain = explain
}

func (l *Links) show(who rest.Caller) func(accounts.Account) Account {
	return func(a accounts.Account) Account {
		out := Account{
			ID: rest.IDOf(a.ID), Kind: a.Kind, Name: a.Name, Config: a.Config, Secrets: append([]string{}, a.Secrets...),
			State: a.State, TeamID: rest.RefOf(a.TeamID), Paused: a.Paused, Archived: a.Archived,
			CreatedAt: rest.Time(a.CreatedAt), UpdatedAt: rest.Time(a.UpdatedAt),
		}
		if out.Config == nil {
			out.Config = map[string]any{}
		}
		if a.Error != (accounts.Problem{}) {
			out.Error = &AccountError{Code: a.Error.Code, Text: l.inOtherWords(who, a.ID, a.Error)}
		}
		if a.Progress != (channels.Progress{}) {
			out.Progress = &AccountProgress{Done: a.Progress.Done, Total: a.Progress.Total}
		}
		if path := a.HookPath.Reveal(); path != "" && who.Auth.IsAdmin() {
			out.WebhookURL = l.publicURL + path
		}
		if a.Kind == channels.KindWebchat {
			out.Snippet = webchat.Snippet(l.publicURL, a.ID)
		}
		if adapter, ok := l.running.Adapter(a.ID); ok {
			if adapter.Limits().WriteFirst && !a.Archived {
				out.WritesTo = inbox.ScopeOf(a.Kind, a.ID)
			}
			if f, isForm := adapter.(*form.Account); isForm {
				out.Snippet, out.Markup = forms.Snippet(l.publicURL, a.ID), forms.Markup(l.publicURL, a.ID, f.Config())
			}
		}
		return out
	}
}

// ByAccount is embedded in the inputs of operations on one account.
type ByAccount struct {
	ID rest.ID `path:"id"`
}

func (in ByAccount) account() channels.AccountID { return rest.Num[channels.AccountID](in.ID) }
