package links

import (
	"context"
	"net/http"

	"parley/accounts"
	"parley/channels"
	"parley/internal/fault"
	"parley/web/rest"
)

// AccountKind is a network that can be connected; the connect form is drawn from it.
type AccountKind struct {
	Kind   channels.Kind `json:"kind"`
	Name   string        `json:"name" doc:"In the caller's language."`
	Fields []KindField   `json:"fields"`
	Hooks  []KindHook    `json:"hooks" doc:"What is done by hand with an account's webhook address; of those whose condition holds the first counts."`
}

// KindHook says what an administrator does with an account's webhook address.
type KindHook struct {
	When  *KindCondition `json:"when" doc:"On the account's configuration; null holds always."`
	Paste KindWords      `json:"paste" doc:"Where the address is entered, in one sentence."`
	With  []string       `json:"with" doc:"Fields whose values are entered there beside the address."`
}

// KindField is one value of an account's configuration.
type KindField struct {
	Name     string             `json:"name"`
	Type     channels.FieldType `json:"type" enum:"text,long,number,bool,secret,choice,color,list"`
	Required bool               `json:"required"`
	Default  string             `json:"default"`
	Options  []KindOption       `json:"options"`
	Label    KindWords          `json:"label"`
	Help     KindWords          `json:"help"`
	When     *KindCondition     `json:"when" doc:"Where the field applies; null is everywhere. Where it does not it is not required, and what is given is not kept."`
}

// KindOption is a value that may be chosen; people read the label.
type KindOption struct {
	Value string    `json:"value"`
	Label KindWords `json:"label"`
}

// KindCondition holds where the field applies and has one of the values.
type KindCondition struct {
	Field  string   `json:"field" doc:"A field that stands before."`
	Values []string `json:"values"`
}

// KindWords is a text in every language of the page.
type KindWords struct {
	RU string `json:"ru"`
	EN string `json:"en"`
	AR string `json:"ar,omitempty" doc:"Where there is a translation; English otherwise."`
}

func kindWords(w channels.Words) KindWords {
	return KindWords{RU: w.RU, EN: w.EN, AR: fault.T(w.RU, w.EN).AR()}
}

func (l *Links) declareKinds(api *rest.API) {
	rest.Add(api, rest.Op{
		ID: "list-account-kinds", Method: http.MethodGet, Path: "/account-kinds", Need: rest.Read("accounts"),
		Summary: "Networks that can be connected",
	}, func(_ context.Context, who rest.Caller, _ *struct{}) (*rest.Body[[]AccountKind], error) {
		return rest.Reply(rest.Map(l.accounts.Kinds(), func(k accounts.Kind) AccountKind {
			name := fault.T(k.Title.RU, k.Title.EN).In(who.Language)
			return AccountKind{Kind: k.Kind, Name: name, Fields: rest.Map(k.Fields, showField), Hooks: rest.Map(k.Hooks, showHook)}
		})), nil
	})
}

func showField(f channels.Field) KindField {
	return KindField{
		Name: f.Name, Type: f.Type, Required: f.Required, Default: f.Default, Label: kindWords(f.Label), Help: kindWords(f.Help),
		Options: rest.Map(f.Options, func(o channels.Option) KindOption { return KindOption{Value: o.Value, Label: kindWords(o.Label)} }),
		When:    showCondition(f.When),
	}
}

func showHook(h channels.Hook) KindHook {
	return KindHook{When: showCondition(h.When), Paste: kindWords(h.Paste), With: append([]string{}, h.With...)}
}

func showCondition(c channels.Condition) *KindCondition {
	if c.Field == "" {
		return nil
	}
	return &KindCondition{Field: c.Field, Values: c.Values}
}
