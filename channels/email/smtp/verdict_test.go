package smtp_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"parley/channels"
	"parley/channels/email/connect"
	"parley/channels/email/smtp"
)

// TestEveryStage lets the server misbehave at every stage in every way and looks at the outcome, and
// at whether the mail was handed over at most once.
func TestEveryStage(t *testing.T) {
	t.Parallel()
	const (
		transient = "transient"
		permanent = "permanent"
		uncertain = "uncertain"
		auth      = "auth_failed"
	)
	const chat, account = channels.ScopeChat, channels.ScopeAccount
	for _, c := range []struct {
		step, answer string
		kind, code   string
		scope        channels.Scope
		rest         time.Duration
		says         string
	}{
		{"CONNECT", "421 4.3.2 not now", transient, connect.CodeBusy, account, 0, "not now"},
		{"CONNECT", "554 no service for you", transient, connect.CodeBusy, account, 0, "no service"},
		{"CONNECT", "SSH-2.0-OpenSSH_9.2", transient, connect.CodeOtherService, account, 0, ""},
		{"CONNECT", drop, transient, connect.CodeHungUp, account, 0, ""},
		{"CONNECT", hang, transient, connect.CodeTimeout, account, 0, ""},

		{"EHLO", "421 4.3.2 not now", transient, connect.CodeBusy, account, 0, "not now"},
		{"EHLO", drop, transient, connect.CodeHungUp, account, 0, ""},
		{"EHLO", hang, transient, connect.CodeTimeout, account, 0, ""},

		{"MAIL", "451 4.3.0 try later", transient, smtp.CodeLater, account, 2 * time.Minute, "451 4.3.0 try later"},
		{"MAIL", "421 4.7.0 too many connections", transient, smtp.CodeRate, account, 10 * time.Minute, ""},
		{"MAIL", "421 shutting down", transient, smtp.CodeLater, account, 30 * time.Second, ""},
		{"MAIL", "450 4.7.1 too fast, try again in 7 seconds", transient, smtp.CodeRate, account, 7 * time.Second, ""},
		{"MAIL", "530 5.7.0 Authentication required", auth, smtp.CodeSignIn, account, 0, ""},
		{"MAIL", "553 5.7.1 Sender address rejected: not owned by user", permanent, smtp.CodeSender, account, 0, "not owned"},
		{"MAIL", "550 5.4.5 Daily sending limit exceeded", transient, smtp.CodeRate, account, time.Hour, ""},
		{"MAIL", "552 5.3.4 Message size exceeds fixed limit", permanent, smtp.CodeTooLarge, chat, 0, ""},
		{"MAIL", "354 what?", transient, connect.CodeUnexpected, account, 2 * time.Minute, ""},
		{"MAIL", "ok ok", transient, connect.CodeUnexpected, account, 2 * time.Minute, ""},
		{"MAIL", drop, transient, smtp.CodeLost, chat, 0, ""},
		{"MAIL", hang, transient, connect.CodeTimeout, account, 0, ""},

		{"RCPT", "550 5.1.1 User unknown", permanent, smtp.CodeUnknown, chat, 0, "does not know this address, nothing was sent: ann@example.net: 550 5.1.1 User unknown"},
		{"RCPT", "550 no such user here", permanent, smtp.CodeUnknown, chat, 0, "ann@example.net"},
		{"RCPT", "554 5.7.1 Relay access denied", permanent, smtp.CodeRelay, chat, 0, ""},
		{"RCPT", "550 5.7.1 blocked by policy", permanent, smtp.CodeRecipient, chat, 0, "blocked"},
		{"RCPT", "552 5.2.2 mailbox full", permanent, smtp.CodeFull, chat, 0, ""},
		{"RCPT", "452 4.2.2 mailbox full", transient, smtp.CodeFull, chat, time.Hour, ""},
		{"RCPT", "452 4.5.3 too many recipients", permanent, smtp.CodeManyRecipients, chat, 0, ""},
		{"RCPT", "450 4.2.0 Greylisted, see you", transient, smtp.CodeLater, chat, 5 * time.Minute, "Greylisted"},
		{"RCPT", "451 4.7.1 Greylisted, retry in 3 minutes", transient, smtp.CodeLater, chat, 3 * time.Minute, ""},
		{"RCPT", "421 4.3.0 going down", transient, smtp.CodeLater, account, 30 * time.Second, ""},
		{"RCPT", drop, transient, smtp.CodeLost, chat, 0, ""},
		{"RCPT", hang, transient, connect.CodeTimeout, account, 0, ""},

		{"DATA", "451 4.3.0 queue is full", transient, smtp.CodeLater, chat, 2 * time.Minute, ""},
		{"DATA", "554 5.5.1 no valid recipients", permanent, smtp.CodeContent, chat, 0, ""},
		{"DATA", "250 sure", transient, connect.CodeUnexpected, chat, 2 * time.Minute, ""},
		{"DATA", drop, transient, smtp.CodeLost, chat, 0, ""},
		{"DATA", hang, transient, connect.CodeTimeout, account, 0, ""},

		{".", "250 taken", "", "", chat, 0, ""},
		{".", "200 taken", "", "", chat, 0, ""},
		{".", "451 4.7.1 try later", transient, smtp.CodeLater, chat, 2 * time.Minute, ""},
		{".", "421 4.3.0 too busy", transient, smtp.CodeLater, account, 30 * time.Second, ""},
		{".", "452 4.3.1 out of storage", transient, smtp.CodeLater, chat, 2 * time.Minute, ""},
		{".", "554 5.7.1 looks like spam\r\n", permanent, smtp.CodeContent, chat, 0, "looks like spam"},
		{".", "552 too large", permanent, smtp.CodeTooLarge, chat, 0, ""},
		{".", "550 5.7.1 this sender has exceeded the max of 100 mails per hour", transient, smtp.CodeRate, account, time.Hour, ""},
		{".", "250", "", "", chat, 0, ""},
		{".", "354 and?", uncertain, smtp.CodeUnconfirmed, chat, 0, ""},
		{".", "yes", uncertain, smtp.CodeUnconfirmed, chat, 0, ""},
		{".", drop, uncertain, smtp.CodeUnconfirmed, chat, 0, "may have been delivered"},
		{".", hang, uncertain, smtp.CodeUnconfirmed, chat, 0, ""},
		{".", "250-" + strings.Repeat("x", 200_000), uncertain, smtp.CodeUnconfirmed, chat, 0, ""},
	} {
		for _, announce := range [][]string{nil, {"PIPELINING", "8BITMIME", "SIZE 1000000"}} {
			t.Run(c.step+" "+strings.TrimSpace(c.answer[:min(len(c.answer), 40)])+" "+strings.Join(announce, ","), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) { // silence is waited for
					s := &server{announce: announce, answer: only(c.step, c.answer)}
					config, env := s.virtual()
					_, e := send(t, newSender(t, config, env, nil), outgoing(1))
					want(t, e, c.kind, c.code)
					if n := s.count("."); n > 1 || n == 0 && c.kind == "uncertain" {
						t.Errorf("the mail was handed over %d times", n)
					}
					if e == nil {
						return
					}
					if e.Scope != c.scope || e.RetryAfter != c.rest {
						t.Errorf("the scope is %d and the rest %s, want %d and %s", e.Scope, e.RetryAfter, c.scope, c.rest)
					}
					if !strings.Contains(e.Text, c.says) {
						t.Errorf("the text %q says not %q", e.Text, c.says)
					}
				})
			})
		}
	}
}

// TestARefusedRecipientHarmsNobodyElse has recipients whom the server refuses for good, or asks to wait for.
func TestARefusedRecipientHarmsNobodyElse(t *testing.T) {
	t.Parallel()
	const ann, gone, busy, many = "ann@example.net", "gone@example.net", "busy@example.net", "many@example.net"
	for _, c := range []struct {
		name    string
		to      []string
		attempt int
		kind    string
		code    string
		taken   int    // how many recipients the server got the mail for
		problem string // what stands in the text, of the error or of the problem
	}{
		{"nobody refused", []string{ann}, 1, "", "", 1, ""},
		{"one for good", []string{ann, gone}, 1, "", "", 1, "gone@example.net: 550 5.1.1 no such user"},
		{"the first for good", []string{gone, ann}, 1, "", "", 1, "gone@example.net: 550"},
		{"all for good", []string{gone}, 1, "permanent", smtp.CodeUnknown, 0, "gone@example.net: 550"},
		{"one has to wait", []string{ann, busy}, 1, "transient", smtp.CodeLater, 0, "busy@example.net: 450"},
		{"one has to wait, one is refused", []string{ann, gone, busy}, 3, "transient", smtp.CodeLater, 0, "busy@example.net: 450"},
		{"one has waited long enough", []string{ann, busy}, 4, "", "", 1, "busy@example.net: 450"},
		{"nobody is left but who has to wait", []string{gone, busy}, 9, "transient", smtp.CodeLater, 0, ""},
		{"too many", []string{ann, many}, 9, "permanent", smtp.CodeManyRecipients, 0, "many@example.net"},
	} {
		for _, announce := range [][]string{nil, {"PIPELINING"}} {
			t.Run(c.name+strings.Join(announce, ""), func(t *testing.T) {
				t.Parallel()
				s := &server{announce: announce, answer: func(_ int, step, line string) string {
					switch {
					case step != "RCPT":
						return ""
					case strings.Contains(line, gone):
						return "550 5.1.1 no such user"
					case strings.Contains(line, busy):
						return "450 4.2.1 busy"
					case strings.Contains(line, many):
						return "452 4.5.3 too many recipients"
					}
					return ""
				}}
				sender := newSender(t, s.start(t).config(), environment(), nil)
				m := outgoing(1, c.to...)
				m.Attempt = c.attempt
				sent, e := send(t, sender, m)
				want(t, e, c.kind, c.code)
				text := ""
				switch {
				case e != nil:
					text = e.Text
				case sent.Problem != nil:
					text = sent.Problem.Text
					if sent.Problem.Code != smtp.CodePartly {
						t.Errorf("code %q", sent.Problem.Code)
					}
				}
				if !strings.Contains(text, c.problem) || c.problem == "" && e == nil && text != "" || strings.Contains(text, ann) {
					t.Errorf("the text is %q, want %q", text, c.problem)
				}
				got := 0
				for _, mail := range s.taken() {
					got += len(mail.to)
				}
				if got != c.taken {
					t.Errorf("the server took the mail for %d, want %d", got, c.taken)
				}
				_, e = send(t, sender, outgoing(2, ann)) // the connection is fit for the next
				want(t, e, "", "")
				if s.count("CONNECT") != 1 {
					t.Errorf("%d connections were needed", s.count("CONNECT"))
				}
			})
		}
	}
}

func TestManyRefusedRecipients(t *testing.T) {
	t.Parallel()
	s := &server{answer: func(_ int, step, _ string) string {
		if step == "RCPT" {
			return "550 5.1.1 " + strings.Repeat("no such user ", 50)
		}
		return ""
	}}
	sender := newSender(t, s.start(t).config(), environment(), nil)
	_, e := send(t, sender, outgoing(1, "a@x.org", "b@x.org", "c@x.org", "d@x.org", "e@x.org"))
	want(t, e, "permanent", smtp.CodeUnknown)
	if !strings.HasSuffix(e.Text, "; and 2 more") {
		t.Errorf("the text is %q", e.Text)
	}
}

// TestContextEnds ends an attempt while the server is silent at every stage.
func TestContextEnds(t *testing.T) {
	t.Parallel()
	for step, kind := range map[string]string{"CONNECT": "transient", "EHLO": "transient", "MAIL": "transient", "RCPT": "transient", "DATA": "transient", ".": "uncertain"} {
		t.Run(step, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithCancel(t.Context())
			s := &server{answer: func(_ int, at, _ string) string {
				if at == step {
					cancel()
					return hang
				}
				return ""
			}}
			// The default patience is minutes: only the context can end it.
			_, e := sendWithin(t, ctx, newSender(t, s.start(t).config(), environment(), nil), outgoing(1))
			code := smtp.CodeCancelled
			if kind == "uncertain" {
				code = smtp.CodeUnconfirmed
			}
			want(t, e, kind, code)
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s := new(server).start(t)
	_, e := sendWithin(t, ctx, newSender(t, s.config(), environment(), nil), outgoing(1))
	want(t, e, "transient", smtp.CodeCancelled)
	if s.count("CONNECT") != 0 {
		t.Error("an ended context still connects")
	}
}

func TestWordsInBothLanguages(t *testing.T) {
	t.Parallel()
	for _, code := range smtp.Codes() {
		if words, ok := smtp.Words(code); !ok || words.RU == "" || words.EN == "" {
			t.Errorf("%s is %+v", code, words)
		}
	}
	if _, ok := smtp.Words("no such code"); ok {
		t.Error("an unknown code has words")
	}
}
