package smtp_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"net/mail"
	"strings"
	"testing"

	"github.com/emersion/go-msgauth/dkim"

	"parley/channels"
	"parley/channels/email/smtp"
	"parley/channels/email/token"
)

func TestFromAndReplyTo(t *testing.T) {
	t.Parallel()
	s := new(server).start(t)
	config := s.config()
	config.Aliases = []string{" Sales@example.COM ", "", "почта@example.org"}
	config.PlusAddress = true
	sender := newSender(t, config, environment(), nil)
	m := outgoing(7)
	m.From, m.FromName, m.Automatic = "SALES@example.com", "Anna", true
	sent, e := send(t, sender, m)
	want(t, e, "", "")
	h := header(t, s.taken()[0].data)
	if h.Get("From") != "Anna <Sales@example.com>" || s.taken()[0].from != "MAIL FROM:<Sales@example.com>" {
		t.Errorf("From is %q, MAIL %q", h.Get("From"), s.taken()[0].from)
	}
	if !strings.HasSuffix(sent.RemoteID, "@example.com") {
		t.Errorf("the Message-ID is %q", sent.RemoteID)
	}
	answers, err := mail.ParseAddress(h.Get("Reply-To"))
	if err != nil || !strings.HasPrefix(answers.Address, "Sales+") || !strings.HasSuffix(answers.Address, "@example.com") {
		t.Fatalf("Reply-To is %q", h.Get("Reply-To"))
	}
	for _, text := range []string{answers.Address, h.Get("Message-ID")} {
		if id, ok := token.Parse(key, text); !ok || id != 7 {
			t.Errorf("%q proves %d, %v", text, id, ok)
		}
	}
	if h.Get("Auto-Submitted") != "auto-generated" {
		t.Errorf("Auto-Submitted is %q", h.Get("Auto-Submitted"))
	}
	m.ReplyTo = "parent@x"
	_, e = send(t, sender, m)
	want(t, e, "", "")
	if got := header(t, s.taken()[1].data).Get("Auto-Submitted"); got != "auto-replied" {
		t.Errorf("Auto-Submitted of an answer is %q", got)
	}
	m.From = "boss@example.com"
	_, e = send(t, sender, m)
	want(t, e, "permanent", smtp.CodeFrom)
	m.From = "x\r\nRCPT TO:<y@z>"
	_, e = send(t, sender, m)
	want(t, e, "permanent", smtp.CodeAddress)
	m.From = "почта@example.org" // needs what the server lacks
	_, e = send(t, sender, m)
	want(t, e, "permanent", smtp.CodeNoUTF8)
	if n := len(s.taken()); n != 2 {
		t.Errorf("the server took %d mails", n)
	}
}

func header(t *testing.T, data string) mail.Header {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return m.Header
}

func TestRecipients(t *testing.T) {
	t.Parallel()
	s := (&server{announce: []string{"SMTPUTF8", "8BITMIME", "SIZE"}}).start(t)
	sender := newSender(t, s.config(), environment(), nil)
	_, e := send(t, sender, channels.Outgoing{MessageID: 1, Text: "x"})
	want(t, e, "permanent", smtp.CodeNoRecipients)
	for _, bad := range []string{"", "ann", "ann@", "ann@x.org>\r\nRCPT TO:<bob@x.org", "ann@x.org bob@x.org", "<ann@x.org>"} {
		_, e := send(t, sender, outgoing(1, "good@x.org", bad))
		want(t, e, "permanent", smtp.CodeAddress)
	}
	if s.count("MAIL") != 0 {
		t.Error("a mail was begun that cannot be sent")
	}
	_, e = send(t, sender, outgoing(1, "анна@пример.рф"))
	want(t, e, "", "")
	got := s.taken()[0]
	if !strings.Contains(got.from, " SIZE=") || !strings.HasSuffix(got.from, " BODY=8BITMIME SMTPUTF8") || got.to[0] != "RCPT TO:<анна@xn--e1afmkfd.xn--p1ai>" {
		t.Errorf("the envelope is %q, %q", got.from, got.to)
	}
}

func TestSizeIsCompared(t *testing.T) {
	t.Parallel()
	s := (&server{announce: []string{"SIZE 2000"}}).start(t)
	env := environment()
	env.Files = shelf{"h": strings.Repeat("x", 3000)}
	sender := newSender(t, s.config(), env, nil)
	m := outgoing(1)
	m.Files = []channels.File{{Hash: "h", Name: "a.bin", Size: 3000}}
	for range 2 {
		_, e := send(t, sender, m)
		want(t, e, "permanent", smtp.CodeTooLarge)
	}
	if s.count("MAIL") != 0 {
		t.Error("a mail was begun that is too large")
	}
	_, e := send(t, sender, outgoing(2))
	want(t, e, "", "")
	if s.count("CONNECT") != 1 {
		t.Errorf("%d connections", s.count("CONNECT"))
	}
}

// TestBrokenFileEndsInNoDot fails in the middle of a mail. The server must not take the half.
func TestBrokenFileEndsInNoDot(t *testing.T) {
	t.Parallel()
	s := new(server).start(t)
	env := environment()
	env.Files = shelf{"short": "abc"}
	config := s.config()
	sender := newSender(t, config, env, nil)
	for _, f := range []channels.File{{Hash: "short", Name: "a.bin", Size: 100_000}, {Hash: "gone", Name: "a.bin", Size: 1}} {
		m := outgoing(1)
		m.Files = []channels.File{f}
		_, e := send(t, sender, m)
		want(t, e, "transient", smtp.CodeFile)
	}
	config.DKIM = smtp.DKIM{Selector: "s", Key: ed25519Key(t)}
	m := outgoing(1)
	m.Files = []channels.File{{Hash: "gone", Name: "a.bin", Size: 1}}
	_, e := send(t, newSender(t, config, env, nil), m)
	want(t, e, "transient", smtp.CodeFile)
	_, e = send(t, sender, outgoing(2))
	want(t, e, "", "")
	if mails := s.taken(); len(mails) != 1 || strings.Contains(mails[0].data, "a.bin") {
		t.Errorf("the server took %d mails", len(mails))
	}
}

func ed25519Key(t testing.TB) string {
	t.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return pkcs8(t, key)
}

func pkcs8(t testing.TB, key any) string {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
}

func rsaKey(t testing.TB, bits int) *rsa.PrivateKey {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestSignatures(t *testing.T) {
	t.Parallel()
	_, edKey, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	private := rsaKey(t, 2048)
	public, err := x509.MarshalPKIXPublicKey(private.Public())
	if err != nil {
		t.Fatal(err)
	}
	records := map[string]string{
		"ed._domainkey.example.org":  "v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(edKey.Public().(ed25519.PublicKey)),
		"rsa._domainkey.example.org": "v=DKIM1; k=rsa; p=" + base64.StdEncoding.EncodeToString(public),
	}
	for name, d := range map[string]smtp.DKIM{
		"ed25519":     {Selector: "ed", Key: pkcs8(t, edKey)},
		"rsa, PKCS 8": {Domain: "example.org", Selector: "rsa", Key: pkcs8(t, private)},
		"rsa, PKCS 1": {Domain: "Example.ORG", Selector: "rsa", Key: string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(private)}))},
	} {
		s := new(server).start(t)
		config := s.config()
		config.DKIM = d
		m := outgoing(1)
		m.Text = "Привет\n\n.dot\n  spaces  \n\n\n"
		m.HTML, m.Subject = "<p>Привет</p>", strings.Repeat("длинная тема ", 30)
		_, e := send(t, newSender(t, config, environment(), nil), m)
		want(t, e, "", "")
		data := s.taken()[0].data
		for _, c := range []struct {
			what string
			data string
			good bool
		}{
			{"as it came", data, true},
			{"with another received line", "Received: by x\r\n" + data, true},
			{"with a second From", "From: evil@example.org\r\n" + data, false},
			{"with another subject", strings.Replace(data, "Subject: ", "Subject: x", 1), false},
			{"with another body", data + "PS\r\n", false},
		} {
			found, err := dkim.VerifyWithOptions(strings.NewReader(c.data), &dkim.VerifyOptions{LookupTXT: func(domain string) ([]string, error) {
				if record, ok := records[strings.ToLower(domain)]; ok {
					return []string{record}, nil
				}
				return nil, errors.New("no record")
			}})
			if err != nil || len(found) != 1 || (found[0].Err == nil) != c.good {
				t.Errorf("%s, %s: %+v, %v", name, c.what, found, err)
			}
		}
	}
}

func TestConfigThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	good := ed25519Key(t)
	for name, c := range map[string]struct {
		edit  func(*smtp.Config)
		field string
	}{
		"no address":           {func(c *smtp.Config) { c.Address = "" }, "address"},
		"address with a line":  {func(c *smtp.Config) { c.Address = "a@x.org\r\nQUIT" }, "address"},
		"bad alias":            {func(c *smtp.Config) { c.Aliases = []string{"b@x.org", "nobody"} }, "aliases"},
		"key that is none":     {func(c *smtp.Config) { c.DKIM = smtp.DKIM{Selector: "s", Key: "secret key"} }, "dkim_key"},
		"key of another kind":  {func(c *smtp.Config) { c.DKIM = smtp.DKIM{Selector: "s", Key: strings.ReplaceAll(good, "A", "B")} }, "dkim_key"},
		"key without selector": {func(c *smtp.Config) { c.DKIM = smtp.DKIM{Key: good} }, "dkim_selector"},
		"selector with a line": {func(c *smtp.Config) { c.DKIM = smtp.DKIM{Selector: "s\r\nX: y", Key: good} }, "dkim_selector"},
		"domain that is none":  {func(c *smtp.Config) { c.DKIM = smtp.DKIM{Selector: "s", Domain: "x y", Key: good} }, "dkim_domain"},
	} {
		config := config("127.0.0.1", 25)
		c.edit(&config)
		_, err := smtp.New(config, environment(), nil)
		bad, ok := errors.AsType[*channels.ConfigError](err)
		if !ok || bad.Field != c.field || bad.RU == "" || bad.EN == "" || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v, want the field %s", name, err, c.field)
		}
	}
}

func TestShortKey(t *testing.T) {
	t.Setenv("GODEBUG", "rsa1024min=0") // lets the test make what nobody should
	config := config("127.0.0.1", 25)
	config.DKIM = smtp.DKIM{Selector: "s", Key: pkcs8(t, rsaKey(t, 512))}
	if _, err := smtp.New(config, environment(), nil); err == nil {
		t.Error("an RSA key of 512 bits is taken")
	}
}
