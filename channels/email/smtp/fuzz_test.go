package smtp_test

import (
	"strings"
	"testing"
	"testing/synctest"

	"parley/channels"
)

// FuzzAnswers puts any bytes in the place of one answer of the server. The attempt must end, and may
// be uncertain only when the mail has been handed over.
func FuzzAnswers(f *testing.F) {
	steps := []string{"CONNECT", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "."}
	for i := range steps {
		f.Add(byte(i), true, "550 5.1.1 no\r\n550 5.1.1 such user")
		f.Add(byte(i), false, "250-\r\n250-PIPELINING\r\n250-SIZE 99999999999999999999\r\n250 AUTH PLAIN")
		f.Add(byte(i), false, "450 try again in 99999 hours")
		f.Add(byte(i), true, "250")
		f.Add(byte(i), true, "354\x00\xff")
		f.Add(byte(i), false, "334 "+encode("more"))
	}
	f.Fuzz(func(t *testing.T, at byte, pipelining bool, answer string) {
		step := steps[int(at)%len(steps)]
		synctest.Test(t, func(t *testing.T) {
			s := &server{announce: []string{"AUTH PLAIN"}, answer: only(step, answer)}
			if pipelining {
				s.announce = append(s.announce, "PIPELINING")
			}
			config, env := s.virtual()
			config.Username, config.Password = user, password
			sender := newSender(t, config, env, nil)
			_, e := send(t, sender, outgoing(1))
			delivered := len(s.taken())
			if e == nil && delivered != 1 || delivered > 1 {
				t.Errorf("%v, but the server took %d mails", e, delivered)
			}
			if e == nil {
				return
			}
			if e.Kind == channels.Uncertain && delivered == 0 {
				t.Error("uncertain, though nothing was handed over")
			}
			if strings.Contains(e.Text+e.Error(), password) {
				t.Errorf("the error holds the password: %v", e)
			}
			if e.RetryAfter < 0 || e.RetryAfter.Hours() > 6 {
				t.Errorf("the rest is %s", e.RetryAfter)
			}
		})
	})
}
