package faults_test

import (
	"net"
	"testing"
	"time"

	"parley/internal/testenv"
	"parley/internal/testenv/program"
)

// TestSlowMailServerSlowsNoOther has a mail server stop in its tracks and another that never says a word,
// and expects the mails of a third to come in as ever; and those of the first once it goes on.
func TestSlowMailServerSlowsNoOther(t *testing.T) {
	t.Parallel()
	const mails = 50
	frozen, healthy := testenv.StartDovecot(t, testenv.DovecotOptions{}), testenv.StartDovecot(t, testenv.DovecotOptions{})
	p := program.Build(t, "")
	env := []string{"PARLEY_SECRET_KEY=" + rightKey, "PARLEY_DATA=" + t.TempDir(), "PARLEY_EGRESS_ALLOW=127.0.0.0/8"}
	key := p.MustRun(t, env, "apikey", "create", "--name", "slow")
	server := p.Serve(t, env, program.FreeAddress(t))
	api := &client{t: t, base: server.URL, key: key}

	slowUser, slowPassword := frozen.Mailbox(t)
	user, password := healthy.Mailbox(t)
	slow := api.connectMailbox(slowUser, slowPassword, frozen.IMAP)
	quick := api.connectMailbox(user, password, healthy.IMAP)
	api.listens(slow)
	api.listens(quick)
	api.connectMailbox("nobody@example.test", "secret", mute(t))
	frozen.Freeze(t)

	post := newPost(user)
	for range mails - bagSize + 1 {
		healthy.Deliver(t, user, post.next())
	}
	healthy.Deliver(t, user, post.rest()...)
	began := time.Now()
	api.await("the mails of the healthy server", func() bool { return judgeMails(api.conversations(nil), post.threads).right == mails })
	if took := time.Since(began); took > 20*time.Second { // far less than anybody waits for the others
		t.Errorf("%d mails took %s", mails, took)
	}
	frozen.Thaw(t)
	late := newPost(slowUser)
	frozen.Deliver(t, slowUser, late.next())
	before := api.taken()
	frozen.Deliver(t, slowUser, late.rest()...)
	api.await("the mails of the one that goes on", func() bool { return api.taken() > before })
}

// mute listens, takes connections and says nothing, until the test ends.
func mute(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l.Addr().String() // nobody accepts: the kernel does, and the connection stays silent
}
