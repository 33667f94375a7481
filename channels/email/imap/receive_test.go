package imap_test

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"os"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/email/connect"
	"parley/channels/email/imap"
	"parley/internal/testenv"
)

func TestMailArrivesAtOnceAndOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testenv.StartDovecot(t, testenv.DovecotOptions{}))
	h.deliver("standing there")
	h.start()
	h.connected()
	h.arrives("standing there")
	for i := range 5 {
		text := fmt.Sprint("pushed ", i)
		h.deliver(text)
		sent := time.Now()
		h.arrives(text)
		if took := time.Since(sent); took > 5*time.Second {
			t.Errorf("%q took %s although the server tells of it", text, took)
		}
	}
	h.stop()
	h.deliver("while away")
	h.start()
	h.arrives("while away", "standing there", "pushed 0")
	for _, ev := range h.rec.Events() {
		if standing := ev.Message.Text == "standing there"; ev.Historic != standing {
			t.Errorf("%q is historic: %v", ev.Message.Text, ev.Historic)
		}
	}
}

// TestOnlyNewsWithoutBackfill has mails whose times say the opposite of when they came: the
// server's clock and ours are never quite the same, and a mail may be moved here.
func TestOnlyNewsWithoutBackfill(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testenv.StartDovecot(t, testenv.DovecotOptions{}))
	h.config.Backfill = 0
	other, now := h.client(), time.Now()
	other.appends("INBOX", letter("standing there", 0), now.Add(-time.Second))
	other.appends("INBOX", letter("standing there, by a fast clock", 0), now.Add(time.Hour))
	h.start()
	h.connected()
	other.appends("INBOX", letter("long gone by", 0), now.AddDate(0, 0, -3))
	other.appends("INBOX", letter("by a slow clock", 0), now.Add(-time.Hour))
	h.deliver("news")
	h.arrives("by a slow clock", "news")
	for _, ev := range h.rec.Events() {
		if text := ev.Message.Text; ev.Historic || text != "by a slow clock" && text != "news" {
			t.Errorf("%q came in, historic: %v", text, ev.Historic)
		}
	}
}

func TestServerWithoutIdleIsPolled(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testenv.StartDovecot(t, testenv.DovecotOptions{NoIdle: true}))
	h.config.Poll = 50 * time.Millisecond
	h.start()
	h.connected()
	h.deliver("first")
	h.arrives("first")
	h.deliver("second")
	h.arrives("second")
}

func TestEveryKindOfSecurity(t *testing.T) {
	t.Parallel()
	server := testenv.StartDovecot(t, testenv.DovecotOptions{})
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(server.Certificate)
	for name, c := range map[string]struct {
		address  string
		security connect.Security
		roots    *x509.CertPool
		code     string
	}{
		"tls":                     {server.IMAPS, connect.TLS, roots, ""},
		"starttls":                {server.IMAP, connect.STARTTLS, roots, ""},
		"none":                    {server.IMAP, connect.None, nil, ""},
		"tls on the other port":   {server.IMAP, connect.TLS, roots, connect.CodeSpeaksNoTLS},
		"nobody vouches":          {server.IMAPS, connect.TLS, nil, connect.CodeCertUnknown},
		"nobody vouches starttls": {server.IMAP, connect.STARTTLS, nil, connect.CodeCertUnknown},
		"none on the tls port":    {server.IMAPS, connect.None, nil, connect.CodeSpeaksTLS},
		"nobody there":            {"127.0.0.1:1", connect.TLS, roots, connect.CodeRefused},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, server)
			host, port := split(t, c.address)
			h.config.Server, h.config.Roots = connect.Endpoint{Host: host, Port: port, Security: c.security}, c.roots
			h.config.Tempo.Quiet = 2 * time.Second // where the server waits for us as well
			err := imap.New(h.config, h.env, h.translate).Test(t.Context())
			var e *channels.Error
			switch {
			case c.code == "" && err != nil:
				t.Errorf("%v", err)
			case c.code != "" && (!errors.As(err, &e) || e.Code != c.code):
				t.Errorf("got %v, want %s", err, c.code)
			}
		})
	}
}

func TestSignInIsRefused(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testenv.StartDovecot(t, testenv.DovecotOptions{}))
	h.config.Password = "not-the-password"
	h.start()
	if e := h.fails(connect.CodePassword); e.Kind != channels.AuthFailed || e.Scope != channels.ScopeAccount {
		t.Errorf("a refused password is %v", e)
	}
}

func TestMailboxThatIsNotThere(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testenv.StartDovecot(t, testenv.DovecotOptions{}))
	h.config.Mailbox = "Support"
	err := imap.New(h.config, h.env, h.translate).Test(t.Context())
	if e := channels.AsError(err); e == nil || e.Code != connect.CodeMailbox || e.Kind != channels.Transient {
		t.Errorf("got %v", err)
	}
}

func TestWhatCannotBeDeliveredIsOfferedAgain(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testenv.StartDovecot(t, testenv.DovecotOptions{}))
	h.rec.Next(channeltest.Refuse, channeltest.Refuse)
	h.start()
	h.connected()
	h.deliver("unwelcome")
	h.arrives("unwelcome")
	if n := h.journal.Count(channeltest.StepRefused, "unwelcome"); n != 2 {
		t.Errorf("refused %d times, want 2", n)
	}
	if e := h.fails(imap.CodeNotStored); e.Kind != channels.Transient {
		t.Errorf("what was not stored is %v", e)
	}
}

// fullDisk refuses to store as long as it is told to.
type fullDisk struct {
	channels.Files
	left int
}

var errFull = errors.New("no space left on device")

func (f *fullDisk) Put(ctx context.Context, name, mediaType string, r io.Reader, most int64) (channels.File, error) {
	if f.left > 0 {
		f.left--
		_, _ = io.CopyN(io.Discard, r, 100)
		return channels.File{}, errFull
	}
	return f.Files.Put(ctx, name, mediaType, r, most)
}

func TestFullDisk(t *testing.T) {
	t.Parallel()
	for name, size := range map[string]int{"small": 0, "large": 1 << 20} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, testenv.StartDovecot(t, testenv.DovecotOptions{}))
			h.env.Files = &fullDisk{Files: h.files, left: 7} // more often than a bad mail is tried
			h.start()
			h.connected()
			h.server.Deliver(t, h.user, letter("patient", size))
			h.arrives("patient")
			for range 7 {
				if e := h.fails(imap.CodeNotStored); !errors.Is(e, errFull) {
					t.Errorf("a full disk is %v", e)
				}
			}
		})
	}
}

func TestServerThatFreezes(t *testing.T) {
	t.Parallel()
	server := testenv.StartDovecot(t, testenv.DovecotOptions{})
	h := newHouse(t, server)
	h.config.Poll, h.config.Tempo.Quiet = 100*time.Millisecond, 300*time.Millisecond
	h.start()
	h.connected()
	h.deliver("before")
	h.arrives("before")
	server.Freeze(t)
	h.fails(connect.CodeTimeout)
	server.Thaw(t)
	h.deliver("after")
	h.arrives("before", "after")
}

func TestMailThatTheServerCannotGiveOut(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testenv.StartDovecot(t, testenv.DovecotOptions{}))
	h.deliver("good", "bad", "also good")
	if err := os.Chmod(h.file("bad"), 0); err != nil {
		t.Fatal(err)
	}
	h.start()
	h.arrives("good", "also good")
	h.until("the quarantine", func() bool { return h.journal.Count(channeltest.StepQuarantined, "") == 1 })
	if h.journal.Count(channeltest.StepCommitted, "bad") > 0 {
		t.Error("the test is no test: the server gave the mail out")
	}
}

func TestMailThatIsTooLarge(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testenv.StartDovecot(t, testenv.DovecotOptions{}))
	h.deliver("before")
	h.server.Deliver(t, h.user, letter("huge", imap.MaxMail+1))
	h.deliver("after")
	h.start()
	h.arrives("before", "after")
	for _, ev := range h.rec.Events() {
		if ev.Problem != "" && (len(ev.Raw) == 0 || len(ev.Raw) > channels.MaxRaw || ev.Message != nil) {
			t.Errorf("quarantined with %d bytes", len(ev.Raw))
		}
	}
	if n := h.journal.Count(channeltest.StepQuarantined, ""); n != 1 {
		t.Errorf("%d mails in quarantine, want 1", n)
	}
}
