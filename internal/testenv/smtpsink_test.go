package testenv_test

import (
	"net"
	"net/smtp"
	"strconv"
	"testing"

	"parley/internal/testenv"
)

func TestSMTPSinkKeepsWhatItTook(t *testing.T) {
	t.Parallel()
	sink := testenv.SMTPSink(t)
	address := net.JoinHostPort(sink.Host, strconv.Itoa(sink.Port))
	if got := sink.Mails(t); len(got) != 0 {
		t.Fatalf("a new sink holds %d mails", len(got))
	}
	body := "Subject: hello\r\n\r\nfirst\r\n.second\r\n"
	if err := smtp.SendMail(address, nil, "a@example.org", []string{"b@example.org", "c@example.org"}, []byte(body)); err != nil {
		t.Fatal(err)
	}
	got := sink.Mails(t)
	if len(got) != 1 {
		t.Fatalf("the sink holds %d mails, want 1", len(got))
	}
	if got[0].From != "<a@example.org> BODY=8BITMIME" || len(got[0].To) != 2 || got[0].To[1] != "<c@example.org>" {
		t.Errorf("the envelope is %q, %q", got[0].From, got[0].To)
	}
	if want := "Subject: hello\n\nfirst\n.second\n"; got[0].Data != want {
		t.Errorf("the mail is %q, want %q", got[0].Data, want)
	}
}

func TestSMTPSinkObeysItsOptions(t *testing.T) {
	t.Parallel()
	sink := testenv.SMTPSink(t, "-f", "RCPT")
	err := smtp.SendMail(net.JoinHostPort(sink.Host, strconv.Itoa(sink.Port)), nil, "a@example.org", []string{"b@example.org"}, []byte("\r\n"))
	if err == nil {
		t.Fatal("a sink that was told to refuse recipients took one")
	}
	if got := sink.Mails(t); len(got) != 0 {
		t.Errorf("the sink holds %d mails, want none", len(got))
	}
}
