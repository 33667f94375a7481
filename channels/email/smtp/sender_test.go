package smtp_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/email/connect"
	"parley/channels/email/smtp"
)

var noon = time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)

var key = []byte("0123456789abcdef0123456789abcdef")

// shelf holds the bytes of files by hash.
type shelf map[string]string

func (s shelf) Put(context.Context, string, string, io.Reader, int64) (channels.File, error) {
	return channels.File{}, errors.New("nothing is put while sending")
}

func (s shelf) Open(_ context.Context, f channels.File) (io.ReadCloser, error) {
	text, ok := s[f.Hash]
	if !ok {
		return nil, errors.New("no such file")
	}
	return io.NopCloser(strings.NewReader(text)), nil
}

func environment() channels.Env {
	return channels.Env{
		Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return noon }, HTTP: http.DefaultClient, Files: shelf{},
		Dial: new(net.Dialer).DialContext, Key: key,
		Keep: func(context.Context, string, string) error { return nil },
	}
}

// config is that of an account on a server without TLS.
func config(host string, port int) smtp.Config {
	return smtp.Config{
		Server: connect.Endpoint{Host: host, Port: port, Security: connect.None}, Address: "support@example.org", FromName: "Support",
	}
}

func (s *server) config() smtp.Config {
	a := s.address.(*net.TCPAddr)
	return config(a.IP.String(), a.Port)
}

func newSender(t testing.TB, c smtp.Config, env channels.Env, tokens connect.TokenSource) *smtp.Sender {
	t.Helper()
	s, err := smtp.New(c, env, tokens)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// outgoing is the least message.
func outgoing(id int64, to ...string) channels.Outgoing {
	if len(to) == 0 {
		to = []string{"ann@example.net"}
	}
	m := channels.Outgoing{MessageID: id, Chat: "root@example.net", Subject: "Hello", Text: "Good day", Attempt: 1}
	for _, address := range to {
		m.To = append(m.To, channels.Address{Scope: "email", Address: address})
	}
	return m
}

// send makes one attempt and checks what holds for every error.
func send(t testing.TB, s *smtp.Sender, m channels.Outgoing) (channels.Sent, *channels.Error) {
	t.Helper()
	return sendWithin(t, t.Context(), s, m)
}

func sendWithin(t testing.TB, ctx context.Context, s *smtp.Sender, m channels.Outgoing) (channels.Sent, *channels.Error) {
	t.Helper()
	sent, err := s.Send(ctx, m)
	if err == nil {
		if sent.RemoteID == "" || !sent.At.Equal(noon) {
			t.Errorf("sent as %+v", sent)
		}
		return sent, nil
	}
	e, ok := err.(*channels.Error)
	if !ok || e == nil {
		t.Fatalf("the error is %T, want *channels.Error", err)
	}
	checkError(t, e)
	return sent, e
}

func checkError(t testing.TB, e *channels.Error) {
	t.Helper()
	if e.Code == "" || e.Text == "" || strings.ContainsAny(e.Text, "\r\n\x00") || len(e.Text) > 1000 {
		t.Errorf("the error is %q: %q", e.Code, e.Text)
	}
	if words, ok := smtp.Words(e.Code); ok && !strings.HasPrefix(e.Text, words.EN) {
		if c, named := errors.AsType[*channels.ConfigError](e); !named || c.RU == "" {
			t.Errorf("the text of %s is %q and begins not with %q", e.Code, e.Text, words.EN)
		}
	} else if c, named := errors.AsType[*channels.ConfigError](e); !ok && (!named || c.RU == "" || c.EN == "") {
		t.Errorf("%s has no words in Russian: %q", e.Code, e.Text)
	}
}

// want compares an error with what it should be; kind "" stands for success.
func want(t testing.TB, e *channels.Error, kind, code string) {
	t.Helper()
	got, gotCode := "", ""
	if e != nil {
		got, gotCode = e.Kind.String(), e.Code
	}
	if got != kind || gotCode != code {
		t.Errorf("the outcome is %q %q, want %q %q (%v)", got, gotCode, kind, code, e)
	}
}

func TestSend(t *testing.T) {
	t.Parallel()
	s := new(server).start(t)
	sender := newSender(t, s.config(), environment(), nil)
	m := outgoing(7, "ann@example.net")
	m.Cc = []channels.Address{{Address: "bob@example.net", Name: "Bob"}}
	m.Bcc = []channels.Address{{Address: "secret@example.net"}, {Address: "ANN@example.net"}}
	m.ReplyTo, m.References = "parent@x", []string{"root@x"}
	sent, e := send(t, sender, m)
	want(t, e, "", "")
	mails := s.taken()
	if len(mails) != 1 {
		t.Fatalf("the server took %d mails", len(mails))
	}
	got := mails[0]
	if got.from != "MAIL FROM:<support@example.org>" ||
		strings.Join(got.to, " ") != "RCPT TO:<ann@example.net> RCPT TO:<bob@example.net> RCPT TO:<secret@example.net>" {
		t.Errorf("the envelope is %q, %q", got.from, got.to)
	}
	for _, line := range []string{
		"Date: Wed, 04 Mar 2026 12:00:00 +0000\r\n", "From: Support <support@example.org>\r\n", "To: ann@example.net\r\n",
		"Cc: Bob <bob@example.net>\r\n", "Subject: Hello\r\n", "Message-ID: <" + sent.RemoteID + ">\r\n",
		"In-Reply-To: <parent@x>\r\n", "References: <root@x> <parent@x>\r\n", "\r\n\r\nGood day\r\n",
	} {
		if !strings.Contains(got.data, line) {
			t.Errorf("the mail lacks %q:\n%s", line, got.data)
		}
	}
	for _, never := range []string{"secret@", "\r\nReply-To", "Auto-Submitted"} {
		if strings.Contains(got.data, never) {
			t.Errorf("the mail holds %q", never)
		}
	}
	again, e := send(t, sender, m)
	want(t, e, "", "")
	if again.RemoteID != sent.RemoteID {
		t.Errorf("two attempts have the ids %q and %q", sent.RemoteID, again.RemoteID)
	}
}
