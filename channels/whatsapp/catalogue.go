package whatsapp

import (
	"context"
	"encoding/json"
	"net/url"
	"sync"
	"time"

	"parley/channels"
)

const (
	maxPages   = 100 // of 100 templates; an account may have 6,000
	formsFresh = 10 * time.Minute
)

// forms remembers the templates that were used, so that not every one of a mailing is looked up.
type forms struct {
	mu    sync.Mutex
	known map[string]form
	at    time.Time // when the oldest was looked up
}

func (f *forms) of(name, language string, now time.Time) (form, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if now.Sub(f.at) > formsFresh || now.Before(f.at) {
		clear(f.known)
		f.at = now
	}
	found, ok := f.known[name+"\x00"+language]
	return found, ok
}

func (f *forms) note(list []form) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, x := range list {
		f.known[x.Name+"\x00"+x.Language] = x
	}
}

// Templates implements channels.TemplateLister.
func (a *Account) Templates(ctx context.Context) ([]channels.Template, error) {
	list, err := a.listForms(ctx, "")
	if err != nil {
		return nil, err
	}
	now := a.env.Now().UTC()
	out := make([]channels.Template, 0, len(list))
	for i := range list {
		t := list[i].template()
		t.At = now
		out = append(out, t)
	}
	return out, nil
}

// listForms reads the account's templates page by page; name limits them to those whose name holds it.
func (a *Account) listForms(ctx context.Context, name string) ([]form, *channels.Error) {
	query := url.Values{"limit": {"100"}, "fields": {"name,language,status,category,rejected_reason,parameter_format,components"}}
	if name != "" {
		query.Set("name", name)
	}
	var list []form
	for range maxPages {
		body, err := a.graph.get(ctx, a.settings.business+"/message_templates", query)
		if err != nil {
			return nil, missing(err, "business_id", CodeNoBusiness)
		}
		var p page
		if json.Unmarshal(body, &p) != nil {
			return nil, failure(channels.Transient, CodeUnclear)
		}
		for _, raw := range p.Data {
			var f form
			if json.Unmarshal(raw, &f) == nil && f.Name != "" {
				list = append(list, f)
			}
		}
		// The next page is asked for by its cursor, never by the address that Meta gives: the token goes
		// nowhere but to the address of the configuration.
		after := p.Paging.Cursors.After
		if len(p.Data) == 0 || after == "" || p.Paging.Next == "" || after == query.Get("after") {
			break
		}
		query.Set("after", after)
	}
	return list, nil
}

// formOf finds the template that a message uses.
func (a *Account) formOf(ctx context.Context, use channels.TemplateUse) (form, *channels.Error) {
	if f, ok := a.forms.of(use.Name, use.Language, a.env.Now()); ok {
		return f, nil
	}
	list, err := a.listForms(ctx, use.Name)
	if err != nil {
		return form{}, err
	}
	a.forms.note(list)
	if f, ok := a.forms.of(use.Name, use.Language, a.env.Now()); ok {
		return f, nil
	}
	return form{}, failure(channels.Permanent, CodeNoTemplate)
}
