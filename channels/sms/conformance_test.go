package sms_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/sms"
	"parley/channels/sms/smstest"
)

const (
	hook    = "https://hub.example.com/hooks/5/secret"
	contact = "+79001234567"
)

func TestConformanceOfTwilio(t *testing.T) {
	t.Parallel()
	channeltest.Run(t, channeltest.Harness{New: func(t testing.TB, j *channeltest.Journal) channeltest.Setup {
		far := &smstest.Twilio{}
		gate := channeltest.NewGate(t, far, func(w http.ResponseWriter, a channeltest.Answer) {
			switch a {
			case channeltest.TooFast:
				w.Header().Set("Retry-After", fmt.Sprint(channeltest.RetryAfter.Seconds()))
				smstest.Refuse(w, http.StatusTooManyRequests, 20429)
			case channeltest.Unavailable:
				smstest.Refuse(w, http.StatusServiceUnavailable, 20503)
			case channeltest.Reject:
				smstest.Refuse(w, http.StatusBadRequest, 21610)
			case channeltest.Denied:
				smstest.Refuse(w, http.StatusUnauthorized, 20003)
			}
		})
		hooks := channeltest.NewHooks(j, func(n int, text string) channels.Request {
			return byTwilio(url.Values{"MessageSid": {fmt.Sprint("SM", n)}, "From": {contact}, "To": {"+15550000000"}, "Body": {text}, "NumMedia": {"0"}, "SmsStatus": {"received"}})
		}, rawByTwilio)
		return channeltest.Setup{
			Driver: &sms.Driver{HookURL: func(channels.AccountID) string { return hook }},
			Account: channels.Account{ID: 5, Kind: channels.KindSMS, Config: map[string]string{
				"provider": "twilio", "account_sid": smstest.AccountSID, "auth_token": smstest.AuthToken, "source": "+15550000000",
				"base_url": gate.URL(), "password": "not used by Twilio",
			}},
			HTTP: gate.Client(), Chat: contact, Arrive: hooks.Arrive, Again: hooks.Again, Push: hooks.Push, Garbage: hooks.Garbage, Script: gate.Script,
			Answers: []channeltest.Answer{
				channeltest.LoseReply, channeltest.Hang, channeltest.Garble, channeltest.TooFast, channeltest.Unavailable, channeltest.Unreachable,
				channeltest.Reject, channeltest.Denied,
			},
			Attempts: func() []channeltest.Attempt { return attempts(far.Sent(), "", "To", "Body") },
		}
	}})
}

func TestConformanceOfAGateway(t *testing.T) {
	t.Parallel()
	channeltest.Run(t, channeltest.Harness{New: func(t testing.TB, j *channeltest.Journal) channeltest.Setup {
		far := &smstest.Gateway{}
		gate := channeltest.NewGate(t, far, func(w http.ResponseWriter, a channeltest.Answer) {
			switch a {
			case channeltest.TooFast:
				w.Header().Set("Retry-After", fmt.Sprint(channeltest.RetryAfter.Seconds()))
				w.WriteHeader(http.StatusTooManyRequests)
			case channeltest.Unavailable:
				w.Header().Set("Retry-After", "30")
				w.WriteHeader(http.StatusServiceUnavailable)
			case channeltest.Reject:
				_, _ = w.Write([]byte(`{"result":"error","code":"7"}`))
			case channeltest.Denied:
				_, _ = w.Write([]byte(`{"result":"error","code":13}`))
			}
		})
		hooks := channeltest.NewHooks(j, func(n int, text string) channels.Request {
			return push(url.Values{"id": {fmt.Sprint(n)}, "sender": {"79001234567"}, "words": {text}}.Encode())
		}, func(body []byte) channels.Request { return push(string(body)) })
		return channeltest.Setup{
			Driver: &sms.Driver{HookURL: func(channels.AccountID) string { return hook }},
			Account: channels.Account{ID: 5, Kind: channels.KindSMS, Config: map[string]string{
				"provider": "http", "gateway": "own", "description": far.Description(gate.URL()), "login": "shop", "password": smstest.Password,
				"source": "SHOP", "auth_token": "not used by gateways",
			}},
			HTTP: gate.Client(), Chat: contact, Arrive: hooks.Arrive, Again: hooks.Again, Push: hooks.Push, Garbage: hooks.Garbage, Script: gate.Script,
			Answers: []channeltest.Answer{
				channeltest.LoseReply, channeltest.Hang, channeltest.Garble, channeltest.TooFast, channeltest.Unavailable, channeltest.Unreachable,
				channeltest.Reject, channeltest.Denied,
			},
			Attempts: func() []channeltest.Attempt { return attempts(far.Sent(), "ref", "phone", "msg") },
		}
	}})
}

// attempts reads what arrived; numbers may lack their plus sign.
func attempts(sent []url.Values, id, to, text string) []channeltest.Attempt {
	var list []channeltest.Attempt
	for _, form := range sent {
		a := channeltest.Attempt{Chat: form.Get(to), Text: form.Get(text)}
		if id != "" {
			a.DedupID, a.Chat = form.Get(id), "+"+a.Chat
		}
		list = append(list, a)
	}
	return list
}

func push(body string) channels.Request {
	return channels.Request{Method: http.MethodPost, Body: []byte(body), Header: map[string]string{"content-type": "application/x-www-form-urlencoded"}}
}

func byTwilio(form url.Values) channels.Request { return rawByTwilio([]byte(form.Encode())) }

func rawByTwilio(body []byte) channels.Request {
	form, _ := url.ParseQuery(string(body))
	r := push(string(body))
	r.Header["x-twilio-signature"] = smstest.Sign(smstest.AuthToken, hook, form)
	return r
}
