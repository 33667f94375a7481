package smtp

import (
	"context"
	"time"

	"parley/channels"
)

// probeTime bounds one try of the server.
const probeTime = 20 * time.Second

// Probe tries the account without sending anything: it connects, signs in and asks whether mail may
// come from the account's address. nil says that it may; otherwise the *channels.Error says in words
// what is wrong, and names the field to mend in a *channels.ConfigError in its chain where one is to.
func (s *Sender) Probe(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	ss, err := s.open(ctx)
	if err != nil {
		return channels.AsError(err)
	}
	defer ss.close()
	stop := context.AfterFunc(ctx, ss.wire.kill)
	defer stop()
	ss.broken = true
	replies, err := ss.exchange([]command{{stageSender, line("MAIL FROM", s.own[0])}, {stageReset, "RSET"}})
	if err != nil {
		return broke(ctx, stageSender, err)
	}
	ss.broken = false
	if r := replies[0]; !r.ok() {
		e := ss.judge(stageSender, r)
		if words, ok := Words(e.Code); ok && e.Kind != channels.Transient {
			e.Err = &channels.ConfigError{Field: s.blamed(e.Code), RU: words.RU + ": " + ss.said(r), EN: e.Text}
		}
		return e
	}
	return nil
}

// blamed is the field whose value a refusal of the sender is about.
func (s *Sender) blamed(code string) string {
	if code == CodeSignIn {
		return "username"
	}
	return "address"
}
