package email_test

import (
	"bufio"
	"errors"
	"net"
	"strconv"
	"strings"
	"testing"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/email"
)

// greeter is a server that greets whoever comes, hears one line and hangs up.
func greeter(t *testing.T, greeting string) (port string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				if _, err := conn.Write([]byte(greeting + "\r\n")); err == nil {
					_, _ = bufio.NewReader(conn).ReadString('\n') // it may hang up first
				}
			}()
		}
	}()
	return strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
}

// TestBothPortsAreWrong exchanges the ports of both servers: each part says so of its own, and which field is meant.
func TestBothPortsAreWrong(t *testing.T) {
	t.Parallel()
	imap, smtp := greeter(t, "* OK IMAP4rev1 ready"), greeter(t, "220 mail.shop.example ESMTP")
	config := map[string]string{
		"address": "support@shop.example", "password": "password", "imap_host": "127.0.0.1", "imap_port": smtp, "imap_security": "none",
		"smtp_host": "127.0.0.1", "smtp_port": imap, "smtp_security": "none",
	}
	adapter, err := (&email.Driver{}).Open(channels.Account{ID: 7, Kind: channels.KindEmail, Config: config}, channels.Env{
		Files: &channeltest.Files{}, Key: key, Dial: (&net.Dialer{}).DialContext,
	})
	if err != nil {
		t.Fatal(err)
	}
	checks := adapter.(channels.Checker).Check(t.Context())
	if len(checks) != 2 {
		t.Fatalf("%d parts", len(checks))
	}
	for i, want := range []struct{ field, text string }{
		{"imap_port", "What answers on 127.0.0.1:" + smtp + " is not IMAP"}, {"smtp_port", "What answers on 127.0.0.1:" + imap + " is not SMTP"},
	} {
		e := channels.AsError(checks[i].Err)
		if e == nil || !strings.HasPrefix(e.Text, want.text) {
			t.Errorf("%s says %v, want %q", checks[i].Part, checks[i].Err, want.text)
		}
		var c *channels.ConfigError
		if !errors.As(e, &c) || c.Field != want.field {
			t.Errorf("%s names another field than %s: %v", checks[i].Part, want.field, e.Err)
		}
	}
}
