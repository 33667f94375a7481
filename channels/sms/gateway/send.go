package gateway

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
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
	req, err := a.request(ctx, m)
	if err != nil {
		return channels.Sent{}, failure(channels.Permanent, codeNotWritten)
	}
	answer, failure := channels.Exchange(a.env.HTTP, req, maxAnswer)
	if failure != nil {
		return channels.Sent{}, failure
	}
	v := understood(answer.Body)
	if !a.Description.Taken.holds(answer.Status, v) {
		return channels.Sent{}, a.refusal(answer, v)
	}
	id, _ := v.at(a.Description.ID)
	if a.Description.ID != "" && id == "" {
		return channels.Sent{}, unclear()
	}
	return channels.Sent{RemoteID: id}, nil
}

func unclear() *channels.Error {
	return failure(channels.Uncertain, channels.CodeNoAnswer)
}

// request fills the description's holes, each as its place demands.
func (a *Account) request(ctx context.Context, m channels.Outgoing) (*http.Request, error) {
	d := a.Description
	holes := a.holes(m)
	address, err := a.address(fill(d.URL, holes, url.QueryEscape))
	if err != nil {
		return nil, errors.New("url") // its own words would quote it
	}
	if len(d.Query) > 0 {
		separator := "?"
		if strings.Contains(address, "?") {
			separator = "&"
		}
		address += separator + encoded(d.Query, holes)
	}
	body, kind := "", ""
	switch {
	case len(d.Form) > 0:
		body, kind = encoded(d.Form, holes), "application/x-www-form-urlencoded; charset=utf-8"
	case len(d.JSON) > 0:
		body, kind = fill(string(d.JSON), holes, inJSON), "application/json"
	}
	req, err := http.NewRequestWithContext(ctx, d.Method, address, strings.NewReader(body))
	if err != nil {
		return nil, errors.New("url")
	}
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	for name, value := range d.Headers {
		req.Header.Set(name, fill(value, holes, oneLine))
	}
	return req, nil
}

func (a *Account) holes(m channels.Outgoing) map[string]string {
	to := phone.Target(m)
	if !a.Description.Plus {
		to = strings.TrimPrefix(to, "+")
	}
	return map[string]string{
		"to": to, "text": m.Text, "from": a.From, "key": m.Key, "login": a.Login, "password": a.Password, "callback": a.Hook(),
		"basic": base64.StdEncoding.EncodeToString([]byte(a.Login + ":" + a.Password)),
	}
}

// fill puts values into a template, in one pass: what a value holds is never taken for a hole.
func fill(template string, holes map[string]string, as func(string) string) string {
	pairs := make([]string, 0, 2*len(holes))
	for name, value := range holes {
		pairs = append(pairs, "{"+name+"}", as(value))
	}
	return strings.NewReplacer(pairs...).Replace(template)
}

// encoded is a form or a query. A field whose only value is an empty hole is left out: gateways
// take an empty sender for a wrong one.
func encoded(fields, holes map[string]string) string {
	values := url.Values{}
	for name, template := range fields {
		if text := fill(template, holes, plain); text != "" || template == "" {
			values.Set(name, text)
		}
	}
	return values.Encode()
}

func plain(s string) string { return s }

// inJSON is a text within the quotes of JSON.
func inJSON(s string) string {
	quoted, err := json.Marshal(s)
	if err != nil {
		return "" // a text: cannot happen
	}
	return string(quoted[1 : len(quoted)-1])
}

// oneLine is a text in a header.
func oneLine(s string) string { return strings.NewReplacer("\r", "", "\n", "").Replace(s) }

// stable is what a gateway's codes look like.
var stable = regexp.MustCompile(`^[A-Za-z0-9_.-]{1,60}$`)

// refusal says what an answer means that is not the one hoped for. What neither the description
// nor HTTP calls a refusal leaves the message's fate open.
func (a *Account) refusal(answer channels.Answer, v value) *channels.Error {
	code, _ := v.at(a.Description.Reason)
	e := &channels.Error{Kind: channels.Permanent, Code: "http_" + strconv.Itoa(answer.Status), Text: server.Of(answer.Status).EN}
	named := false
	if code != "" {
		e.Code, e.Text = codeRefused, phrases[codeRefused].EN
		if stable.MatchString(code) { // else it is a sentence, and may quote the message
			e.Code = "gateway_" + code
		}
		var kind string
		if kind, named = a.Description.Reasons[code]; named {
			e.Kind = kinds[kind]
		}
	}
	switch s := answer.Status; {
	case named:
	case s == http.StatusUnauthorized || s == http.StatusForbidden:
		e.Kind = channels.AuthFailed
	case s == http.StatusTooManyRequests || s == http.StatusServiceUnavailable && answer.Header.Get("Retry-After") != "":
		e.Kind = channels.Transient
	case s >= 500 || s == http.StatusRequestTimeout:
		e.Kind = channels.Uncertain
	case s >= 200 && s < 300 && e.Code == "http_"+strconv.Itoa(s):
		return unclear()
	}
	if e.Kind == channels.Transient {
		e.RetryAfter = answer.Wait(a.env.Now())
	}
	if e.Kind == channels.AuthFailed || e.Kind == channels.Transient {
		e.Scope = channels.ScopeAccount
	}
	return e
}
