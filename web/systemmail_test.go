package web_test

import (
	"bufio"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"net/netip"
	"regexp"
	"strings"
	"testing"
	"time"

	"parley/internal/config"
)

// postOffice takes every mail, and yields what was sent.
func postOffice(t *testing.T) (port int, mails <-chan string) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ln.Close() })
	taken := make(chan string, 10)
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			go takeMail(conn, taken)
		}
	}()
	return ln.Addr().(*net.TCPAddr).Port, taken
}

func takeMail(conn net.Conn, taken chan<- string) {
	defer conn.Close()
	r := bufio.NewReader(conn)
	say := func(text string) { _, _ = io.WriteString(conn, text+"\r\n") }
	say("220 post.example ESMTP")
	for {
		text, err := r.ReadString('\n')
		if err != nil {
			return
		}
		switch word, _, _ := strings.Cut(strings.ToUpper(strings.TrimSpace(text)), " "); word {
		case "EHLO":
			say("250-post.example\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME")
		case "AUTH":
			say("235 welcome")
		case "DATA":
			say("354 go on")
			var letter strings.Builder
			for line := ""; line != ".\r\n"; {
				if line, err = r.ReadString('\n'); err != nil {
					return
				}
				letter.WriteString(line)
			}
			say("250 taken")
			taken <- letter.String()
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 fine")
		}
	}
}

// text is a mail's plain part.
func text(t *testing.T, m *mail.Message) string {
	t.Helper()
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	part, err := multipart.NewReader(m.Body, params["boundary"]).NextRawPart()
	if err != nil {
		t.Fatal(err)
	}
	var body io.Reader = part
	if part.Header.Get("Content-Transfer-Encoding") == "quoted-printable" {
		body = quotedprintable.NewReader(part)
	}
	all, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	return string(all)
}

func next(t *testing.T, mails <-chan string) *mail.Message {
	t.Helper()
	select {
	case raw := <-mails:
		m, err := mail.ReadMessage(strings.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		return m
	case <-time.After(20 * time.Second):
		t.Fatal("no mail came")
		return nil
	}
}

func TestSystemMailInvitesAndHelpsTheForgetful(t *testing.T) {
	t.Parallel()
	port, mails := postOffice(t)
	h := bootWith(t, config.Config{EgressAllow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	nobody := h.anybody()
	if a := nobody.want(409, "POST", "/api/v1/password-reset", object{"email": "root@example.com"}); a.str("code") != "no_system_mail" {
		t.Errorf("%s", a.raw)
	}
	if a := h.root.want(201, "POST", "/api/v1/invitations", object{"email": "early@example.com", "name": "E"}); a.body["mailed"] == true || a.str("url") == "" {
		t.Errorf("%s", a.raw)
	}
	box := h.root.want(201, "POST", "/api/v1/accounts", object{"kind": "email", "name": "Desk", "config": object{
		"address": "desk@shop.example", "username": "desk", "password": "s3cret-word",
		"imap_host": "127.0.0.1", "imap_port": port, "imap_security": "none", "smtp_host": "127.0.0.1", "smtp_port": port, "smtp_security": "none",
	}}).str("id")
	if a := h.root.want(200, "PUT", "/api/v1/system-mail", object{"account_id": box}); a.str("account_id") != box || a.str("sender_id") != box {
		t.Errorf("%s", a.raw)
	}
	h.root.want(404, "PUT", "/api/v1/system-mail", object{"account_id": "12345"})

	invited := h.root.want(201, "POST", "/api/v1/invitations", object{"email": "new@example.com", "name": "Нина"})
	m := next(t, mails)
	if invited.body["mailed"] != true || m.Header.Get("Auto-Submitted") != "auto-generated" || !strings.Contains(m.Header.Get("To"), "new@example.com") ||
		!strings.Contains(m.Header.Get("From"), "desk@shop.example") || !strings.Contains(text(t, m), h.url+invited.str("url")) {
		t.Errorf("%s %v", invited.raw, m.Header)
	}

	if a := nobody.want(200, "GET", "/api/v1/setup", nil); a.body["mail"] != true {
		t.Errorf("%s", a.raw)
	}
	for _, address := range []string{"ghost@example.com", "Root@example.com"} {
		nobody.want(204, "POST", "/api/v1/password-reset", object{"email": address})
	}
	m = next(t, mails) // the ghost, who is first, gets none
	link := regexp.MustCompile(`http://\S+/reset#(\S+)`).FindStringSubmatch(text(t, m))
	if len(link) != 2 || !strings.HasPrefix(link[0], h.url+"/") || !strings.Contains(m.Header.Get("To"), "root@example.com") {
		t.Fatalf("%v %v", link, m.Header)
	}
	nobody.want(200, "POST", "/api/v1/password-reset/accept", object{"token": link[1], "password": "a brand new word"})
	h.anybody().want(200, "POST", "/api/v1/session", object{"email": "root@example.com", "password": "a brand new word"})

	for range 2 {
		nobody.want(204, "POST", "/api/v1/password-reset", object{"email": "ghost@example.com"})
	}
	nobody.want(429, "POST", "/api/v1/password-reset", object{"email": "ghost@example.com"})
	nobody.want(422, "POST", "/api/v1/password-reset", object{"email": "ghost"})
}
