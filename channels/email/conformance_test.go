package email_test

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/email"
	"parley/internal/testenv"
)

const chat = "root@example.org"

func TestConformance(t *testing.T) {
	t.Parallel()
	server := testenv.StartDovecot(t, testenv.DovecotOptions{})
	signing := dkimKey(t)
	channeltest.Run(t, channeltest.Harness{Patience: 30 * time.Second, New: func(t testing.TB, j *channeltest.Journal) channeltest.Setup {
		return setup(t, j, server, signing)
	}})
}

func setup(t testing.TB, j *channeltest.Journal, server *testenv.Dovecot, signing string) channeltest.Setup {
	user, password := server.Mailbox(t)
	way, office := newWay(t, server.IMAP), openPostOffice(t, chat)
	box := &box{journal: j}
	host, port := hostPort(t, way.address())
	smtpHost, smtpPort := hostPort(t, office.l.Addr().String())
	n := 0
	deliver := func(text string, mail []byte) {
		box.expect(text)
		server.Deliver(t, user, mail)
	}
	mails := map[string][]byte{}
	return channeltest.Setup{
		Driver: &watched{Driver: &email.Driver{}, box: box},
		Account: channels.Account{ID: 7, Kind: channels.KindEmail, Name: "Mail", Config: map[string]string{
			"address": user, "password": password, "smtp_password": "smtp-" + password,
			"imap_host": host, "imap_port": port, "imap_security": "none", "backfill_days": "1",
			"smtp_host": smtpHost, "smtp_port": smtpPort, "smtp_security": "none",
			"oauth":         `{"provider":"google","client_id":"an-application","client_secret":"its-secret"}`,
			"dkim_selector": "s1", "dkim_key": signing,
		}},
		Chat: chat, To: []channels.Address{{Scope: "email", Address: "ann@example.org", Name: "Ann"}},
		Arrive: func(text string) {
			n++
			mails[text] = fmt.Appendf(nil, "From: Ann <ann@example.org>\nTo: %s\nSubject: Test\nMessage-ID: <%d@example.org>\n"+
				"Content-Type: text/plain; charset=utf-8\n\n%s\n", user, n, text)
			deliver(text, mails[text])
		},
		Again: func(text string) { deliver(text, mails[text]) },
		Garbage: func(raw []byte) bool {
			box.expect("")
			server.Place(t, user, raw)
			return false
		},
		Deny: func() {
			server.SetPassword(t, user, "another-password")
			way.cut()
		},
		Answers: []channeltest.Answer{
			channeltest.LoseReply, channeltest.Hang, channeltest.Garble, channeltest.Unavailable,
			channeltest.Unreachable, channeltest.Reject, channeltest.Denied,
		},
		Script:   office.set,
		Attempts: office.seen,
	}
}

func dkimKey(t testing.TB) string {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}))
}

func hostPort(t testing.TB, address string) (host, port string) {
	t.Helper()
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		t.Fatal(err)
	}
	return host, port
}

// box knows which mails of a mailbox the adapter has acknowledged. Towards the server there is no such
// thing: acknowledged is what the committed cursors, as far as the adapter has seen them, are past.
type box struct {
	journal *channeltest.Journal

	mu       sync.Mutex
	texts    []string // by UID, which is the index and one; "" once it is acknowledged
	arrivals uint64
	history  uint64 // read up to here
	until    uint64 // where history ends
}

// expect notes the text of the mail that gets the next UID.
func (b *box) expect(text string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.texts = append(b.texts, text)
}

// sees notes a committed cursor: "uidvalidity:uid:since", with ":until" for history.
func (b *box) sees(stream, cursor string) {
	parts := strings.Split(cursor, ":")
	if len(parts) < 3 || !strings.HasPrefix(stream, "imap/INBOX") {
		return
	}
	uid, _ := strconv.ParseUint(parts[1], 10, 32)
	b.mu.Lock()
	if strings.HasSuffix(stream, "/history") {
		b.history, b.until = uid, 0
		if len(parts) == 4 {
			b.until, _ = strconv.ParseUint(parts[3], 10, 32)
		}
	} else {
		b.arrivals = uid
	}
	var done []string
	for i, text := range b.texts {
		uid := uint64(i + 1)
		if text != "" && uid <= b.arrivals && (uid > b.until || uid <= b.history) {
			done = append(done, text)
			b.texts[i] = ""
		}
	}
	b.mu.Unlock()
	for _, text := range done {
		b.journal.Acknowledged(text)
	}
}

// watched is the driver of accounts whose cursors a box sees.
type watched struct {
	*email.Driver
	box *box
}

func (w *watched) Open(acct channels.Account, env channels.Env) (channels.Adapter, error) {
	a, err := w.Driver.Open(acct, env)
	if err != nil {
		return nil, err
	}
	return &watchedAccount{a, w.box}, nil
}

type watchedAccount struct {
	channels.Adapter
	box *box
}

func (w *watchedAccount) Run(ctx context.Context, in channels.Inbound) error {
	return w.Adapter.Run(ctx, &watchedInbound{in, w.box})
}

type watchedInbound struct {
	channels.Inbound
	box *box
}

func (w *watchedInbound) Cursor(ctx context.Context, stream string) (string, error) {
	cursor, err := w.Inbound.Cursor(ctx, stream)
	if err == nil {
		w.box.sees(stream, cursor)
	}
	return cursor, err
}

func (w *watchedInbound) Deliver(ctx context.Context, b channels.Batch) ([]channels.Outcome, error) {
	outcomes, err := w.Inbound.Deliver(ctx, b)
	if err == nil {
		w.box.sees(b.Stream, b.Cursor)
	}
	return outcomes, err
}

// way is the only way to a server, and can be cut.
type way struct {
	l  net.Listener
	to string

	mu    sync.Mutex
	conns []net.Conn
	wg    sync.WaitGroup
}

func newWay(t testing.TB, to string) *way {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &way{l: l, to: to}
	w.wg.Go(w.serve)
	t.Cleanup(func() {
		l.Close()
		w.cut()
		w.wg.Wait()
	})
	return w
}

func (w *way) address() string { return w.l.Addr().String() }

func (w *way) serve() {
	for {
		near, err := w.l.Accept()
		if err != nil {
			return
		}
		far, err := net.Dial("tcp", w.to)
		if err != nil {
			near.Close()
			continue
		}
		w.mu.Lock()
		w.conns = append(w.conns, near, far)
		w.mu.Unlock()
		for _, pair := range [][2]net.Conn{{near, far}, {far, near}} {
			w.wg.Go(func() {
				io.Copy(pair[0], pair[1])
				pair[0].Close()
				pair[1].Close()
			})
		}
	}
}

// cut breaks every connection; new ones may be made.
func (w *way) cut() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range w.conns {
		c.Close()
	}
	w.conns = nil
}
