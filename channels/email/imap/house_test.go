package imap_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/mail"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/email/connect"
	"parley/channels/email/imap"
	"parley/internal/testenv"
)

// house is one account of a real server with everything it needs of the program.
type house struct {
	t        testing.TB
	server   *testenv.Dovecot
	user     string
	password string
	config   imap.Config
	env      channels.Env
	journal  *channeltest.Journal
	rec      *channeltest.Recorder
	in       channels.Inbound // rec, unless a test stands between
	files    *channeltest.Files

	mu     sync.Mutex
	mails  map[string]imap.Mail // by text
	cancel context.CancelFunc
	done   chan struct{}
	errs   chan *channels.Error
}

const patience = 20 * time.Second

func newHouse(t testing.TB, server *testenv.Dovecot) *house {
	h := &house{t: t, server: server, journal: channeltest.NewJournal(), files: &channeltest.Files{}, mails: map[string]imap.Mail{}}
	h.user, h.password = server.Mailbox(t)
	h.rec = channeltest.NewRecorder(h.journal)
	h.in = h.rec
	host, port := split(t, server.IMAP)
	h.config = imap.Config{
		Server: connect.Endpoint{Host: host, Port: port, Security: connect.None}, Username: h.user, Password: h.password,
		Poll:     15 * time.Minute, // what arrives at once has been told of
		Backfill: 24 * time.Hour,   // what a test puts there first is read
	}
	h.env = channels.Env{
		Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})), Now: time.Now,
		Files: h.files, Dial: (&net.Dialer{}).DialContext,
	}
	return h
}

func split(t testing.TB, address string) (host string, port int) {
	t.Helper()
	host, text, err := net.SplitHostPort(address)
	if err != nil {
		t.Fatal(err)
	}
	if port, err = strconv.Atoi(text); err != nil {
		t.Fatal(err)
	}
	return host, port
}

// translate is the least that an adapter must do: the text is the body's first line.
func (h *house) translate(_ context.Context, m imap.Mail, r io.Reader) (channels.Event, error) {
	var head bytes.Buffer
	n, err := io.Copy(&head, io.LimitReader(r, 64<<10))
	if err == nil {
		var rest int64
		rest, err = io.Copy(io.Discard, r)
		n += rest
	}
	if err != nil {
		return channels.Event{}, err
	}
	if n != m.Original.Size {
		return channels.Event{}, fmt.Errorf("read %d bytes of %d", n, m.Original.Size)
	}
	msg, err := mail.ReadMessage(&head)
	if err != nil {
		return channels.Event{Key: channels.EventKey("raw:" + m.Original.Hash), Direction: channels.Inward, Problem: "no mail", Raw: []byte("x")}, nil
	}
	body, _ := io.ReadAll(msg.Body)
	text, _, _ := strings.Cut(string(body), "\n")
	text = strings.TrimSpace(text)
	h.mu.Lock()
	h.mails[text] = m
	h.mu.Unlock()
	ev := channels.Event{
		Key: channels.EventKey("m:" + msg.Header.Get("Message-Id") + ":" + m.Body), Direction: channels.Inward, Chat: "chat",
		Sender:  channels.Sender{Scope: "email", Address: "a@example.org"},
		Message: &channels.Message{Text: text}, Historic: m.Historic,
	}
	if m.Sent {
		ev.Direction = channels.Echo
	}
	return ev, nil
}

// start runs the receiver, again and again as the supervisor does, until stop.
func (h *house) start() *imap.Receiver {
	r := imap.New(h.config, h.env, h.translate)
	h.run(r)
	return r
}

func (h *house) run(r *imap.Receiver) {
	ctx, cancel := context.WithCancel(context.Background())
	h.cancel, h.done, h.errs = cancel, make(chan struct{}), make(chan *channels.Error, 10_000)
	done, errs := h.done, h.errs
	go func() {
		defer close(done)
		for ctx.Err() == nil {
			err := r.Run(ctx, h.in)
			if e := channels.AsError(err); e != nil {
				errs <- e
				if e.Kind == channels.AuthFailed {
					return
				}
			}
		}
	}()
	h.t.Cleanup(h.stop)
}

func (h *house) stop() {
	h.cancel()
	select {
	case <-h.done:
	case <-time.After(patience):
		h.t.Fatal("Run goes on after its context has ended")
	}
}

// connected waits until the receiver listens.
func (h *house) connected() {
	h.t.Helper()
	h.until("the report of a connection", func() bool {
		for _, s := range h.rec.Statuses() {
			if s.State == channels.StateConnected {
				return true
			}
		}
		return false
	})
}

func (h *house) until(what string, cond func() bool) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if !h.journal.Wait(ctx, cond) {
		h.t.Fatalf("waited in vain for %s; server: %s", what, h.server.Log())
	}
}

// arrives waits for a text and checks that it was kept once.
func (h *house) arrives(texts ...string) {
	h.t.Helper()
	for _, text := range texts {
		h.until(text, func() bool { return h.journal.Count(channeltest.StepCommitted, text) > 0 })
	}
	for _, text := range texts {
		if n := h.journal.Count(channeltest.StepCommitted, text); n != 1 {
			h.t.Errorf("%q was kept %d times", text, n)
		}
	}
}

// fails waits for an error of Run with a code.
func (h *house) fails(code string) *channels.Error {
	h.t.Helper()
	late := time.After(patience)
	for {
		select {
		case e := <-h.errs:
			if e.Code == code {
				return e
			}
			h.t.Logf("on the way: %v", e)
		case <-late:
			h.t.Fatalf("no error %s", code)
		}
	}
}

// letter is a mail whose body begins with a text and has at least so many bytes.
func letter(text string, size int) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "From: Ann <a@example.org>\nTo: us@example.test\nSubject: %s\nMessage-ID: <%s@example.org>\nDate: %s\n\n%s\n",
		text, strings.ReplaceAll(text, " ", "."), time.Now().Format(time.RFC1123Z), text)
	line := strings.Repeat("lorem ipsum ", 6) + "\n"
	for b.Len() < size {
		b.WriteString(line)
	}
	return b.Bytes()
}

func (h *house) deliver(texts ...string) {
	h.t.Helper()
	for _, text := range texts {
		h.server.Deliver(h.t, h.user, letter(text, 0))
	}
}

// file finds the file of a delivered mail by its subject. Names of files tell nothing: the microsecond in them has no
// leading zeros, so they do not sort by time.
func (h *house) file(subject string) string {
	h.t.Helper()
	files, err := filepath.Glob(filepath.Join(h.server.Maildir(h.user), "new", "*"))
	if err != nil {
		h.t.Fatal(err)
	}
	for _, name := range files {
		mail, err := os.ReadFile(name)
		if err != nil {
			h.t.Fatal(err)
		}
		if bytes.Contains(mail, []byte("\nSubject: "+subject+"\n")) {
			return name
		}
	}
	h.t.Fatalf("no file of %d holds the mail %q", len(files), subject)
	return ""
}
