package app

import (
	"context"
	"encoding/json"

	"parley/channels"
	"parley/channels/email/quote"
	"parley/channels/webchat"
	"parley/inbox/contact"
	"parley/inbox/history"
	"parley/inbox/pipeline"
	"parley/internal/auth"
	"parley/router/views"
	"parley/web"
	"parley/web/alerts"
	"parley/web/events"
	"parley/web/letters"
	"parley/web/routing"
	"parley/web/rules"
)

// wireWeb makes the HTTP side and what open pages hear.
func (a *App) wireWeb(ctx context.Context, o Options) (err error) {
	a.Feed, err = events.New(ctx, events.Options{
		Store: a.Store, Rights: a.Auth.Refresh, Presence: a.present, Gone: a.gone, Typing: a.agentTyping, Across: a.across(), Explain: a.explain, Poll: a.pollOthers(), Observer: a.Metrics, Log: a.Log,
	})
	if err != nil {
		return err
	}
	a.Web, err = web.New(web.Deps{
		PublicURL: a.Config.PublicURL, Version: o.Version, Log: a.Log, Now: a.Now, Auth: a.Auth,
		Inbox: a.Inbox, Contacts: contact.New(a.Store, a.Now), Pipeline: pipeline.New(a.Store, a.Now), History: history.New(a.Store), Feed: a.Feed, Watcher: watcher{a},
		Accounts: a.Accounts, Running: a.Supervisor, Received: a.Store, Explain: a.explain,
		QuickReplies: a.Replies, Search: a.Search,
		Templates: a.Templates, TemplateAccounts: a.templateAccounts,
		Rules:   rules.Deps{Router: a.Router, Secret: a.webhookSecret, Hooks: webhooks{a}, Intake: a.intakeRules, Account: a.seesAccount},
		Views:   views.New(a.Store, a.Now),
		Routing: routing.Deps{Clocks: a.Clocks, Assign: a.Assign},
		Alerts:  alerts.New(a.Bell),
		Post:    a.post, SystemMail: a.mail,
		Pictures: a.door.ClientWith(letters.PictureTimeout, letters.MaxPicture+1), PictureKey: a.Box.Derive("mail pictures"), FoldQuotes: quote.Fold,
		Files: a.Store, Blobs: a.Blobs, Chats: a.Store, Tokens: webchat.NewTokens(a.Box.Derive("webchat visitor tokens")),
		Ready: newReadiness(a.Store.Ready, a.clockProblem, a.Log).check, Metrics: a.Metrics, Replays: a.Store.Idempotency(a.Now),
	})
	return err
}

// explain puts the error of an account into both languages.
func (a *App) explain(account channels.AccountID, code, text string) channels.Words {
	kind, _ := a.Supervisor.Kind(account)
	return a.glossary.Words(kind, code, text)
}

// presence tells what an agent set.
func (a *App) presence(ctx context.Context, agent int64) (auth.Presence, error) {
	p, err := a.Store.Agent(ctx, auth.AgentID(agent))
	return p.Presence, err
}

// agentTyping shows the contact that an agent is writing, where the network can.
func (a *App) agentTyping(ctx context.Context, account channels.AccountID, chat, name string) {
	adapter, _ := a.Supervisor.Adapter(account)
	if t, ok := adapter.(channels.Typer); ok {
		if err := t.Typing(ctx, chat, name); err != nil {
			a.Log.Debug("show typing", "account_id", account, "error", err)
		}
	}
}

// visitorTyping shows the visitor of a site's chat that an agent is writing.
func (a *App) visitorTyping(account channels.AccountID, chat, name string) {
	a.Web.VisitorTyping(account, chat, name)
	if a.link != nil {
		if body, err := json.Marshal(visitorMoment{account, chat, name}); err == nil {
			a.link.Send(topicVisitor, body)
		}
	}
}
