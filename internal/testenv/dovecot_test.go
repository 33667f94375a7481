package testenv_test

import (
	"bufio"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"parley/internal/testenv"
)

func TestDovecotTakesAndShowsMail(t *testing.T) {
	t.Parallel()
	server := testenv.StartDovecot(t, testenv.DovecotOptions{})
	name, password := server.Mailbox(t)
	server.Deliver(t, name, []byte("From: a@example.org\nSubject: one\n\n.dotted\n"), []byte("Subject: two\n\n"))
	server.Place(t, name, []byte("{"))
	conn, err := net.Dial("tcp", server.IMAP)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(20 * time.Second))
	fmt.Fprintf(conn, "a LOGIN %s %s\r\nb EXAMINE INBOX\r\nc FETCH 1 (BODY.PEEK[TEXT])\r\nd LOGOUT\r\n", name, password)
	var all strings.Builder
	for lines := bufio.NewScanner(conn); lines.Scan(); {
		all.WriteString(lines.Text() + "\n")
	}
	for _, want := range []string{"* 3 EXISTS", "a OK", "\n.dotted\n"} {
		if !strings.Contains(all.String(), want) {
			t.Errorf("no %q in:\n%s\nlog: %s", want, all.String(), server.Log())
		}
	}
}
