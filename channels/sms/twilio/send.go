package twilio

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"parley/channels"
	"parley/channels/sms/phone"
)

// maxAnswer is how much of an answer is read, in bytes.
const maxAnswer = 256 << 10

// Send implements channels.Adapter.
func (a *Account) Send(ctx context.Context, m channels.Outgoing) (channels.Sent, error) {
	if err := a.Limits().Check(m); err != nil {
		return channels.Sent{}, err
	}
	form := url.Values{"To": {phone.Target(m)}, "Body": {m.Text}}
	if a.ServiceSID != "" {
		form.Set("MessagingServiceSid", a.ServiceSID)
	} else {
		form.Set("From", a.From)
	}
	if status := a.statusAddress(m.Key); status != "" {
		form.Set("StatusCallback", status)
	}
	answer, err := a.call(ctx, http.MethodPost, "/Messages.json", form)
	if err != nil {
		return channels.Sent{}, err
	}
	var taken struct {
		SID string `json:"sid"`
	}
	if json.Unmarshal(answer.Body, &taken) != nil || taken.SID == "" {
		return channels.Sent{}, failure(channels.Uncertain, channels.CodeNoAnswer, nil)
	}
	return channels.Sent{RemoteID: taken.SID}, nil
}

// Test implements channels.Tester: it reads the account.
func (a *Account) Test(ctx context.Context) error {
	answer, err := a.call(ctx, http.MethodGet, ".json", nil)
	if err != nil {
		if err.Kind == channels.AuthFailed {
			err.Err = wrong("auth_token", "Twilio не принимает Account SID и Auth Token.", "Twilio does not accept the account SID and the auth token.")
		}
		return err
	}
	var account struct {
		Status string `json:"status"`
	}
	if json.Unmarshal(answer.Body, &account) == nil && account.Status != "" && account.Status != "active" {
		code := "account_" + account.Status
		if _, known := phrases[code]; !known {
			code = codeInactive
		}
		e := failure(channels.AuthFailed, code, nil)
		e.Scope = channels.ScopeAccount
		return e
	}
	return nil
}

// call makes one call of the API below the account.
func (a *Account) call(ctx context.Context, method, path string, form url.Values) (channels.Answer, *channels.Error) {
	req, err := http.NewRequestWithContext(ctx, method, a.Base+version+a.AccountSID+path, strings.NewReader(form.Encode()))
	if err != nil {
		return channels.Answer{}, failure(channels.Permanent, codeBadAddress, nil)
	}
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	req.SetBasicAuth(a.AccountSID, a.AuthToken)
	answer, failure := channels.Exchange(a.env.HTTP, req, maxAnswer)
	if failure != nil {
		return answer, failure
	}
	return answer, refusal(answer, a.env.Now())
}
