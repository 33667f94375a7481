package approved

import (
	"context"
	"net/http"
	"slices"
	"time"

	"parley/channels"
	"parley/internal/fault"
	"parley/templates"
	"parley/web/rest"
)

// Deps is what an Approved is made of.
type Deps struct {
	Templates *templates.Service
	// Accounts returns those whose networks have templates, and that are usable now.
	Accounts func() []channels.AccountID
	// Explain puts errors of accounts into both languages.
	Explain func(account channels.AccountID, code, text string) channels.Words
}

// Approved declares the operations of this package.
type Approved struct{ Deps }

// New makes an Approved.
func New(d Deps) *Approved { return &Approved{d} }

// MessageTemplate is a text that a network has to approve.
type MessageTemplate struct {
	ID        rest.ID          `json:"id"`
	AccountID rest.ID          `json:"account_id"`
	Name      string           `json:"name"`
	Language  string           `json:"language" doc:"As the network writes it: ru, en_US."`
	State     templates.State  `json:"state" doc:"approved, pending, rejected, paused, or the network's own; only an approved one can be sent."`
	Reason    string           `json:"reason" doc:"Why it was rejected."`
	Category  string           `json:"category"`
	Header    string           `json:"header"`
	Body      string           `json:"body" doc:"With {{1}} or {{name}} where values go."`
	Footer    string           `json:"footer"`
	Buttons   []TemplateButton `json:"buttons"`
	Params    []string         `json:"params" doc:"The names of its values, in order; those of the header begin with header., those of buttons with button."`
	File      string           `json:"file" enum:",image,video,document" doc:"What kind of file its header needs; empty: none."`
	UpdatedAt time.Time        `json:"updated_at" doc:"When the network last said so."`
}

// TemplateButton is a button of a template.
type TemplateButton struct {
	Text string `json:"text"`
	URL  string `json:"url" doc:"Empty where it only answers."`
}

// TemplateReading is how the last reading of an account's list went.
type TemplateReading struct {
	AccountID rest.ID       `json:"account_id"`
	ReadAt    *time.Time    `json:"read_at" doc:"When the list came whole; null: never yet."`
	TriedAt   time.Time     `json:"tried_at"`
	Error     *ReadingError `json:"error" doc:"Why the last try failed; the list is that of read_at."`
}

// ReadingError says why a list could not be read.
type ReadingError struct {
	Code string `json:"code"`
	Text string `json:"text"`
}

// TemplateList is the templates of some accounts.
type TemplateList struct {
	Items    []MessageTemplate `json:"items"`
	Next     string            `json:"next" doc:"Always empty: the list comes whole."`
	Readings []TemplateReading `json:"readings"`
}

type listTemplates struct {
	Account rest.ID         `query:"account" required:"false" doc:"Only those of one account."`
	State   templates.State `query:"state" required:"false" doc:"Only those in one state."`
}

// Declare adds the operations to an API.
func (a *Approved) Declare(api *rest.API) {
	rest.Add(api, rest.Op{ID: "list-message-templates", Method: http.MethodGet, Path: "/message-templates", Need: rest.Read("message-templates"),
		Summary: "Texts that networks have to approve, with their state"}, a.list)
	rest.Add(api, rest.Op{ID: "refresh-message-templates", Method: http.MethodPost, Path: "/message-templates/refresh", Need: rest.Write("message-templates"),
		Summary: "Read an account's list from its network anew; a network that does not answer leaves the old one"}, a.refresh)
}

func (a *Approved) list(ctx context.Context, who rest.Caller, in *listTemplates) (*rest.Body[TemplateList], error) {
	ids := a.visible(who, rest.Num[channels.AccountID](in.Account))
	list, readings, err := a.Templates.List(ctx, ids)
	if err != nil {
		return nil, err
	}
	if in.State != "" {
		list = slices.DeleteFunc(list, func(t templates.Template) bool { return t.State != in.State })
	}
	return rest.Reply(TemplateList{Items: rest.Map(list, show), Readings: rest.Map(readings, a.reading(who))}), nil
}

type refreshTemplates struct {
	Body struct {
		AccountID rest.ID `json:"account_id"`
	}
}

func (a *Approved) refresh(ctx context.Context, who rest.Caller, in *refreshTemplates) (*rest.Body[TemplateList], error) {
	ids := a.visible(who, rest.Num[channels.AccountID](in.Body.AccountID))
	if in.Body.AccountID == "" || len(ids) == 0 {
		return nil, fault.InvalidField("account_id", "unknown", fault.T("Такого канала с шаблонами нет, или он вам не виден.", "There is no such channel with templates, or you may not see it."))
	}
	r, err := a.Templates.Refresh(ctx, ids[0])
	if err != nil {
		return nil, err
	}
	list, _, err := a.Templates.List(ctx, ids)
	if err != nil {
		return nil, err
	}
	return rest.Reply(TemplateList{Items: rest.Map(list, show), Readings: []TemplateReading{a.reading(who)(r)}}), nil
}

// visible are the accounts that have templates and that the caller may see; one of them, or all for 0.
func (a *Approved) visible(who rest.Caller, one channels.AccountID) []int64 {
	ids := []int64{}
	for _, id := range a.Accounts() {
		if (one == 0 || id == one) && (len(who.Viewer.Accounts) == 0 || slices.Contains(who.Viewer.Accounts, int64(id))) {
			ids = append(ids, int64(id))
		}
	}
	return ids
}

func show(t templates.Template) MessageTemplate {
	return MessageTemplate{
		ID: rest.IDOf(t.ID), AccountID: rest.IDOf(t.AccountID), Name: t.Name, Language: t.Language, State: t.State, Reason: t.Reason,
		Category: t.Category, Header: t.Header, Body: t.Body, Footer: t.Footer, File: t.File(), Params: append([]string{}, t.Params...),
		Buttons:   rest.Map(t.Buttons, func(b templates.Button) TemplateButton { return TemplateButton(b) }),
		UpdatedAt: rest.Time(t.UpdatedAt),
	}
}

func (a *Approved) reading(who rest.Caller) func(templates.Reading) TemplateReading {
	return func(r templates.Reading) TemplateReading {
		out := TemplateReading{AccountID: rest.IDOf(r.AccountID), ReadAt: rest.TimeOrNull(r.ReadAt), TriedAt: rest.Time(r.TriedAt)}
		if r.Code != "" {
			words := a.Explain(channels.AccountID(r.AccountID), r.Code, r.Text)
			out.Error = &ReadingError{Code: r.Code, Text: fault.T(words.RU, words.EN).In(who.Language)}
		}
		return out
	}
}
