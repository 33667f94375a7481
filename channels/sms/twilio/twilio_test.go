package twilio_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/sms/smstest"
	"parley/channels/sms/twilio"
)

const hook = "https://hub.example.com/hooks/5/secret"

func open(t *testing.T, base string) *twilio.Account {
	t.Helper()
	a, err := twilio.Open(twilio.Config{
		ID: 5, AccountSID: smstest.AccountSID, AuthToken: smstest.AuthToken, From: "+15550000000", Base: base, Region: "RU", MaxSegments: 2,
		Hook: func() string { return hook },
	}, channels.Env{HTTP: http.DefaultClient, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// receive pushes a signed form to the hook with a query, and returns what came in.
func receive(t *testing.T, a *twilio.Account, query, body string) (channels.Response, []channels.Event) {
	t.Helper()
	rec := channeltest.NewRecorder(channeltest.NewJournal())
	form, err := url.ParseQuery(body)
	if err != nil {
		t.Fatal(err)
	}
	address := hook
	r := channels.Request{Method: http.MethodPost, Body: []byte(body), Query: map[string]string{}}
	if query != "" {
		address += "?" + query
		name, value, _ := strings.Cut(query, "=")
		r.Query[name] = value
	}
	r.Header = map[string]string{"x-twilio-signature": smstest.Sign(smstest.AuthToken, address, form)}
	answer, err := a.Receive(t.Context(), r, rec)
	if err != nil {
		t.Fatal(err)
	}
	if faults := rec.Faults(); len(faults) > 0 {
		t.Fatal(faults)
	}
	return answer, rec.Events()
}

// TestSignatureIsTwiliosOwn compares with the example of Twilio's page on webhooks' security.
func TestSignatureIsTwiliosOwn(t *testing.T) {
	t.Parallel()
	form := url.Values{"CallSid": {"CA1234567890ABCDE"}, "Caller": {"+14158675309"}, "Digits": {"1234"}, "From": {"+14158675309"}, "To": {"+18005551212"}}
	const address, want = "https://mycompany.com/myapp.php?foo=1&bar=2", "RSOYDt4T1cUTdK1PDd93/VVr8B8="
	if got := twilio.Sign("12345", address, form); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	for name, c := range map[string]struct {
		token, address, signature string
		want                      bool
	}{
		"fits": {"12345", address, want, true}, "another token": {"54321", address, want, false}, "another address": {"12345", address + "&x=1", want, false},
		"no signature": {"12345", address, "", false}, "no token": {"", address, twilio.Sign("", address, form), false},
		"with its port": {"12345", address, twilio.Sign("12345", "https://mycompany.com:443/myapp.php?foo=1&bar=2", form), true},
	} {
		if twilio.Verify(c.token, c.address, form, c.signature) != c.want {
			t.Error(name)
		}
	}
}

func TestOnlySignedPushesAreBelieved(t *testing.T) {
	t.Parallel()
	a := open(t, "")
	body := []byte("MessageSid=SM1&From=%2B79001234567&Body=hi")
	form, _ := url.ParseQuery(string(body))
	good := smstest.Sign(smstest.AuthToken, hook, form)
	for name, c := range map[string]struct {
		r      channels.Request
		status int
	}{
		"good":          {channels.Request{Method: "POST", Body: body, Header: map[string]string{"x-twilio-signature": good}}, 200},
		"none":          {channels.Request{Method: "POST", Body: body}, 403},
		"other body":    {channels.Request{Method: "POST", Body: append(body, '1'), Header: map[string]string{"x-twilio-signature": good}}, 403},
		"other address": {channels.Request{Method: "POST", Body: body, Query: map[string]string{"m": "1"}, Header: map[string]string{"x-twilio-signature": good}}, 403},
		"broken":        {channels.Request{Method: "POST", Body: []byte("%zz"), Header: map[string]string{"x-twilio-signature": good}}, 403},
		"by GET":        {channels.Request{Method: "GET", Header: map[string]string{"x-twilio-signature": good}}, 405},
	} {
		rec := channeltest.NewRecorder(channeltest.NewJournal())
		if r, err := a.Receive(t.Context(), c.r, rec); err != nil || r.Status != c.status || (len(rec.Events()) == 1) != (c.status == 200) {
			t.Errorf("%s: %d %v", name, r.Status, err)
		}
	}
	rec := channeltest.NewRecorder(channeltest.NewJournal())
	rec.Next(channeltest.Refuse)
	r, err := a.Receive(t.Context(), channels.Request{Method: "POST", Body: body, Header: map[string]string{"x-twilio-signature": good}}, rec)
	if err != nil || r.Status != 503 {
		t.Errorf("not stored: %d %v", r.Status, err)
	}
}

func TestPushesBecomeEvents(t *testing.T) {
	t.Parallel()
	a := open(t, "")
	for name, c := range map[string]struct {
		query, body string
		ok          func([]channels.Event) bool
	}{
		"message": {"", "MessageSid=SM1&From=%2B79001234567&To=%2B1555&Body=%D0%A1%D0%A2%D0%9E%D0%9F&SmsStatus=received", func(e []channels.Event) bool {
			return e[0].Key == "SM1" && e[0].Message.Text == "СТОП" && e[0].Consent == channels.ConsentStopped && e[0].Chat == "+79001234567" && e[0].Sender.Scope == "phone"
		}},
		"of a short code": {"", "MessageSid=SM1&From=12345&Body=x", func(e []channels.Event) bool {
			return e[0].Sender.Scope == "account:5" && e[0].Sender.Address == "12345"
		}},
		"with a picture": {"", "MessageSid=MM1&From=%2B79001234567&Body=&NumMedia=2&MediaContentType0=image%2Fjpeg&MediaUrl0=https%3A%2F%2Fapi.twilio.com%2F2010-04-01%2FAccounts%2F" +
			smstest.AccountSID + "%2FMessages%2FMM1%2FMedia%2FME1&MediaUrl1=https%3A%2F%2Fevil.example%2Fx", func(e []channels.Event) bool {
			m := e[0].Message.Media
			return len(m) == 1 && m[0].Kind == channels.MediaPhoto && strings.HasPrefix(m[0].Ref, "/2010-04-01/")
		}},
		"delivered": {"m=42", "MessageSid=SM1&MessageStatus=delivered&To=%2B79001234567", func(e []channels.Event) bool {
			return e[0].Receipt.State == channels.Delivered && e[0].Receipt.MessageID == 42 && e[0].Receipt.RemoteID == "SM1" && e[0].Chat == "+79001234567"
		}},
		"delivered, without our id": {"", "MessageSid=SM1&MessageStatus=delivered", func(e []channels.Event) bool {
			return e[0].Receipt.RemoteID == "SM1" && e[0].Key == "status:SM1:delivered"
		}},
		"sent": {"m=42", "MessageSid=SM1&MessageStatus=sent", func(e []channels.Event) bool { return e[0].Receipt.State == channels.Accepted }},
		"undelivered": {"", "SmsSid=SM1&MessageStatus=undelivered&ErrorCode=30005", func(e []channels.Event) bool {
			return e[0].Receipt.State == channels.DeliveryFailed && e[0].Receipt.Code == "twilio_30005" && strings.Contains(e[0].Receipt.Text, "no longer in use")
		}},
		"failed, code unknown": {"", "SmsSid=SM1&MessageStatus=failed&ErrorCode=39999", func(e []channels.Event) bool { return e[0].Receipt.Code == "twilio_39999" }},
		"failed, no code":      {"", "SmsSid=SM1&MessageStatus=failed", func(e []channels.Event) bool { return e[0].Receipt.Code == "undelivered" }},
		"on the way":           {"", "SmsSid=SM1&MessageStatus=queued", func(e []channels.Event) bool { return len(e) == 0 }},
		"names nothing":        {"", "Body=x", func(e []channels.Event) bool { return e[0].Problem != "" && string(e[0].Raw) == "Body=x" }},
		"from nobody":          {"", "MessageSid=SM1&Body=x", func(e []channels.Event) bool { return e[0].Problem != "" }},
	} {
		if r, events := receive(t, a, c.query, c.body); r.Status != 200 || !c.ok(events) {
			t.Errorf("%s: %d %+v", name, r.Status, events)
		}
	}
}

func TestMessagesGoOutAsTwilioWantsThem(t *testing.T) {
	t.Parallel()
	far := &smstest.Twilio{}
	server := httptest.NewServer(far)
	t.Cleanup(server.Close)
	a := open(t, server.URL)
	sent, err := a.Send(t.Context(), channels.Outgoing{Key: "42", Chat: "+79001234567", To: []channels.Address{{Scope: "phone", Address: "+79007654321"}}, Text: strings.Repeat("я", 134)})
	if err != nil || !strings.HasPrefix(sent.RemoteID, "SM") {
		t.Fatalf("%+v %v", sent, err)
	}
	got := far.Sent()[0]
	if got.Get("To") != "+79007654321" || got.Get("From") != "+15550000000" || got.Get("StatusCallback") != hook+"?m=42" || got.Has("MessagingServiceSid") {
		t.Errorf("%v", got)
	}
	_, err = a.Send(t.Context(), channels.Outgoing{Key: "43", Chat: "+79001234567", Text: strings.Repeat("я", 135)})
	if e := channels.AsError(err); e == nil || e.Code != channels.CodeTextTooLong || !strings.Contains(e.Text, "3, 2 are allowed") {
		t.Errorf("a third segment: %v", err)
	}
	a.ServiceSID = "MG" + strings.Repeat("0", 32)
	if _, err := a.Send(t.Context(), channels.Outgoing{Key: "44", Chat: "+79001234567", Text: "x"}); err != nil || far.Sent()[1].Get("MessagingServiceSid") == "" || far.Sent()[1].Has("From") {
		t.Errorf("%v %v", err, far.Sent())
	}
	f, err := a.Fetch(t.Context(), channels.Media{Ref: "/2010-04-01/Accounts/" + smstest.AccountSID + "/Messages/MM1/Media/ME1"}, &channeltest.Files{})
	if err != nil || f.Type != "image/jpeg" || f.Size != 7 {
		t.Errorf("%+v %v", f, err)
	}
	for ref, kind := range map[string]channels.ErrorKind{"/2010-04-01/Accounts/x": channels.Permanent, "https://evil.example/": channels.Permanent} {
		if _, err := a.Fetch(t.Context(), channels.Media{Ref: ref}, &channeltest.Files{}); channels.AsError(err).Kind != kind {
			t.Errorf("%s: %v", ref, err)
		}
	}
	if err := a.Test(t.Context()); err != nil {
		t.Error(err)
	}
	far.Suspend()
	if err := a.Test(t.Context()); channels.AsError(err).Code != "account_suspended" {
		t.Errorf("%v", err)
	}
}

func TestErrorsAreUnderstood(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		status, code int
		kind         channels.ErrorKind
		scope        channels.Scope
		says         string
	}{
		{400, 21211, channels.Permanent, channels.ScopeChat, "not a valid phone number"},
		{400, 21610, channels.Permanent, channels.ScopeChat, "STOP"},
		{400, 21606, channels.Permanent, channels.ScopeAccount, "sender"},
		{400, 21611, channels.Transient, channels.ScopeAccount, "queue"},
		{400, 99999, channels.Permanent, channels.ScopeChat, "message log"},
		{401, 20003, channels.AuthFailed, channels.ScopeAccount, "auth token"},
		{401, 0, channels.AuthFailed, channels.ScopeAccount, "does not know us"},
		{404, 20404, channels.Permanent, channels.ScopeChat, "message log"},
		{429, 20429, channels.Transient, channels.ScopeAccount, "too many"},
		{500, 20500, channels.Uncertain, channels.ScopeChat, ""},
		{502, 0, channels.Uncertain, channels.ScopeChat, ""},
		{503, 0, channels.Uncertain, channels.ScopeChat, ""},
		{503, 20503, channels.Transient, channels.ScopeAccount, ""},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			if c.code == 0 {
				w.WriteHeader(c.status)
				return
			}
			smstest.Refuse(w, c.status, c.code)
		}))
		_, err := open(t, server.URL).Send(t.Context(), channels.Outgoing{Key: "1", Chat: "+79001234567", Text: "x"})
		server.Close()
		e := channels.AsError(err)
		if e == nil || e.Kind != c.kind || e.Scope != c.scope || !strings.Contains(e.Text, c.says) || strings.Contains(e.Error(), "+7900") {
			t.Errorf("%d %d: %+v", c.status, c.code, e)
		}
	}
}

func FuzzReceive(f *testing.F) {
	f.Add("MessageSid=SM1&From=%2B79001234567&Body=x&NumMedia=1&MediaUrl0=https://x/2010-04-01/Accounts/y", "")
	f.Add("MessageSid=SM1&MessageStatus=failed&ErrorCode=-1&To=1", "42")
	f.Add("NumMedia=99999999999&SmsSid=x", "-1")
	f.Fuzz(func(t *testing.T, body, ours string) {
		form, err := url.ParseQuery(body)
		if err != nil || strings.Contains(ours, "\x00") {
			return
		}
		a := open(t, "")
		r := channels.Request{Method: "POST", Body: []byte(body), Query: map[string]string{"m": ours}}
		r.Header = map[string]string{"x-twilio-signature": smstest.Sign(smstest.AuthToken, hook+"?"+url.Values{"m": {ours}}.Encode(), form)}
		rec := channeltest.NewRecorder(channeltest.NewJournal())
		if answer, err := a.Receive(t.Context(), r, rec); err != nil || answer.Status != 200 {
			t.Fatalf("%d %v", answer.Status, err)
		}
		if faults := rec.Faults(); len(faults) > 0 {
			t.Error(faults)
		}
	})
}

// answers is a way to the network that gives one answer after the other, the last for ever.
type answers []int

func (a *answers) RoundTrip(*http.Request) (*http.Response, error) {
	status := (*a)[0]
	if len(*a) > 1 {
		*a = (*a)[1:]
	}
	return &http.Response{StatusCode: status, Body: io.NopCloser(strings.NewReader(`{"status":"active","code":20003}`)), Header: http.Header{}}, nil
}

// TestAChangedTokenIsNoticed has nobody write for half an hour, after which Twilio no longer takes the token.
func TestAChangedTokenIsNoticed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a, err := twilio.Open(twilio.Config{ID: 5, AccountSID: smstest.AccountSID, AuthToken: smstest.AuthToken, From: "+15550000000", Base: "http://far", Region: "RU", MaxSegments: 2},
			channels.Env{HTTP: &http.Client{Transport: &answers{200, 200, 200, 401}}, Now: time.Now})
		if err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		in := channeltest.NewRecorder(channeltest.NewJournal())
		e := channels.AsError(a.Run(t.Context(), in))
		if e == nil || e.Kind != channels.AuthFailed || time.Since(begun) != 30*time.Minute {
			t.Errorf("%v after %s", e, time.Since(begun))
		}
		if said := in.Statuses(); len(said) != 2 || said[1].State != channels.StateConnected {
			t.Errorf("%+v", said)
		}
	})
}
