package gateway_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/sms/gateway"
)

// open returns an account of a preset at a server.
func open(t *testing.T, d gateway.Description, base string) *gateway.Account {
	t.Helper()
	a, err := gateway.Open(gateway.Config{
		ID: 5, Description: d, Login: "shop", Password: "s3cret key", From: "SHOP", Base: base, Region: "RU", MaxSegments: 6,
		Hook: func() string { return "https://hub.example.com/hooks/5/x" },
	}, channels.Env{HTTP: http.DefaultClient, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func preset(t *testing.T, name string) gateway.Description {
	t.Helper()
	d, err := gateway.Preset(name)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return d
}

// sample is how a known gateway answers and pushes, by its own documentation.
var samples = map[string]struct {
	path     string
	contains []string // in the request: query, headers or body
	taken    string
	id       string
	refused  map[string]channels.ErrorKind
	receipts map[string]channels.DeliveryState // push: state
	inbound  string
}{
	"smsc": {
		"/sys/send.php", []string{"login=shop", "phones=79001234567", "mes=%D0%BF%D1%80%D0%B8%D0%B2%D0%B5%D1%82", "sender=SHOP"}, `{"id":1234,"cnt":1}`, "1234",
		map[string]channels.ErrorKind{`{"error":"authorise error","error_code":2}`: channels.AuthFailed, `{"error":"invalid number","error_code":7,"id":9}`: channels.Permanent, `{"error":"no money","error_code":3}`: channels.Transient},
		map[string]channels.DeliveryState{"id=1234&phone=79001234567&status=1&time=x": channels.Delivered, "id=1234&status=20&err=1": channels.DeliveryFailed},
		"id=7&phone=79001234567&mes=%D1%81%D1%82%D0%BE%D0%BF&to=7900",
	},
	"smsru": {
		"/sms/send", []string{"api_id=s3cret+key", "to=79001234567", "json=1"},
		`{"status":"OK","status_code":100,"sms":{"79001234567":{"status":"OK","status_code":100,"sms_id":"000000-10000000"}},"balance":4122.56}`, "000000-10000000",
		map[string]channels.ErrorKind{
			`{"status":"ERROR","status_code":200,"status_text":"x"}`:                                                         channels.AuthFailed,
			`{"status":"OK","status_code":100,"sms":{"79001234567":{"status":"ERROR","status_code":207,"status_text":"x"}}}`: channels.Permanent,
		},
		map[string]channels.DeliveryState{
			url.Values{"data[0]": {"sms_status\n000000-10000000\n103\n1786346415"}}.Encode(): channels.Delivered,
			url.Values{"data[]": {"sms_status\n000000-10000000\n104"}}.Encode():              channels.DeliveryFailed,
		}, "",
	},
	"smsaero": {
		"/v2/sms/send", []string{"Basic c2hvcDpzM2NyZXQga2V5", `"number": "79001234567"`, `"text": "привет"`, `"sign": "SHOP"`, `"callbackUrl": "https://hub.example.com`},
		`{"success":true,"data":{"id":1,"from":"SHOP","status":8},"message":null}`, "1",
		map[string]channels.ErrorKind{`{"success":false,"data":null,"message":"Validation error."}`: channels.Permanent, `{"result":"reject","reason":"empty field"}`: channels.Permanent},
		map[string]channels.DeliveryState{"id=1&status=1&extendStatus=delivery": channels.Delivered, "id=1&status=2": channels.DeliveryFailed}, "",
	},
	"exolve": {
		"/messaging/v1/SendSMS", []string{"Bearer s3cret key", `"destination": "79001234567"`, `"text": "привет"`, `"number": "SHOP"`}, `{"message_id":"439166538227447232"}`, "439166538227447232",
		map[string]channels.ErrorKind{`{"error":{"code":"3","message":"x"}}`: channels.Permanent}, nil, "",
	},
	"infobip": {
		"/sms/3/messages", []string{"App s3cret key", `"to": "79001234567"`, `"text": "привет"`},
		`{"bulkId":"b","messages":[{"messageId":"m-1","status":{"groupId":1,"groupName":"PENDING","id":26,"name":"PENDING_ACCEPTED"},"destination":"79001234567"}]}`, "m-1",
		map[string]channels.ErrorKind{
			`{"messages":[{"messageId":"m","status":{"groupName":"REJECTED","name":"REJECTED_NETWORK"}}]}`: channels.Permanent,
			`{"requestError":{"serviceException":{"messageId":"UNAUTHORIZED","text":"Invalid login"}}}`:    channels.AuthFailed,
		},
		map[string]channels.DeliveryState{
			`{"results":[{"messageId":"m-1","to":"79001234567","status":{"groupId":3,"groupName":"DELIVERED","name":"DELIVERED_TO_HANDSET"}}]}`: channels.Delivered,
			`{"results":[{"messageId":"m-1","status":{"groupName":"EXPIRED","name":"EXPIRED_EXPIRED"}}]}`:                                       channels.DeliveryFailed,
		},
		`{"results":[{"messageId":"i-1","from":"79001234567","to":"7900","text":"стоп","receivedAt":"x"}],"messageCount":1}`,
	},
	"46elks": {
		"/a1/sms", []string{"to=%2B79001234567", "whendelivered="}, `{"id":"s70df","status":"created"}`, "s70df", nil,
		map[string]channels.DeliveryState{"id=s70df&status=delivered&delivered=x": channels.Delivered, "id=s70df&status=failed": channels.DeliveryFailed},
		"id=s9&from=%2B79001234567&to=%2B46700&message=%D1%81%D1%82%D0%BE%D0%BF&direction=incoming&created=x",
	},
}

func TestPresetsSpeakToTheirGateways(t *testing.T) {
	t.Parallel()
	for _, name := range gateway.Presets() {
		c, ok := samples[name]
		if !ok {
			t.Errorf("%s has no samples", name)
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			answer, request := c.taken, ""
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				request = r.URL.Path + "\n" + r.URL.RawQuery + "\n" + r.Header.Get("Authorization") + "\n" + string(body)
				_, _ = io.WriteString(w, answer)
			}))
			t.Cleanup(server.Close)
			d := preset(t, name)
			if d.Source == "" || d.Checked == "" {
				t.Error("the preset does not say where it is from")
			}
			a := open(t, d, server.URL)
			m := channels.Outgoing{Key: "42", Chat: "+79001234567", Text: "привет"}
			if sent, err := a.Send(t.Context(), m); err != nil || sent.RemoteID != c.id {
				t.Fatalf("%+v %v", sent, err)
			}
			for _, part := range append(c.contains, c.path+"\n") {
				if !strings.Contains(request, part) {
					t.Errorf("the request lacks %q:\n%s", part, request)
				}
			}
			for text, kind := range c.refused {
				answer = text
				if _, err := a.Send(t.Context(), m); channels.AsError(err) == nil || channels.AsError(err).Kind != kind || strings.Contains(channels.AsError(err).Code, " ") {
					t.Errorf("%s: %v, want %s", text, err, kind)
				}
			}
			answer = "<html>Bad gateway?"
			if _, err := a.Send(t.Context(), m); channels.AsError(err) == nil || channels.AsError(err).Kind != channels.Uncertain {
				t.Errorf("nonsense: %v", err)
			}
			for push, state := range c.receipts {
				events := receive(t, a, push)
				if len(events) != 1 || events[0].Receipt == nil || events[0].Receipt.State != state || events[0].Receipt.RemoteID != c.id {
					t.Errorf("%s: %+v", push, events)
				}
			}
			if c.inbound == "" {
				return
			}
			events := receive(t, a, c.inbound)
			if len(events) != 1 || events[0].Message == nil || events[0].Message.Text != "стоп" || events[0].Sender.Address != "+79001234567" || events[0].Sender.Scope != "phone" {
				t.Errorf("%+v", events)
			}
		})
	}
}

func receive(t *testing.T, a *gateway.Account, body string) []channels.Event {
	t.Helper()
	rec := channeltest.NewRecorder(channeltest.NewJournal())
	r, err := a.Receive(t.Context(), channels.Request{Method: "POST", Body: []byte(body)}, rec)
	if err != nil || r.Status != 200 {
		t.Fatalf("%d %v", r.Status, err)
	}
	if faults := rec.Faults(); len(faults) > 0 {
		t.Fatal(faults)
	}
	return rec.Events()
}

const minimal = `{"method":"GET","url":"https://x.example/send?a={login}","query":{"to":"{to}","text":"{text}"},"taken":{"match":"^OK ?(\\w*)"},
	"receipt":{"when":{"path":"s"},"id":"i","state":"s","states":{"D":"delivered"},"answer":"ACK"},"inbound":{"when":{"path":"t"},"id":"i","from":"f","text":"t"}}`

func parse(t *testing.T, text string) gateway.Description {
	t.Helper()
	d, err := gateway.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestHolesAreFilledAsTheirPlaceDemands(t *testing.T) {
	t.Parallel()
	var got *http.Request
	var body string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = r
		data, _ := io.ReadAll(r.Body)
		body = string(data)
		_, _ = io.WriteString(w, `{"ok":1}`)
	}))
	t.Cleanup(server.Close)
	const evil = "a&b=c \"quoted\" {to} {password}\n\\"
	d := parse(t, `{"url":"https://x.example/p?l={login}","headers":{"X-Key":"{password}"},"query":{"text":"{text}","from":"{from}"},
		"json":{"to":"{to}","t":"{text}","k":"{key}"},"plus":true,"taken":{"path":"ok","match":"1"}}`)
	a := open(t, d, server.URL+"/proxy")
	a.From = ""
	if _, err := a.Send(t.Context(), channels.Outgoing{Key: "42", Chat: "+79001234567", Text: evil}); err != nil {
		t.Fatal(err)
	}
	query := got.URL.Query()
	if got.URL.Path != "/proxy/p" || query.Get("text") != evil || query.Get("l") != "shop" || query.Has("from") || got.Header.Get("X-Key") != "s3cret key" {
		t.Errorf("%s %v", got.URL, got.Header)
	}
	if want := `{"to":"+79001234567","t":"a&b=c \"quoted\" {to} {password}\n\\","k":"42"}`; strings.ReplaceAll(body, `\u0026`, "&") != want {
		t.Errorf("%s", body)
	}
}

func TestDescriptionsThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	for text, says := range map[string]string{
		`{`: "unexpected", `{"url":"https://x/"}`: "{to} and {text}", `{"url":"ftp://x/{to}{text}"}`: "url",
		`{"url":"https://x/{to}{text}","method":"PUT"}`: "method", `{"url":"https://x/{to}{text}","colour":1}`: "colour",
		`{"url":"https://x/{to}{text}","taken":{"match":"("}}`: "match", `{"url":"https://x/{to}{text}","reasons":{"1":"perhaps"}}`: "reasons.1",
		`{"url":"https://x/{to}{text}","receipt":{"when":{},"id":"i"}}`: "receipt", `{"url":"https://x/{to}{text}","inbound":{"when":{}}}`: "inbound",
		`{"url":"https://x/{to}{text}","form":{"a":"b"},"json":{}}`: "one of them", `{"url":"https://x/{to}{text}","method":"GET","form":{"a":"b"}}`: "no body",
		`{"url":"https://x/{to}{text}","receipt":{"when":{},"id":"i","state":"s","states":{"1":"gone"}}}`: "states.1",
	} {
		if _, err := gateway.Parse([]byte(text)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", text, err)
		}
	}
	if _, err := gateway.Parse([]byte(strings.Repeat(" ", 20_000))); err == nil {
		t.Error("a long one")
	}
}

func TestPushesOfAnyForm(t *testing.T) {
	t.Parallel()
	a := open(t, parse(t, minimal), "")
	for name, c := range map[string]struct {
		r      channels.Request
		kind   string
		answer string
	}{
		"form":              {channels.Request{Body: []byte("i=1&s=D")}, "receipt", "ACK"},
		"query":             {channels.Request{Query: map[string]string{"i": "1", "s": "D"}}, "receipt", "ACK"},
		"JSON":              {channels.Request{Body: []byte(`{"i":1,"s":"D"}`)}, "receipt", "ACK"},
		"on the way":        {channels.Request{Body: []byte("i=1&s=Q")}, "", "ACK"},
		"message":           {channels.Request{Body: []byte("i=1&f=79001234567&t=hi")}, "message", "ACK"},
		"message, nameless": {channels.Request{Body: []byte("f=79001234567&t=hi")}, "message", "ACK"},
		"a look":            {channels.Request{}, "", "ACK"},
		"neither":           {channels.Request{Body: []byte("hello")}, "problem", "ACK"},
	} {
		rec := channeltest.NewRecorder(channeltest.NewJournal())
		r, err := a.Receive(t.Context(), c.r, rec)
		got := ""
		for _, ev := range rec.Events() {
			switch {
			case ev.Message != nil:
				got = "message"
			case ev.Receipt != nil:
				got = "receipt"
			default:
				got = "problem"
			}
		}
		if err != nil || r.Status != 200 || string(r.Body) != c.answer || got != c.kind {
			t.Errorf("%s: %d %q %s %v", name, r.Status, r.Body, got, err)
		}
	}
	rec := channeltest.NewRecorder(channeltest.NewJournal())
	rec.Next(channeltest.Refuse)
	if r, err := a.Receive(t.Context(), channels.Request{Body: []byte("i=1&s=D")}, rec); err != nil || r.Status != 503 {
		t.Errorf("not stored: %d %v", r.Status, err)
	}
	if _, err := gateway.Open(gateway.Config{Description: parse(t, minimal)}, channels.Env{}); err == nil || err.(*channels.ConfigError).Field != "login" {
		t.Errorf("no login: %v", err)
	}
}

// TestListSaysWhatThePresetsSay holds the list of the connect form against the descriptions.
func TestListSaysWhatThePresetsSay(t *testing.T) {
	t.Parallel()
	all := gateway.All()
	for _, known := range all {
		d, err := gateway.Preset(known.Name)
		if err != nil {
			t.Errorf("%s: %v", known.Name, err)
			continue
		}
		_, err = gateway.Open(gateway.Config{Description: d, Password: "key"}, channels.Env{})
		if needs := err != nil; d.Name != known.Title || needs != known.Login {
			t.Errorf("the list says %+v; the preset is called %q and without a login there is: %v", known, d.Name, err)
		}
	}
	if len(all) != len(gateway.Presets()) {
		t.Errorf("%d gateways are listed, there are %v", len(all), gateway.Presets())
	}
}

func FuzzReceive(f *testing.F) {
	for _, c := range samples {
		for push := range c.receipts {
			f.Add([]byte(push))
		}
		f.Add([]byte(c.inbound))
	}
	f.Add([]byte(`{"results":[null,1,"x",{"messageId":{}}]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, name := range gateway.Presets() {
			a := open(t, preset(t, name), "")
			rec := channeltest.NewRecorder(channeltest.NewJournal())
			if r, err := a.Receive(t.Context(), channels.Request{Method: "POST", Body: body}, rec); err != nil || r.Status != 200 {
				t.Fatalf("%s: %d %v", name, r.Status, err)
			}
			if faults := rec.Faults(); len(faults) > 0 {
				t.Errorf("%s: %v", name, faults)
			}
		}
	})
}
