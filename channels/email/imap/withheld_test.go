package imap_test

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"net"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/email/connect"
	"parley/channels/email/imap"
)

// oddServer holds two mails and answers to FETCH as a test wants.
type oddServer struct {
	t     testing.TB
	l     net.Listener
	mails []string // by UID, from 1
	// fetch returns what is said of a mail instead of the ordinary, "" for that. Nth counts
	// the questions of its kind after the mail.
	fetch func(uid int, body bool, nth int) string

	mu    sync.Mutex
	asked map[string]int
	wg    sync.WaitGroup
}

func openOddServer(t testing.TB, fetch func(uid int, body bool, nth int) string) *oddServer {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &oddServer{t: t, l: l, fetch: fetch, asked: map[string]int{}}
	for _, text := range []string{"one", "two"} {
		s.mails = append(s.mails, strings.ReplaceAll(string(letter(text, 0)), "\r\n", "\n"))
		s.mails[len(s.mails)-1] = strings.ReplaceAll(s.mails[len(s.mails)-1], "\n", "\r\n")
	}
	s.wg.Go(s.serve)
	t.Cleanup(func() {
		l.Close()
		s.wg.Wait()
	})
	return s
}

func (s *oddServer) serve() {
	for {
		conn, err := s.l.Accept()
		if err != nil {
			return
		}
		s.wg.Go(func() {
			defer conn.Close()
			s.talk(conn)
		})
	}
}

func (s *oddServer) talk(conn net.Conn) {
	say := func(format string, values ...any) { fmt.Fprintf(conn, format+"\r\n", values...) }
	say("* OK [CAPABILITY IMAP4rev1] hello")
	for in := bufio.NewScanner(conn); in.Scan(); {
		tag, command, _ := strings.Cut(in.Text(), " ")
		switch upper := strings.ToUpper(command); {
		case strings.HasPrefix(upper, "EXAMINE"):
			say("* FLAGS (\\Seen)\r\n* %d EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT %d] ok", len(s.mails), len(s.mails)+1)
		case strings.HasPrefix(upper, "CAPABILITY"):
			say("* CAPABILITY IMAP4rev1")
		case strings.HasPrefix(upper, "UID SEARCH"):
			_, rest, _ := strings.Cut(upper, "UID SEARCH UID ")
			first, _, _ := strings.Cut(rest, ":")
			from, _ := strconv.Atoi(first)
			line := "* SEARCH"
			for uid := from; uid <= len(s.mails); uid++ {
				line += " " + strconv.Itoa(uid)
			}
			say("%s", line)
		case strings.HasPrefix(upper, "UID FETCH"):
			body := strings.Contains(upper, "BODY.PEEK")
			set := strings.Fields(upper)[2]
			for uid, mail := range s.mails {
				if uid++; holds(set, uid) {
					s.tell(say, uid, mail, body)
				}
			}
		}
		say("%s OK done", tag)
	}
}

// holds tells whether a set such as "1:2,5" has a number.
func holds(set string, uid int) bool {
	for part := range strings.SplitSeq(set, ",") {
		first, last, span := strings.Cut(part, ":")
		from, _ := strconv.Atoi(first)
		to := from
		if span {
			to, _ = strconv.Atoi(last)
		}
		if from <= uid && uid <= to {
			return true
		}
	}
	return false
}

func (s *oddServer) tell(say func(string, ...any), uid int, mail string, body bool) {
	s.mu.Lock()
	what := fmt.Sprint(uid, body)
	s.asked[what]++
	nth := s.asked[what]
	s.mu.Unlock()
	if odd := s.fetch(uid, body, nth); odd != "" {
		if odd != "nothing" {
			say("%s", odd)
		}
		if !strings.Contains(odd, "FLAGS") {
			return
		}
	}
	if body {
		say("* %d FETCH (UID %d BODY[] {%d}\r\n%s)", uid, uid, len(mail), mail)
	} else {
		say("* %d FETCH (UID %d RFC822.SIZE %d INTERNALDATE %q)", uid, uid, len(mail), time.Now().Format("02-Jan-2006 15:04:05 -0700"))
	}
}

// TestMailsBetweenWhichTheServerSpeaks has a server mention, in the middle of an answer, that
// a flag has changed, as it may at any time (RFC 9051, 7), or keep a mail back. The library
// takes the first word on a mail for the answer.
func TestMailsBetweenWhichTheServerSpeaks(t *testing.T) {
	t.Parallel()
	flags := func(uid int) string { return fmt.Sprintf("* %d FETCH (UID %d FLAGS (\\Seen))", uid, uid) }
	for name, fetch := range map[string]func(uid int, body bool, nth int) string{
		"a flag before the size":   func(uid int, body bool, nth int) string { return onceFor(1, !body && nth == 1 && uid == 1, flags) },
		"a flag before the mail":   func(uid int, body bool, nth int) string { return onceFor(1, body && nth == 1 && uid == 1, flags) },
		"the last mail kept back":  func(uid int, body bool, nth int) string { return onceFor(2, body && nth == 1 && uid == 2, nothing) },
		"the first mail kept back": func(uid int, body bool, nth int) string { return onceFor(1, body && nth == 1 && uid == 1, nothing) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := oddHouse(t, openOddServer(t, fetch))
			h.start()
			h.awaits(func() bool {
				return h.journal.Count(channeltest.StepCommitted, "one") == 1 && h.journal.Count(channeltest.StepCommitted, "two") == 1
			})
		})
	}
	t.Run("a mail that is never given out", func(t *testing.T) {
		t.Parallel()
		h := oddHouse(t, openOddServer(t, func(uid int, body bool, _ int) string { return onceFor(1, body && uid == 1, nothing) }))
		h.start()
		h.awaits(func() bool {
			return h.journal.Count(channeltest.StepQuarantined, "") == 1 && h.journal.Count(channeltest.StepCommitted, "two") == 1
		})
	})
}

func nothing(int) string { return "nothing" }

func onceFor(uid int, now bool, say func(uid int) string) string {
	if !now {
		return ""
	}
	return say(uid)
}

// oddHouse is an account of an odd server.
func oddHouse(t testing.TB, s *oddServer) *house {
	h := &house{t: t, journal: channeltest.NewJournal(), files: &channeltest.Files{}, mails: map[string]imap.Mail{}}
	h.rec = channeltest.NewRecorder(h.journal)
	h.in = h.rec
	host, port := split(t, s.l.Addr().String())
	h.config = imap.Config{
		Server: connect.Endpoint{Host: host, Port: port, Security: connect.None}, Username: "u", Password: "p",
		Poll: 15 * time.Minute, Backfill: 24 * time.Hour,
	}
	h.env = channels.Env{
		Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})), Now: time.Now,
		Files: h.files, Dial: (&net.Dialer{}).DialContext,
	}
	return h
}

func (h *house) awaits(cond func() bool) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), patience/4)
	defer cancel()
	if !h.journal.Wait(ctx, cond) {
		h.t.Errorf("kept: one %d, two %d times; %d in quarantine", h.journal.Count(channeltest.StepCommitted, "one"),
			h.journal.Count(channeltest.StepCommitted, "two"), h.journal.Count(channeltest.StepQuarantined, ""))
	}
}
