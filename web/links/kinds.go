package links

import (
	"context"
	"net/http"

	"parley/accounts"
	"parley/channels"
	"parley/web/rest"
)

// AccountKind is a network that can be connected; the connect form is drawn from it.
type AccountKind struct {
	Kind   channels.Kind `json:"kind"`
	Name   string        `json:"name" doc:"In the caller's language."`
	Fields []KindField   `json:"fields"`
}

// KindField is one value of an account's configuration.
type KindField struct {
	Name     string             `json:"name"`
	Type     channels.FieldType `json:"type" enum:"text,number,bool,secret,choice,color,list"`
	Required bool               `json:"required"`
	Default  string             `json:"default"`
	Options  []string           `json:"options"`
	Label    KindWords          `json:"label"`
	Help     KindWords          `json:"help"`
}

// KindWords is a text in both languages.
type KindWords struct {
	RU string `json:"ru"`
	EN string `json:"en"`
}

func (l *Links) declareKinds(api *rest.API) {
	rest.Add(api, rest.Op{
		ID: "list-account-kinds", Method: http.MethodGet, Path: "/account-kinds", Need: rest.Read("accounts"),
		Summary: "Networks that can be connected",
	}, func(_ context.Context, who rest.Caller, _ *struct{}) (*rest.Body[[]AccountKind], error) {
		return rest.Reply(rest.Map(l.accounts.Kinds(), func(k accounts.Kind) AccountKind {
			name := k.Title.EN
			if who.Language == "ru" {
				name = k.Title.RU
			}
			return AccountKind{Kind: k.Kind, Name: name, Fields: rest.Map(k.Fields, showField)}
		})), nil
	})
}

func showField(f channels.Field) KindField {
	return KindField{
		Name: f.Name, Type: f.Type, Required: f.Required, Default: f.Default, Options: append([]string{}, f.Options...),
		Label: KindWords(f.Label), Help: KindWords(f.Help),
	}
}
