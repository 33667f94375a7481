package letter_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/email/letter"
)

// corpora is where other people's mails lie, beside the repository.
const corpora = "../../../../shared/corpora/mime"

// corpusMails returns the mails of one corpus by their path within it.
func corpusMails(tb testing.TB, corpus string) map[string][]byte {
	tb.Helper()
	root := filepath.Join(corpora, corpus)
	if _, err := os.Stat(root); err != nil {
		tb.Skipf("the corpus %s is not here: %v", corpus, err)
	}
	mails := map[string][]byte{}
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !isMail(name) {
			return err
		}
		raw, err := os.ReadFile(name)
		mails[strings.TrimPrefix(name, root+string(filepath.Separator))] = raw
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	return mails
}

func isMail(name string) bool {
	switch filepath.Ext(name) {
	case ".eml", ".msg", ".raw":
		return true
	case ".txt":
		return strings.Contains(name, "letters")
	}
	return strings.HasPrefix(filepath.Base(name), "email.")
}

var corpusNames = []string{"../bounce", "enmime", "flanker", "letters", "mail", "mailparser", "mime4j"}

func TestEveryCorpusMailIsRead(t *testing.T) {
	t.Parallel()
	for _, corpus := range corpusNames {
		t.Run(corpus, func(t *testing.T) {
			t.Parallel()
			var slowest time.Duration
			empty := 0
			mails := corpusMails(t, corpus)
			for name, raw := range mails {
				l, took := timed(t, raw, time.Second)
				slowest = max(slowest, took)
				if took > time.Second && !raceEnabled {
					t.Errorf("%s took %v", name, took)
				}
				checkInvariants(t, name, l, channels.MaxText)
				if l.Text == "" && l.HTML == "" && len(l.Files) == 0 {
					empty++
				}
			}
			t.Logf("%-10s %3d mails, slowest %6v, without any content %d", corpus, len(mails), slowest.Round(time.Millisecond), empty)
		})
	}
}

// read reads a mail that can always be read.
func read(tb testing.TB, raw []byte) *letter.Letter {
	tb.Helper()
	l, err := letter.Read(tb.Context(), bytes.NewReader(raw), &channeltest.Files{}, letter.Bounds{})
	if err != nil {
		tb.Fatalf("read: %v", err)
	}
	return l
}

// timed reads a mail and tells how long that takes: the best of three where it seems to
// take longer than it may, because the machine has other work too.
func timed(tb testing.TB, raw []byte, most time.Duration) (*letter.Letter, time.Duration) {
	tb.Helper()
	var l *letter.Letter
	best := time.Duration(1 << 62)
	for range 3 {
		began := time.Now()
		l = read(tb, raw)
		if best = min(best, time.Since(began)); best <= most {
			break
		}
	}
	return l, best
}

// checkInvariants checks what holds for every letter.
func checkInvariants(tb testing.TB, name string, l *letter.Letter, most int) {
	tb.Helper()
	valid := func(what, s string) {
		if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
			tb.Errorf("%s: %s cannot be stored: %q", name, what, s[:min(len(s), 200)])
		}
	}
	if got := len(l.Text) + len(l.HTML); got >= most {
		tb.Errorf("%s: the texts have %d bytes", name, got)
	}
	valid("the text", l.Text)
	valid("the HTML", l.HTML)
	valid("the subject", l.Subject)
	valid("the id", l.MessageID)
	if strings.ContainsAny(l.Subject, "\r\n") || strings.ContainsAny(l.Text, "\r") {
		tb.Errorf("%s: a line ending is left", name)
	}
	if l.Header == nil || len(l.Parts) == 0 {
		tb.Errorf("%s: no header", name)
	}
	for _, id := range append(append([]string{l.MessageID}, l.References...), l.InReplyTo...) {
		valid("an id", id)
		if strings.ContainsAny(id, " <>\r\n") {
			tb.Errorf("%s: the id %q", name, id)
		}
	}
	for _, list := range [][]letter.Address{l.From, l.ReplyTo, l.To, l.Cc, l.Bcc} {
		for _, a := range list {
			valid("an address", a.Address)
			valid("a name", a.Name)
			if !strings.Contains(a.Address, "@") || strings.ContainsAny(a.Address, "\r\n") {
				tb.Errorf("%s: the address %q", name, a.Address)
			}
		}
	}
	for _, f := range l.Files {
		valid("a file's name", f.Name)
		valid("a file's type", f.Type)
		if f.Name == "" || f.Type == "" || f.Hash == "" || strings.ContainsAny(f.Name, "/\\\r\n\u202e") || len(f.Name) > 255 {
			tb.Errorf("%s: the file %+v", name, f)
		}
	}
	for _, f := range l.Header.Fields() {
		valid("a field's name", f.Name)
		valid("a field", f.Value)
		valid("a raw field", f.Raw)
	}
	for _, p := range l.Parts {
		valid("a part's type", p.Type)
		valid("a part's name", p.Name)
	}
}
