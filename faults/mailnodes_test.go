//go:build unix

package faults_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"parley/internal/testenv"
	"parley/internal/testenv/program"
)

// mailNodes are two servers over one database with one mailbox, which one of them runs.
type mailNodes struct {
	t       *testing.T
	program *program.Program
	env     []string
	key     string
	address [2]string
	server  [2]*program.Server

	dovecot *testenv.Dovecot
	user    string
	post    *post
	answers int
}

// TestMailboxMovesBetweenNodes has mails arrive and agents answer while the node that runs the mailbox is
// killed, killed again, and frozen for longer than its lease. One node reads at a time, the other one
// takes over, and no mail is lost, doubled or in the wrong conversation either way.
func TestMailboxMovesBetweenNodes(t *testing.T) {
	t.Parallel()
	sink := testenv.SMTPSink(t, "-a")
	n := startMailNodes(t, sink)
	for round, fault := range []func(owner int){n.killed, n.killed, n.frozen} {
		n.answerSome(3)
		fault(n.owner())
		t.Logf("round %d: %d mails so far", round, n.post.written)
	}
	n.dovecot.Deliver(t, n.user, n.post.rest()...)
	n.client(0).await("the last mails", func() bool { return n.judge().lost == 0 })
	d := n.judge()
	t.Logf("%d mails: %s", n.post.written, d)
	if d.lost+d.doubled+d.strayed != 0 || d.right != n.post.written {
		t.Errorf("a promise is broken: %s of %d", d, n.post.written)
	}
	n.judgeAnswers(sink)
}

func startMailNodes(t *testing.T, sink *testenv.Sink) *mailNodes {
	t.Helper()
	n := &mailNodes{t: t, program: program.Build(t, ""), dovecot: testenv.StartDovecot(t, testenv.DovecotOptions{})}
	user, password := n.dovecot.Mailbox(t)
	n.user, n.post = user, newPost(user)
	n.env = []string{
		"PARLEY_DATABASE=" + testenv.DurablePostgres(t), "PARLEY_REDIS=" + testenv.StartRedis(t).URL, "PARLEY_SECRET_KEY=" + rightKey,
		"PARLEY_DATA=" + t.TempDir(), "PARLEY_EGRESS_ALLOW=127.0.0.0/8",
	}
	n.key = n.program.MustRun(t, n.env, "apikey", "create", "--name", "nodes")
	for i := range n.server {
		n.address[i] = program.FreeAddress(t)
		n.start(i)
	}
	account := n.client(0).connectBoth(user, password, n.dovecot.IMAP, sink.Host, sink.Port)
	n.client(0).listens(account)
	n.dovecot.Deliver(t, user, n.post.next(), n.post.next())
	return n
}

func (n *mailNodes) start(i int) { n.server[i] = n.program.Serve(n.t, n.env, n.address[i]) }

func (n *mailNodes) client(i int) *client { return &client{t: n.t, base: n.server[i].URL, key: n.key} }

// owner finds the node that runs the mailbox: the one that takes in what arrives.
func (n *mailNodes) owner() (i int) {
	n.t.Helper()
	before := [2]int{n.client(0).taken(), n.client(1).taken()}
	n.dovecot.Deliver(n.t, n.user, n.post.next())
	n.client(0).await("a mail to be read", func() bool {
		i = slices.IndexFunc([]int{0, 1}, func(i int) bool { return n.client(i).taken() > before[i] })
		return i >= 0
	})
	return max(i, 0)
}

// killed ends a node in the middle of a stream of mails. The other one reads on within takeover; then
// it comes back.
func (n *mailNodes) killed(owner int) {
	// Not a wait for something: the moment of a kill must have nothing to do with the mails.
	kill := time.AfterFunc(rand.N(700*time.Millisecond), n.server[owner].Kill)
	defer kill.Stop()
	for running := true; running; {
		n.dovecot.Deliver(n.t, n.user, n.post.next())
		select {
		case <-n.server[owner].Ended():
			running = false
		default:
		}
	}
	n.readBy(1-owner, "after kill -9")
	n.start(owner)
}

// frozen stops a node for longer than its lease in the middle of a stream, and lets it go on when the other
// one has the mailbox: what it was doing must come to nothing.
func (n *mailNodes) frozen(owner int) {
	for range 20 {
		n.dovecot.Deliver(n.t, n.user, n.post.next())
	}
	n.signal(owner, syscall.SIGSTOP)
	n.readBy(1-owner, "after SIGSTOP")
	n.signal(owner, syscall.SIGCONT)
	n.t.Logf("after SIGCONT: node %d reads", n.owner()) // either: accounts are shared out anew
}

func (n *mailNodes) signal(i int, s syscall.Signal) {
	if err := syscall.Kill(n.server[i].PID(), s); err != nil {
		n.t.Fatal(err)
	}
}

// readBy waits until a node takes in what arrives.
func (n *mailNodes) readBy(i int, when string) {
	n.t.Helper()
	began, before := time.Now(), n.client(i).taken()
	n.dovecot.Deliver(n.t, n.user, n.post.next(), n.post.next())
	n.client(i).await("the other node to read the mailbox "+when, func() bool { return n.client(i).taken() > before })
	n.t.Logf("%s: the other node reads after %.1f s", when, time.Since(began).Seconds())
}

// answerSome has an agent answer some conversations, by either node.
func (n *mailNodes) answerSome(most int) {
	n.t.Helper()
	var found map[string][]string
	n.client(0).await("a conversation", func() bool {
		found = n.client(0).conversations(nil)
		return len(found) > 0
	})
	for id := range found {
		if most--; most < 0 {
			return
		}
		n.answers++
		a := &api{n.t, n.server[n.answers%2].URL + "/api/v1", n.key}
		a.must(http.MethodPost, "/conversations/"+id+"/messages", map[string]any{"text": answerName(n.answers)}, nil)
	}
}

func answerName(i int) string { return fmt.Sprintf("answer %d of the shop", i) }

// judge compares what is in the inbox with what was sent to it.
func (n *mailNodes) judge() delivered {
	found := n.client(0).conversations(nil)
	for id, texts := range found {
		found[id] = slices.DeleteFunc(texts, func(text string) bool { return strings.HasPrefix(text, "answer ") })
	}
	return judgeMails(found, n.post.threads)
}

// judgeAnswers compares what answers are called with what the mail server has: each at most once, and once
// what is called sent.
func (n *mailNodes) judgeAnswers(sink *testenv.Sink) {
	n.t.Helper()
	a := &api{n.t, n.server[0].URL + "/api/v1", n.key}
	states := map[string]string{}
	n.client(0).await("answers to be settled", func() bool {
		for id := range n.client(0).conversations(nil) {
			for _, m := range a.messages(id) {
				if m.Direction == "outbound" {
					states[m.Text] = m.State
				}
			}
		}
		for _, state := range states {
			if state == "queued" || state == "sending" {
				return false
			}
		}
		return len(states) == n.answers
	})
	got := map[string]int{}
	for _, mail := range sink.Mails(n.t) {
		for text := range states {
			if strings.Contains(mail.Data, text) {
				got[text]++
			}
		}
	}
	figures := map[string]int{}
	for text, state := range states {
		figures[state]++
		if arrived := got[text]; arrived > 1 || state == "sent" && arrived != 1 || state == "failed" && arrived != 0 {
			n.t.Errorf("%q is called %s and arrived %d times", text, state, arrived)
		}
	}
	n.t.Logf("%d answers: %v", n.answers, figures)
}
