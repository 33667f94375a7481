package whatsapp

import (
	"context"
	"encoding/json"
	"net/url"

	"parley/channels"
)

// Check implements channels.Checker: the number that sends, and whether the account's events are pushed
// to an app at all.
func (a *Account) Check(ctx context.Context) []channels.Check {
	return []channels.Check{
		{Part: "number", Title: words("Номер и токен", "Number and token"), Err: asError(a.lookUpNumber(ctx))},
		{Part: "business", Title: words("Аккаунт WhatsApp Business", "WhatsApp Business account"), Err: asError(a.lookUpBusiness(ctx))},
	}
}

func (a *Account) lookUpNumber(ctx context.Context) *channels.Error {
	body, err := a.graph.get(ctx, a.settings.number, nil)
	if err != nil {
		return missing(err, "phone_number_id", CodeNoNumber)
	}
	var number struct {
		ID string `json:"id"`
	}
	if json.Unmarshal(body, &number) != nil || number.ID == "" {
		return failure(channels.Transient, CodeUnclear)
	}
	return nil
}

func (a *Account) lookUpBusiness(ctx context.Context) *channels.Error {
	body, err := a.graph.get(ctx, a.settings.business+"/subscribed_apps", url.Values{})
	if err != nil {
		return missing(err, "business_id", CodeNoBusiness)
	}
	var apps struct {
		Data []json.RawMessage `json:"data"`
	}
	switch {
	case json.Unmarshal(body, &apps) != nil:
		return failure(channels.Transient, CodeUnclear)
	case len(apps.Data) == 0:
		return atField(failure(channels.Permanent, CodeNotSubscribed), "business_id", phrase(CodeNotSubscribed))
	}
	return nil
}

// missing blames a field of the configuration where the network does not know what it names.
func missing(err *channels.Error, field, code string) *channels.Error {
	if err.Code != CodeParameter && err.Code != CodeGone {
		return err
	}
	err.Code, err.Text = code, phrase(code).EN
	return atField(err, field, phrase(code))
}

// atField names the field at fault, which gives the error words in both languages.
func atField(err *channels.Error, field string, w channels.Words) *channels.Error {
	err.Err = &channels.ConfigError{Field: field, RU: w.RU, EN: w.EN}
	err.Scope = channels.ScopeAccount
	return err
}
