package connect_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"parley/channels"
	"parley/channels/email/connect"
)

// zone is a Resolver of what a test says.
type zone struct {
	srv  map[string][]*net.SRV
	mx   map[string]string
	host map[string]bool
}

var errNoRecord = &net.DNSError{Err: "no such host", IsNotFound: true}

func (z zone) LookupSRV(_ context.Context, service, proto, name string) (string, []*net.SRV, error) {
	if list := z.srv["_"+service+"._"+proto+"."+name]; list != nil {
		return "", list, nil
	}
	return "", nil, errNoRecord
}

func (z zone) LookupMX(_ context.Context, name string) ([]*net.MX, error) {
	if host := z.mx[name]; host != "" {
		return []*net.MX{{Host: host, Pref: 10}}, nil
	}
	return nil, errNoRecord
}

func (z zone) LookupHost(_ context.Context, name string) ([]string, error) {
	if z.host[name] {
		return []string{"192.0.2.1"}, nil
	}
	return nil, errNoRecord
}

// web answers requests by host and path, without a network.
type web map[string]string

func (w web) RoundTrip(r *http.Request) (*http.Response, error) {
	rec := httptest.NewRecorder()
	if r.URL.Scheme != "https" {
		return nil, errors.New("asked in the open")
	}
	if body, ok := w[r.URL.Host+r.URL.Path]; ok {
		_, _ = rec.WriteString(body)
	} else {
		rec.WriteHeader(http.StatusNotFound)
	}
	return rec.Result(), nil
}

const described = `<?xml version="1.0" encoding="UTF-8"?><clientConfig version="1.1"><emailProvider id="x">
<displayName>Small Host</displayName>
<incomingServer type="pop3"><hostname>pop.small.example</hostname><port>995</port><socketType>SSL</socketType></incomingServer>
<incomingServer type="imap"><hostname>in.small.example</hostname><port>143</port><socketType>STARTTLS</socketType><username>%EMAILLOCALPART%</username></incomingServer>
<incomingServer type="imap"><hostname>IN.small.example</hostname><port>993</port><socketType>SSL</socketType><username>%EMAILLOCALPART%</username></incomingServer>
<outgoingServer type="smtp"><hostname>out.%EMAILDOMAIN%</hostname><port>587</port><socketType>STARTTLS</socketType></outgoingServer>
</emailProvider></clientConfig>`

func TestDiscover(t *testing.T) {
	t.Parallel()
	dns := zone{
		srv: map[string][]*net.SRV{
			"_imaps._tcp.own.example":       {{Target: "mx.own.example.", Port: 9993}},
			"_submission._tcp.own.example":  {{Target: "mx.own.example.", Port: 587}},
			"_submissions._tcp.own.example": {{Target: ".", Port: 0}},
			"_imaps._tcp.half.example":      {{Target: "imap.half.example.", Port: 993}},
		},
		mx: map[string]string{
			"firm.example": "aspmx.l.google.com.", "office.example": "office-example.mail.protection.outlook.com.",
			"xn--80apmps.example": "mx.yandex.net.", "hosted.example": "mx1.host.example.",
		},
		host: map[string]bool{"mail.plain.example": true},
	}
	client := &http.Client{Transport: web{
		"autoconfig.small.example/mail/config-v1.1.xml":    described,
		"autoconfig.thunderbird.net/v1.1/host.example":     strings.ReplaceAll(described, "%EMAILLOCALPART%", "%EMAILADDRESS%"),
		"autoconfig.insecure.example/mail/config-v1.1.xml": strings.NewReplacer("SSL", "plain", "STARTTLS", "plain").Replace(described),
	}}
	for _, c := range []struct {
		address, source, provider, imap, smtp, user string
		oauth, app                                  bool
	}{
		{"Jane@Gmail.com", "known", "google", "imap.gmail.com:993:tls", "smtp.gmail.com:465:tls", "Jane@gmail.com", true, true},
		{"a@outlook.com", "known", "microsoft", "outlook.office365.com:993:tls", "smtp.office365.com:587:starttls", "a@outlook.com", true, false},
		{"a@bk.ru", "known", "mailru", "imap.mail.ru:993:tls", "smtp.mail.ru:465:tls", "a@bk.ru", true, true},
		{"a@rambler.ru", "known", "rambler", "imap.rambler.ru:993:tls", "smtp.rambler.ru:465:tls", "a@rambler.ru", false, false},
		{"a@own.example", "srv", "", "mx.own.example:9993:tls", "mx.own.example:587:starttls", "a@own.example", false, false},
		{"a@firm.example", "mx", "google", "imap.gmail.com:993:tls", "smtp.gmail.com:465:tls", "a@firm.example", true, true},
		{"a@office.example", "mx", "microsoft", "outlook.office365.com:993:tls", "smtp.office365.com:587:starttls", "a@office.example", true, false},
		{"a@фирма.example", "mx", "yandex", "imap.yandex.ru:993:tls", "smtp.yandex.ru:465:tls", "a@xn--80apmps.example", true, true},
		{"bob@small.example", "autoconfig", "", "in.small.example:993:tls", "out.small.example:587:starttls", "bob", false, false},
		{"bob@hosted.example", "autoconfig", "", "in.small.example:993:tls", "out.hosted.example:587:starttls", "bob@hosted.example", false, false},
		{"bob@insecure.example", "guess", "", "imap.insecure.example:993:tls", "smtp.insecure.example:465:tls", "bob@insecure.example", false, false},
		{"a@half.example", "guess", "", "imap.half.example:993:tls", "smtp.half.example:465:tls", "a@half.example", false, false},
		{"a@plain.example", "guess", "", "mail.plain.example:993:tls", "mail.plain.example:465:tls", "a@plain.example", false, false},
	} {
		t.Run(c.address, func(t *testing.T) {
			t.Parallel()
			d, err := connect.Finder{DNS: dns, HTTP: client}.Discover(t.Context(), c.address)
			if err != nil {
				t.Fatal(err)
			}
			at := func(p string) string {
				return d.Config[p+"_host"] + ":" + d.Config[p+"_port"] + ":" + d.Config[p+"_security"]
			}
			if d.Source != c.source || d.Provider != c.provider || at("imap") != c.imap || at("smtp") != c.smtp ||
				d.Config["username"] != c.user || d.OAuth != c.oauth || d.AppPassword != c.app {
				t.Errorf("found %+v", d)
			}
			if d.AppPassword && (d.HelpURL == "" || d.Hint.RU == "" || d.Hint.EN == "") {
				t.Errorf("nobody says where to make an app password: %+v", d)
			}
		})
	}
}

func TestDiscoverRefusesWhatIsNoAddress(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"", "jane", "@gmail.com", "jane@", "jane@localhost", "jane@exa mple.com", "a@b@", "Jane <jane@example.com>", "a@" + strings.Repeat("x", 300) + ".com"} {
		_, err := connect.Finder{}.Discover(t.Context(), address)
		var bad *channels.ConfigError
		if !errors.As(err, &bad) || bad.Field != "address" || bad.RU == "" {
			t.Errorf("%q: %v", address, err)
		}
	}
}

func FuzzAutoconfig(f *testing.F) {
	f.Add([]byte(described))
	f.Add([]byte("<clientConfig><emailProvider><incomingServer type='imap'>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		imap, smtp, err := connect.Autoconfig(data)
		if err != nil {
			return
		}
		for _, e := range []connect.Endpoint{imap, smtp} {
			if e.Security == connect.None || e.Port < 1 || e.Port > 65535 || strings.ContainsAny(e.Host, " /@:\x00") {
				t.Errorf("would connect to %+v", e)
			}
		}
	})
}
