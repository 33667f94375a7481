package imap_test

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/email/imap"
	"parley/internal/testenv"
)

// client speaks to the server as another mail program of the same user would.
type client struct {
	t    testing.TB
	conn net.Conn
	r    *bufio.Reader
	n    int
}

func (h *house) client() *client {
	h.t.Helper()
	conn, err := net.Dial("tcp", h.server.IMAP)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { conn.Close() })
	c := &client{t: h.t, conn: conn, r: bufio.NewReader(conn)}
	c.do("LOGIN %s %s", h.user, h.password)
	return c
}

// do gives a command and returns what is said before its end, which must be good.
func (c *client) do(format string, args ...any) string {
	c.t.Helper()
	c.n++
	tag := fmt.Sprintf("c%d ", c.n)
	c.conn.SetDeadline(time.Now().Add(patience))
	fmt.Fprintf(c.conn, tag+format+"\r\n", args...)
	var said strings.Builder
	for {
		line, err := c.r.ReadString('\n')
		if err != nil {
			c.t.Fatal(err)
		}
		if rest, end := strings.CutPrefix(line, tag); end {
			if !strings.HasPrefix(rest, "OK") {
				c.t.Fatalf("%s: %s", format, rest)
			}
			return said.String()
		}
		said.WriteString(line)
	}
}

// appends puts a mail into a mailbox, as the program does that has sent it.
func (c *client) appends(mailbox string, mail []byte, when time.Time) {
	c.t.Helper()
	text := strings.ReplaceAll(string(mail), "\n", "\r\n")
	c.do("APPEND %s \"%s\" {%d+}\r\n%s", mailbox, when.Format("_2-Jan-2006 15:04:05 -0700"), len(text), text)
}

func TestMailboxIsMadeAnew(t *testing.T) {
	t.Parallel()
	for name, away := range map[string]bool{"while we listen": false, "while we are away": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			madeAnew(t, away)
		})
	}
}

func madeAnew(t *testing.T, away bool) {
	h := newHouse(t, testenv.StartDovecot(t, testenv.DovecotOptions{}))
	other := h.client()
	other.do("CREATE Support")
	h.config.Mailbox, h.config.Poll = "Support", 100*time.Millisecond
	h.start()
	h.connected()
	now := time.Now()
	one, two, three := letter("one", 0), letter("two", 3000), letter("three", 0)
	other.appends("Support", one, now)
	other.appends("Support", two, now)
	h.arrives("one", "two")
	before := h.mailOf("one")
	if away {
		h.stop()
	}
	other.do("DELETE Support")
	other.do("CREATE Support")
	other.appends("Support", letter("ancient", 0), now.Add(-240*time.Hour))
	other.appends("Support", three, now)
	other.appends("Support", two, now)
	other.appends("Support", one, now)
	if away {
		h.start()
	}
	h.arrives("one", "two", "three")
	other.appends("Support", letter("four", 0), now)
	h.arrives("four", "one", "two", "three")
	h.until("the others once more", func() bool { return h.journal.Count(channeltest.StepDuplicate, "one") == 1 })
	after := h.mailOf("one")
	if after.Validity == before.Validity || !after.Renumbered {
		t.Errorf("the test is no test: read as %+v and %+v", before, after)
	}
	if n := h.journal.Count(channeltest.StepCommitted, "ancient"); n > 0 {
		t.Error("mail from before the account was connected came in")
	}
}

func (h *house) mailOf(text string) imap.Mail {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.mails[text]
}

func TestSentFolderGivesEchoes(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testenv.StartDovecot(t, testenv.DovecotOptions{}))
	h.config.Poll = 100 * time.Millisecond
	h.start()
	h.connected()
	h.deliver("question")
	h.arrives("question")
	h.client().appends("Sent", letter("answer", 0), time.Now())
	h.arrives("answer", "question")
	for _, ev := range h.rec.Events() {
		if echo := ev.Message.Text == "answer"; echo != (ev.Direction == channels.Echo) {
			t.Errorf("%q went %s", ev.Message.Text, ev.Direction)
		}
	}
}

func TestHistoryIsReadWhenAskedFor(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testenv.StartDovecot(t, testenv.DovecotOptions{}))
	other := h.client()
	now := time.Now()
	for days := 20; days > 0; days-- {
		other.appends("INBOX", letter(fmt.Sprint("days ago: ", days), 0), now.AddDate(0, 0, -days))
	}
	other.appends("Sent", letter("old answer", 0), now.AddDate(0, 0, -3))
	other.appends("Sent", letter("older answer", 0), now.AddDate(0, 0, -30))
	h.config.Backfill = 10*24*time.Hour + time.Hour
	h.start()
	h.connected()
	h.arrives("days ago: 10", "days ago: 1", "old answer")
	h.deliver("news")
	h.arrives("news")
	h.until("the end of the history", func() bool {
		s := h.rec.Statuses()
		last := s[len(s)-1]
		return last.State == channels.StateConnected && last.Progress == nil
	})
	for _, text := range []string{"days ago: 11", "older answer"} {
		if h.journal.Count(channeltest.StepCommitted, text) > 0 {
			t.Errorf("%q came in, which is older than was asked for", text)
		}
	}
	for _, ev := range h.rec.Events() {
		if ev.Historic != (ev.Message.Text != "news") {
			t.Errorf("%q is historic: %v", ev.Message.Text, ev.Historic)
		}
	}
	if !slices.ContainsFunc(h.rec.Statuses(), func(s channels.Status) bool { return s.Progress != nil && s.Progress.Done >= 11 }) {
		t.Errorf("no report tells of the progress: %v", h.rec.Statuses())
	}
	// Asked for more, it brings more; nothing comes twice.
	h.stop()
	h.config.Backfill = 15*24*time.Hour + time.Hour
	h.start()
	h.arrives("days ago: 15", "days ago: 11", "days ago: 10", "news", "old answer")
}

func TestNightFindsWhatTheWatermarkHasPassed(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testenv.StartDovecot(t, testenv.DovecotOptions{}))
	h.config.Poll, h.config.Tempo.Reconcile = 100*time.Millisecond, time.Nanosecond
	h.start()
	h.connected()
	h.deliver("seen")
	h.arrives("seen")
	h.stop()
	// The mail stands below the watermark, as one does that a server showed too late.
	h.deliver("missed")
	cursor, err := h.rec.Cursor(t.Context(), "imap/INBOX")
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(cursor, ":")
	if parts[1] != "1" {
		t.Fatalf("cursor %q", cursor)
	}
	parts[1] = "2"
	if _, err := h.rec.Deliver(t.Context(), channels.Batch{Stream: "imap/INBOX", Cursor: strings.Join(parts, ":")}); err != nil {
		t.Fatal(err)
	}
	h.start()
	h.arrives("missed", "seen")
	h.deliver("next")
	h.arrives("next", "missed", "seen")
	if n := h.journal.Count(channeltest.StepDuplicate, "seen"); n != 1 {
		t.Errorf("what was there was read %d times more, want once", n)
	}
}

func TestMailThatIsGoneIsNoTrouble(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testenv.StartDovecot(t, testenv.DovecotOptions{}))
	h.deliver("stays", "goes", "goes too")
	for _, subject := range []string{"goes", "goes too"} {
		if err := os.Remove(h.file(subject)); err != nil {
			t.Fatal(err)
		}
	}
	h.start()
	h.arrives("stays")
	h.deliver("later")
	h.arrives("later", "stays")
}
