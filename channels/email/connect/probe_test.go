package connect_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/email/connect"
	"parley/channels/email/imap"
	"parley/internal/fault"
)

// answers is a server that lets jane in.
func answers(changes map[string]string) map[string]string {
	all := map[string]string{
		"CAPABILITY":                   "* CAPABILITY IMAP4rev1 STARTTLS\r\nTAG OK done\r\n",
		"STARTTLS":                     "TAG OK go on\r\n",
		`LOGIN "jane" "pass \"word\""`: "* CAPABILITY IMAP4rev1\r\nTAG OK welcome\r\n",
		"LOGIN *":                      "TAG NO [AUTHENTICATIONFAILED] no such jane\r\n",
		"EXAMINE INBOX":                "* 3 EXISTS\r\n* OK [UIDVALIDITY 7] fine\r\n* OK [UIDNEXT 4] fine\r\nTAG OK [READ-ONLY] open\r\n",
		"EXAMINE *":                    "TAG NO [NONEXISTENT] none\r\n",
		"LOGOUT":                       "* BYE\r\nTAG OK\r\n",
	}
	for k, v := range changes {
		all[k] = v
	}
	return all
}

const ready = "* OK ready\r\n"

func TestProbeSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	good, root := certificate(t, host, time.Now().Add(time.Hour))
	unknown, _ := certificate(t, host, time.Now().Add(time.Hour))
	old, oldRoot := certificate(t, host, time.Now().Add(-time.Hour))
	other, otherRoot := certificate(t, "other.example.com", time.Now().Add(time.Hour))
	pool := x509.NewCertPool()
	pool.AddCert(root)
	pool.AddCert(oldRoot)
	pool.AddCert(otherRoot)
	secure := &tls.Config{Certificates: []tls.Certificate{good}}
	basic := map[string]string{"CAPABILITY": "* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\nTAG OK\r\n"}
	plain := "AUTHENTICATE PLAIN " + base64.StdEncoding.EncodeToString([]byte("\x00jane\x00pass \"word\""))
	for _, c := range []struct {
		name     string
		server   script
		security connect.Security
		box      imap.Config
		code     string // "" works
		field    string
		kind     channels.ErrorKind
	}{
		{"works over TLS", script{greeting: ready, tls: secure, answers: answers(nil)}, connect.TLS, imap.Config{}, "", "", 0},
		{"works after STARTTLS", script{greeting: ready, startTLS: secure, answers: answers(nil)}, connect.STARTTLS, imap.Config{}, "", "", 0},
		{"works in the open", script{greeting: ready, answers: answers(nil)}, connect.None, imap.Config{}, "", "", 0},
		{"works by PLAIN", script{greeting: ready, answers: answers(map[string]string{"CAPABILITY": basic["CAPABILITY"], plain: "TAG OK\r\n"})}, connect.None, imap.Config{}, "", "", 0},
		{"TLS where STARTTLS is chosen", script{greeting: ready, tls: secure}, connect.STARTTLS, imap.Config{}, connect.CodeSpeaksTLS, "imap_security", channels.Permanent},
		{"TLS where nothing is chosen", script{greeting: ready, tls: secure}, connect.None, imap.Config{}, connect.CodeSpeaksTLS, "imap_security", channels.Permanent},
		{"no TLS where it is chosen", script{greeting: ready}, connect.TLS, imap.Config{}, connect.CodeSpeaksNoTLS, "imap_security", channels.Permanent},
		{"no STARTTLS", script{greeting: ready, answers: answers(map[string]string{"STARTTLS": "TAG BAD what\r\n"})}, connect.STARTTLS, imap.Config{}, connect.CodeNoSTARTTLS, "imap_security", channels.Permanent},
		{"expired certificate", script{greeting: ready, tls: &tls.Config{Certificates: []tls.Certificate{old}}}, connect.TLS, imap.Config{}, connect.CodeCertExpired, "imap_host", channels.Transient},
		{"another's certificate", script{greeting: ready, tls: &tls.Config{Certificates: []tls.Certificate{other}}}, connect.TLS, imap.Config{}, connect.CodeCertName, "imap_host", channels.Transient},
		{"unknown certificate after STARTTLS", script{greeting: ready, startTLS: &tls.Config{Certificates: []tls.Certificate{unknown}}, answers: answers(nil)}, connect.STARTTLS, imap.Config{}, connect.CodeCertUnknown, "imap_host", channels.Transient},
		{"SMTP", script{greeting: "220 mail.example.com ESMTP\r\n"}, connect.None, imap.Config{}, connect.CodeOtherService, "imap_port", channels.Permanent},
		{"hangs up", script{}, connect.None, imap.Config{}, connect.CodeHungUp, "imap_port", channels.Transient},
		{"busy", script{greeting: "* BYE too many\r\n"}, connect.None, imap.Config{}, connect.CodeBusy, "imap_host", channels.Transient},
		{"wrong password", script{greeting: ready, answers: answers(nil)}, connect.None, imap.Config{Password: "guess"}, connect.CodePassword, "password", channels.AuthFailed},
		{"later", script{greeting: ready, answers: answers(map[string]string{"LOGIN *": "TAG NO [UNAVAILABLE] later\r\n"})}, connect.None, imap.Config{Password: "guess"}, connect.CodeBusy, "password", channels.Transient},
		{"app password", script{greeting: ready, answers: answers(nil)}, connect.None, imap.Config{Password: "guess", Address: "jane@gmail.com"}, connect.CodeAppPassword, "password", channels.AuthFailed},
		{"app password of a stranger", script{greeting: ready, answers: answers(map[string]string{"LOGIN *": "TAG NO [ALERT] Application-specific password required\r\n"})}, connect.None, imap.Config{Password: "guess"}, connect.CodeAppPassword, "password", channels.AuthFailed},
		{"switched off", script{greeting: ready, answers: answers(map[string]string{"LOGIN *": "TAG NO IMAP access is disabled\r\n"})}, connect.None, imap.Config{Password: "guess"}, connect.CodeSwitchedOff, "password", channels.AuthFailed},
		{"browser first", script{greeting: ready, answers: answers(map[string]string{"LOGIN *": "TAG NO [WEBALERT https://x] Web login required.\r\n"})}, connect.None, imap.Config{Password: "guess"}, connect.CodeBrowserNeeded, "password", channels.AuthFailed},
		{"Microsoft", script{greeting: ready, answers: answers(nil)}, connect.None, imap.Config{Password: "guess", Address: "jane@outlook.com"}, connect.CodeAppPassword, "oauth", channels.AuthFailed},
		{"no password in the open", script{greeting: ready, answers: answers(map[string]string{"CAPABILITY": "* CAPABILITY IMAP4rev1 LOGINDISABLED\r\nTAG OK\r\n"})}, connect.None, imap.Config{}, connect.CodeNeedsTLS, "imap_security", channels.Permanent},
		{"no OAuth", script{greeting: ready, answers: answers(nil)}, connect.None, imap.Config{Tokens: token("t")}, connect.CodeNoOAuth, "oauth", channels.AuthFailed},
		{"no such mailbox", script{greeting: ready, answers: answers(nil)}, connect.None, imap.Config{Mailbox: "Заявки"}, connect.CodeMailbox, "mailbox", channels.Transient},
		{"breaks off", script{greeting: ready, answers: answers(map[string]string{"CAPABILITY": ""})}, connect.None, imap.Config{}, connect.CodeHungUp, "imap_port", channels.Transient},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			address := listen(t, c.server)
			box := c.box
			box.Server = connect.Endpoint{Host: host, Port: portOf(t, address), Security: c.security}
			box.Username = "jane"
			if box.Password == "" {
				box.Password = `pass "word"`
			}
			box.Roots = pool
			check(t, probe(t.Context(), address, box), c.code, c.field, c.kind)
		})
	}
}

// check holds an error to a code, a field and a kind, and to having words in both
// languages and no secret.
func check(t *testing.T, err error, code, field string, kind channels.ErrorKind) {
	t.Helper()
	if code == "" {
		if err != nil {
			t.Fatal(err)
		}
		return
	}
	var e *channels.Error
	var c *channels.ConfigError
	if !errors.As(err, &e) || !errors.As(err, &c) {
		t.Fatalf("no words: %v", err)
	}
	if e.Code != code || c.Field != field || e.Kind != kind || c.RU == "" || e.Text != c.EN || c.RU == c.EN {
		t.Errorf("%s about %q (%v): %s / %s", e.Code, c.Field, e.Kind, c.EN, c.RU)
	}
	for _, secret := range []string{"guess", "word\\", "jane"} {
		if strings.Contains(e.Error()+e.Text+c.RU, secret) {
			t.Errorf("%q is told: %v", secret, e)
		}
	}
}

// token is a TokenSource of one token.
type token string

func (s token) Token(context.Context) (string, string, error) { return "jane", string(s), nil }

func TestProbeSignsInByToken(t *testing.T) {
	t.Parallel()
	message := base64.StdEncoding.EncodeToString([]byte("user=jane\x01auth=Bearer t0k3n\x01\x01"))
	caps := "* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\r\nTAG OK\r\n"
	for name, c := range map[string]struct {
		more map[string]string
		code string
	}{
		"accepted": {map[string]string{"CAPABILITY": caps, "AUTHENTICATE XOAUTH2": "+ \r\n", message: "TAG OK in\r\n"}, ""},
		"refused": {map[string]string{"CAPABILITY": caps, "AUTHENTICATE XOAUTH2": "+ \r\n", message: "+ eyJzdGF0dXMiOiI0MDAifQ==\r\n",
			"": "TAG NO [AUTHENTICATIONFAILED] no\r\n"}, connect.CodeConsent},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address := listen(t, script{greeting: ready, answers: answers(c.more)})
			err := probe(t.Context(), address, imap.Config{
				Server: connect.Endpoint{Host: host, Port: portOf(t, address), Security: connect.None}, Username: "jane", Tokens: token("t0k3n"),
			})
			check(t, err, c.code, "oauth", channels.AuthFailed)
		})
	}
}

// forbidden is what the guarded dialer answers, by shape.
type forbidden struct{}

func (forbidden) Error() string { return "may not be called" }
func (forbidden) Text() fault.Text {
	return fault.T("вызов запрещён", "may not be called")
}

func TestDialProblemsInWords(t *testing.T) {
	t.Parallel()
	e := connect.Endpoint{Host: host, Port: 993, Security: connect.TLS}
	closed := func() error {
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		address := ln.Addr().String()
		ln.Close()
		_, err = net.Dial("tcp", address)
		return err
	}()
	for _, c := range []struct {
		err         error
		code, field string
		kind        channels.ErrorKind
	}{
		{&net.OpError{Op: "dial", Err: &net.DNSError{Name: host, IsNotFound: true}}, connect.CodeNameUnknown, "smtp_host", channels.Transient},
		{closed, connect.CodeRefused, "smtp_port", channels.Transient},
		{fmt.Errorf("dial: %w", context.DeadlineExceeded), connect.CodeTimeout, "smtp_port", channels.Transient},
		{fmt.Errorf("dial: %w", forbidden{}), connect.CodeEgress, "smtp_host", channels.Permanent},
		{errors.New("something else"), connect.CodeUnexpected, "smtp_host", channels.Transient},
	} {
		d := connect.Door{Dial: func(context.Context, string, string) (net.Conn, error) { return nil, c.err }}
		_, err := d.Open(t.Context(), connect.SMTP, e)
		check(t, err, c.code, c.field, c.kind)
	}
}

func TestASilentServerEndsWithTheContext(t *testing.T) {
	t.Parallel()
	address := listen(t, script{silent: true})
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	err := probe(ctx, address, imap.Config{Server: connect.Endpoint{Host: host, Port: portOf(t, address), Security: connect.None}})
	check(t, err, connect.CodeTimeout, "imap_port", channels.Transient)
}
