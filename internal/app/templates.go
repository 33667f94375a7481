package app

import (
	"context"
	"slices"

	"parley/accounts"
	"parley/channels"
	"parley/inbox"
	"parley/templates"
)

// templateNetwork reads templates through the accounts' adapters.
type templateNetwork struct{ accounts *accounts.Supervisor }

var _ templates.Network = templateNetwork{}

// List implements templates.Network.
func (n templateNetwork) List(ctx context.Context, account int64) ([]templates.Template, error) {
	adapter, _ := n.accounts.Adapter(channels.AccountID(account))
	lister, ok := adapter.(channels.TemplateLister)
	if !ok {
		return nil, templates.ErrNoNetwork
	}
	list, err := lister.Templates(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]templates.Template, 0, len(list))
	for _, t := range list {
		one := templates.Template{
			Name: t.Name, Language: t.Language, State: templates.State(t.State), Reason: t.Reason, Category: t.Category,
			Header: t.Header, Body: t.Body, Footer: t.Footer, Params: slices.Clone(t.Params),
		}
		for _, b := range t.Buttons {
			one.Buttons = append(one.Buttons, templates.Button{Text: b.Text, URL: b.URL})
		}
		out = append(out, one)
	}
	return out, nil
}

// Explain implements templates.Network.
func (templateNetwork) Explain(err error) (code, text string) {
	e := channels.AsError(err)
	return e.Code, e.Text
}

// withTemplates lets the inbox send approved templates.
func (a *App) withTemplates() inbox.Option {
	return inbox.WithTemplates(func(ctx context.Context, account channels.AccountID, use channels.TemplateUse) (templates.Template, error) {
		return a.Templates.Use(ctx, int64(account), use.Name, use.Language, use.Values)
	})
}

// templateAccounts are the accounts whose networks have templates, by id.
func (a *App) templateAccounts() []channels.AccountID {
	var out []channels.AccountID
	for _, id := range a.Supervisor.Active() {
		if l, ok := a.Supervisor.Limits(id); ok && l.Templates {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// approved tells how many values an approved template takes, of whichever account has it.
func (a *App) approved(ctx context.Context, name, language string) (values int, found bool, err error) {
	for _, id := range a.templateAccounts() {
		t, found, err := a.Store.FindTemplate(ctx, int64(id), name, language)
		if err != nil {
			return 0, false, err
		}
		if found && t.State == templates.Approved {
			return len(t.Params), true, nil
		}
	}
	return 0, false, nil
}
