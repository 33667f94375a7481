package smtp_test

import (
	"context"
	"encoding/base64"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"parley/channels"
	"parley/channels/email/connect"
	"parley/channels/email/smtp"
)

const (
	user     = "support@example.org"
	password = "correct horse battery"
)

func encode(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }

// signsIn is a server's script that knows the account, by every mechanism.
func signsIn(_ int, step, line string) string {
	const refused = "535 5.7.8 Error: authentication failed"
	switch {
	case step == "AUTH" && line == "AUTH PLAIN "+encode("\x00"+user+"\x00"+password):
		return ""
	case step == "AUTH" && line == "AUTH XOAUTH2 "+encode("user="+user+"\x01auth=Bearer good\x01\x01"):
		return ""
	case step == "AUTH" && strings.HasPrefix(line, "AUTH XOAUTH2"):
		return "334 " + encode(`{"status":"400"}`)
	case step == "AUTH" && line == "AUTH LOGIN":
		return "334 " + encode("Username:")
	case step == "AUTH" && line == "AUTH CRAM-MD5":
		return "334 " + encode("<1@test>")
	case step == "AUTH+" && strings.HasPrefix(line, "AUTH LOGIN") && strings.Count(line, "\n") == 1:
		return "334 " + encode("Password:")
	case step == "AUTH+" && line == "AUTH LOGIN\n"+encode(user)+"\n"+encode(password):
		return ""
	case step == "AUTH+" && line == "AUTH CRAM-MD5\n"+encode(user+" 1c42bf49dbb41f4fc3ddf4b26b9b96bb"):
		return ""
	case step == "AUTH" || step == "AUTH+":
		return refused
	}
	return ""
}

// tokens is a source whose first tokens may be bad.
type tokens struct {
	mu   sync.Mutex
	list []string // the present one first
	err  error
}

func (s *tokens) Token(context.Context) (string, string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return user, s.list[0], s.err
}

func (s *tokens) Forget(token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.list) > 1 && s.list[0] == token {
		s.list = s.list[1:]
	}
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name       string
		announce   []string
		password   string
		tokens     connect.TokenSource
		kind, code string
		conns      int
	}{
		{"plain", []string{"AUTH LOGIN PLAIN"}, password, nil, "", "", 1},
		{"login", []string{"AUTH LOGIN"}, password, nil, "", "", 1},
		{"wrong password", []string{"AUTH PLAIN"}, "wrong password", nil, "auth_failed", connect.CodePassword, 1},
		{"wrong password, login", []string{"AUTH LOGIN"}, "wrong password", nil, "auth_failed", connect.CodePassword, 1},
		{"wrong password, cram", []string{"AUTH CRAM-MD5"}, "wrong password", nil, "auth_failed", connect.CodePassword, 1},
		{"no way", []string{"AUTH GSSAPI"}, password, nil, "transient", connect.CodeNeedsTLS, 1},
		{"a relay without sign-in", nil, password, nil, "", "", 1},
		{"sign-in after STARTTLS alone", []string{"STARTTLS"}, password, nil, "transient", connect.CodeNeedsTLS, 1},
		{"token", []string{"AUTH PLAIN XOAUTH2"}, "", &tokens{list: []string{"good"}}, "", "", 1},
		{"bad token", []string{"AUTH XOAUTH2"}, "", &tokens{list: []string{"bad"}}, "auth_failed", connect.CodeConsent, 1},
		{"token that was replaced", []string{"AUTH XOAUTH2"}, "", &tokens{list: []string{"bad", "good"}}, "", "", 2},
		{"tokens that are all bad", []string{"AUTH XOAUTH2"}, "", &tokens{list: []string{"bad", "worse", "worst"}}, "auth_failed", connect.CodeConsent, 2},
		{"token where none is taken", []string{"AUTH PLAIN"}, "", &tokens{list: []string{"good"}}, "auth_failed", connect.CodeNoOAuth, 1},
		{"no token", []string{"AUTH XOAUTH2"}, "", &tokens{list: []string{""}, err: &channels.Error{
			Kind: channels.AuthFailed, Code: connect.CodeConsent, Text: "sign in again", Scope: channels.ScopeAccount,
			Err: &channels.ConfigError{Field: "oauth", RU: "войдите снова", EN: "sign in again"},
		}}, "auth_failed", connect.CodeConsent, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := (&server{announce: c.announce, answer: signsIn}).start(t)
			config := s.config()
			config.Username, config.Password = user, c.password
			sender := newSender(t, config, environment(), c.tokens)
			_, e := send(t, sender, outgoing(1))
			want(t, e, c.kind, c.code)
			if s.count("CONNECT") != c.conns {
				t.Errorf("%d connections, want %d", s.count("CONNECT"), c.conns)
			}
			if e == nil {
				return
			}
			if e.Scope != channels.ScopeAccount {
				t.Error("a refused sign-in concerns the whole account")
			}
			if strings.Contains(e.Text+e.Error(), "wrong password") {
				t.Errorf("the error holds the password: %v", e)
			}
		})
	}
}

func TestSignInAnswers(t *testing.T) {
	t.Parallel()
	for answer, wanted := range map[string]struct{ kind, code string }{
		"535 5.7.9 Application-specific password required":                              {"auth_failed", connect.CodeAppPassword},
		"534 5.7.14 Please log in via your web browser":                                 {"auth_failed", connect.CodeBrowserNeeded},
		"535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled": {"auth_failed", connect.CodeSwitchedOff},
		"530 5.7.0 Must issue a STARTTLS command first":                                 {"transient", connect.CodeNeedsTLS},
		"454 4.7.0 Temporary authentication failure":                                    {"transient", connect.CodeBusy},
		"421 4.7.0 Too many failed attempts":                                            {"transient", connect.CodeBusy},
		"535 5.7.8 who is " + password + "? or " + encode("\x00"+user+"\x00"+password):  {"auth_failed", connect.CodePassword},
		"454 4.7.0 who is " + password + "? or " + encode("\x00"+user+"\x00"+password):  {"transient", connect.CodeBusy},
		"250 OK":                        {"auth_failed", smtp.CodeOddWelcome},
		"nonsense":                      {"transient", connect.CodeUnexpected},
		"334 !!!":                       {"transient", connect.CodeUnexpected},
		"334 " + encode("say it again"): {"transient", connect.CodeUnexpected},
		drop:                            {"transient", connect.CodeHungUp},
		hang:                            {"transient", connect.CodeTimeout},
	} {
		t.Run(answer, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { // silence is waited for
				s := &server{announce: []string{"AUTH PLAIN"}, answer: only("AUTH", answer)}
				config, env := s.virtual()
				config.Username, config.Password = user, password
				_, e := send(t, newSender(t, config, env, nil), outgoing(1))
				want(t, e, wanted.kind, wanted.code)
				for _, secret := range []string{password, encode("\x00" + user + "\x00" + password)} {
					if strings.Contains(e.Text+e.Error(), secret) {
						t.Errorf("the error holds the secret %q: %v", secret, e)
					}
				}
				if s.count("MAIL") != 0 {
					t.Error("a mail was begun without a sign-in")
				}
			})
		})
	}
}

func TestSecurity(t *testing.T) {
	t.Parallel()
	const starttls, implicit = "starttls", "implicit"
	for _, c := range []struct {
		name       string
		server     string // what it speaks; "" = no TLS
		named      string // in its certificate
		lasts      time.Duration
		trusted    bool
		security   connect.Security
		kind, code string
	}{
		{"tls", implicit, "127.0.0.1", time.Hour, true, connect.TLS, "", ""},
		{"starttls", starttls, "127.0.0.1", time.Hour, true, connect.STARTTLS, "", ""},
		{"unknown issuer", implicit, "127.0.0.1", time.Hour, false, connect.TLS, "transient", connect.CodeCertUnknown},
		{"unknown issuer, starttls", starttls, "127.0.0.1", time.Hour, false, connect.STARTTLS, "transient", connect.CodeCertUnknown},
		{"expired", implicit, "127.0.0.1", -time.Hour, true, connect.TLS, "transient", connect.CodeCertExpired},
		{"expired, starttls", starttls, "127.0.0.1", -time.Hour, true, connect.STARTTLS, "transient", connect.CodeCertExpired},
		{"another's name", implicit, "mail.example.org", time.Hour, true, connect.TLS, "transient", connect.CodeCertName},
		{"another's name, starttls", starttls, "mail.example.org", time.Hour, true, connect.STARTTLS, "transient", connect.CodeCertName},
		{"no starttls", "", "127.0.0.1", time.Hour, true, connect.STARTTLS, "transient", connect.CodeNoSTARTTLS},
		{"tls where there is none", "", "127.0.0.1", time.Hour, true, connect.TLS, "transient", connect.CodeSpeaksNoTLS},
		{"none where there is tls", implicit, "127.0.0.1", time.Hour, true, connect.None, "transient", connect.CodeSpeaksTLS},
		{"starttls where there is tls", implicit, "127.0.0.1", time.Hour, true, connect.STARTTLS, "transient", connect.CodeSpeaksTLS},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { // a silent server is waited for
				s := &server{implicit: c.server == implicit, announce: []string{"AUTH PLAIN"}}
				if c.server == starttls {
					s.announce = append(s.announce, "STARTTLS")
				}
				until := time.Now().Add(c.lasts)
				config, env := s.virtual()
				s.tls, config.Roots = certificate(t, c.named, until)
				if !c.trusted {
					_, config.Roots = certificate(t, c.named, until)
				}
				config.Server.Security, config.Username, config.Password = c.security, user, password
				sender := newSender(t, config, env, nil)
				_, e := send(t, sender, outgoing(1))
				want(t, e, c.kind, c.code)
				if probe := sender.Probe(t.Context()); (probe == nil) != (e == nil) {
					t.Errorf("the probe says %v", probe)
				}
				if c.code != "" && s.count("AUTH") != 0 {
					t.Error("the password has left though the connection is not what was asked for")
				}
				if c.code == "" && len(s.taken()) != 1 {
					t.Errorf("the server took %d mails", len(s.taken()))
				}
			})
		})
	}
}

func TestStartTLSRefused(t *testing.T) {
	t.Parallel()
	s := &server{announce: []string{"STARTTLS"}, answer: only("STARTTLS", "454 4.7.0 not now")}
	config := s.start(t).config()
	config.Server.Security = connect.STARTTLS
	_, e := send(t, newSender(t, config, environment(), nil), outgoing(1))
	want(t, e, "transient", connect.CodeBusy)
}

func only(step, answer string) func(int, string, string) string {
	return func(_ int, at, _ string) string {
		if at == step {
			return answer
		}
		return ""
	}
}

// TestInjectedGreeting puts an answer behind that to STARTTLS in the clear, where an attacker could.
// It must not be taken for one of the protected server's.
func TestInjectedGreeting(t *testing.T) {
	t.Parallel()
	good, roots := certificate(t, "127.0.0.1", time.Now().Add(time.Hour))
	s := &server{tls: good, announce: []string{"STARTTLS"}, answer: only("STARTTLS", "220 go ahead\r\n250-evil\r\n250 AUTH PLAIN")}
	config := s.start(t).config()
	config.Server.Security, config.Roots, config.Username, config.Password = connect.STARTTLS, roots, user, password
	if _, e := send(t, newSender(t, config, environment(), nil), outgoing(1)); e == nil {
		t.Error("the injected answer was believed")
	}
	if s.count("AUTH") != 0 {
		t.Error("the password has left")
	}
}

func TestProbe(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, step, answer string
		password           string
		code, field        string
		kind               channels.ErrorKind
	}{
		{"good", "", "", password, "", "", 0},
		{"wrong password", "", "", "wrong password", connect.CodePassword, "smtp_password", channels.AuthFailed},
		{"sender refused", "MAIL", "553 5.7.1 not yours", password, smtp.CodeSender, "address", channels.Permanent},
		{"sign-in needed", "MAIL", "530 5.7.0 authentication required", password, smtp.CodeSignIn, "username", channels.AuthFailed},
		{"busy", "MAIL", "451 4.3.0 later", password, smtp.CodeLater, "", channels.Transient},
		{"not smtp", "CONNECT", "* OK IMAP4rev1", password, connect.CodeOtherService, "smtp_port", channels.Permanent},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := &server{announce: []string{"AUTH PLAIN"}, answer: func(n int, step, line string) string {
				if step == c.step {
					return c.answer
				}
				return signsIn(n, step, line)
			}}
			config := s.start(t).config()
			config.Username, config.Password, config.PasswordField = user, c.password, "smtp_password"
			err := newSender(t, config, environment(), nil).Probe(t.Context())
			if c.code == "" {
				if err != nil || s.count("DATA") != 0 {
					t.Errorf("the probe says %v", err)
				}
				return
			}
			e, ok := err.(*channels.Error)
			if !ok || e.Code != c.code || e.Kind != c.kind {
				t.Fatalf("the probe says %v, want %s (%s)", err, c.code, c.kind)
			}
			checkError(t, e)
			if field, ok := errors.AsType[*channels.ConfigError](err); ok && field.Field != c.field || !ok && c.field != "" {
				t.Errorf("the field to mend is %+v, want %s", field, c.field)
			}
		})
	}
}

func TestHello(t *testing.T) {
	t.Parallel()
	var lines []string
	var mu sync.Mutex
	s := &server{answer: func(_ int, step, line string) string {
		mu.Lock()
		defer mu.Unlock()
		lines = append(lines, line)
		if step == "EHLO" {
			return "502 what?" // an old server
		}
		return ""
	}}
	config := s.start(t).config()
	config.Address = "support@пример.рф"
	_, e := send(t, newSender(t, config, environment(), nil), outgoing(1))
	want(t, e, "", "")
	mu.Lock()
	defer mu.Unlock()
	if !slices.Contains(lines, "EHLO xn--e1afmkfd.xn--p1ai") || !slices.Contains(lines, "HELO xn--e1afmkfd.xn--p1ai") || !slices.Contains(lines, "MAIL FROM:<support@xn--e1afmkfd.xn--p1ai>") {
		t.Errorf("the server heard %q", lines)
	}
}
