package e2e_test

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"

	"parley/internal/testenv"
)

// openPostOffice gives the story a mailbox on a real IMAP server, and the world that its mails go out to, by HTTP: GET /box says how to sign in, POST /in delivers a mail to the box, GET /out
// lists what was sent to the world.
func openPostOffice(t *testing.T) *httptest.Server {
	t.Helper()
	dovecot := testenv.StartDovecot(t, testenv.DovecotOptions{})
	user, password := dovecot.Mailbox(t)
	exchange := openExchange(t, user, password)
	imap, smtp := address(t, dovecot.IMAP), address(t, exchange.listener.Addr().String())

	answer := func(w http.ResponseWriter, value any) {
		w.Header().Set("Content-Type", "application/json")
		if err := json.NewEncoder(w).Encode(value); err != nil {
			t.Error(err)
		}
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /box", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, map[string]string{
			"address": user, "password": password, "imap_host": imap[0], "imap_port": imap[1], "smtp_host": smtp[0], "smtp_port": smtp[1],
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
	mux.HandleFunc("GET /out", func(w http.ResponseWriter, _ *http.Request) { answer(w, exchange.list()) })
	office := httptest.NewServer(mux)
	t.Cleanup(office.Close)
	return office
}

// address divides an address into host and port.
func address(t *testing.T, of string) [2]string {
	t.Helper()
	host, port, err := net.SplitHostPort(of)
	if err != nil {
		t.Fatal(err)
	}
	return [2]string{host, port}
}
