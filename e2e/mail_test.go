package e2e_test

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"

	"parley/internal/testenv"
)

func TestMailStory(t *testing.T) {
	office := openPostOffice(t)
	tell(t, "mail.test.mjs", "POST_OFFICE="+office.URL)
}

// openPostOffice gives the story a mailbox on a real IMAP server and the outside world behind a real
// SMTP server, by HTTP: GET /box says how to sign in, POST /in delivers a mail to the box, GET /out
// lists what was sent to the world.
func openPostOffice(t *testing.T) *httptest.Server {
	t.Helper()
	dovecot, sink := testenv.StartDovecot(t, testenv.DovecotOptions{}), testenv.SMTPSink(t)
	user, password := dovecot.Mailbox(t)
	host, port, err := net.SplitHostPort(dovecot.IMAP)
	if err != nil {
		t.Fatal(err)
	}

	answer := func(w http.ResponseWriter, value any) {
		w.Header().Set("Content-Type", "application/json")
		if err := json.NewEncoder(w).Encode(value); err != nil {
			t.Error(err)
		}
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /box", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, map[string]string{
			"address": user, "password": password, "imap_host": host, "imap_port": port,
			"smtp_host": sink.Host, "smtp_port": strconv.Itoa(sink.Port),
		})
	})
	mux.HandleFunc("POST /in", func(w http.ResponseWriter, r *http.Request) {
		mail, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
			return
		}
		dovecot.Deliver(t, user, mail)
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("GET /out", func(w http.ResponseWriter, _ *http.Request) { answer(w, sink.Mails(t)) })
	office := httptest.NewServer(mux)
	t.Cleanup(office.Close)
	return office
}
