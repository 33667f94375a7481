package quote_test

import (
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parley/channels/email/quote"
)

// corpora is where other people's samples lie beside the repository.
const corpora = "../../../../shared/corpora/reply"

func corpus(t *testing.T, dir string) string {
	t.Helper()
	path := filepath.Join(corpora, dir)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("no corpus %s here", dir)
	}
	return path
}

func TestTrimmerCorpus(t *testing.T) {
	t.Parallel()
	dir := corpus(t, "email_reply_trimmer/test")
	files, err := filepath.Glob(filepath.Join(dir, "emails", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no samples: %v", err)
	}
	agree := 0
	for _, f := range files {
		mail := read(t, f)
		want := tidy(read(t, filepath.Join(dir, "trimmed", filepath.Base(f))))
		fresh, rest := quote.Split(mail)
		whole(t, mail, fresh, rest)
		if tidy(fresh) == want {
			agree++
			continue
		}
		t.Logf("%s differs:\n--- got\n%s\n--- want\n%s", filepath.Base(f), short(fresh), short(want))
	}
	report(t, "email_reply_trimmer", agree, len(files), 0.90)
}

func report(t *testing.T, name string, agree, of int, floor float64) {
	t.Helper()
	share := float64(agree) / float64(of)
	t.Logf("%s: %d of %d exact (%.1f %%)", name, agree, of, 100*share)
	if share < floor {
		t.Errorf("%s: %.1f %% is under %.0f %%", name, 100*share, 100*floor)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// tidy removes what the corpora are not exact about: blank lines at the ends and white
// space before line ends.
func tidy(s string) string {
	lines := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " \t")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

func short(s string) string {
	if len(s) > 1500 {
		return s[:1500] + "…"
	}
	return s
}

// span is which lines of a sample its author wrote, counted from 1; skipped are lines
// within it that are not theirs.
type span struct {
	from, to int
	skipped  []int
}

// TestParserCorpus compares with what a reader of these samples would keep. The folder has
// no expected output of its own.
func TestParserCorpus(t *testing.T) {
	t.Parallel()
	dir := corpus(t, "email_reply_parser/test/emails")
	expect := map[string]span{
		"correct_sig.txt":      {from: 1, to: 1},
		"email_1_1.txt":        {from: 1, to: 5},
		"email_1_2.txt":        {from: 1, to: 34, skipped: []int{2}},
		"email_1_3.txt":        {from: 1, to: 3},
		"email_1_4.txt":        {from: 1, to: 1},
		"email_1_5.txt":        {from: 1, to: 15},
		"email_1_6.txt":        {from: 1, to: 1},
		"email_1_7.txt":        {from: 1, to: 1},
		"email_1_8.txt":        {from: 3, to: 19},
		"email_2_1.txt":        {from: 1, to: 1},
		"email_2_2.txt":        {from: 1, to: 1},
		"email_2_3.txt":        {from: 1, to: 1},
		"email_BlackBerry.txt": {from: 1, to: 1},
		"email_bullets.txt":    {from: 1, to: 9},
		"email_iPhone.txt":     {from: 1, to: 1},
		"email_long_quote.txt": {from: 1, to: 8},
		"email_multi_word_sent_from_my_mobile_device.txt": {from: 1, to: 1},
		"email_one_is_not_on.txt":                         {from: 1, to: 5},
		"email_sent_from_my_not_signature.txt":            {from: 1, to: 3},
		"email_sig_delimiter_in_middle_of_line.txt":       {from: 1, to: 7},
		"greedy_on.txt":    {from: 1, to: 6},
		"pathological.txt": {from: 1, to: 2},
	}
	agree := 0
	for name, s := range expect {
		mail := read(t, filepath.Join(dir, name))
		fresh, rest := quote.Split(mail)
		whole(t, mail, fresh, rest)
		if want := tidy(s.of(mail)); tidy(fresh) == want {
			agree++
		} else {
			t.Logf("%s differs:\n--- got\n%s\n--- want\n%s", name, short(fresh), short(want))
		}
	}
	report(t, "email_reply_parser", agree, len(expect), 0.95)
}

func (s span) of(mail string) string {
	var kept []string
	for i, l := range strings.Split(strings.ReplaceAll(mail, "\r\n", "\n"), "\n") {
		if i+1 >= s.from && i+1 <= s.to && !slices.Contains(s.skipped, i+1) {
			kept = append(kept, l)
		}
	}
	return strings.Join(kept, "\n")
}

// TestTalonCorpus reads the plain parts of the mails that different programs answered
// with; each answer says "Hello" above or below the quote.
func TestTalonCorpus(t *testing.T) {
	t.Parallel()
	dir := corpus(t, "talon/tests/fixtures/standard_replies")
	files, _ := filepath.Glob(filepath.Join(dir, "*.eml"))
	agree, of := 0, 0
	check := func(name, mail, want string) {
		fresh, rest := quote.Split(mail)
		whole(t, mail, fresh, rest)
		of++
		if tidy(fresh) == tidy(want) {
			agree++
		} else {
			t.Logf("%s differs:\n--- got\n%s\n--- want\n%s", name, short(fresh), short(want))
		}
	}
	for _, f := range files {
		check(filepath.Base(f), plainPart(t, read(t, f)), "Hello")
	}
	signed := filepath.Join(dir, "../signature/emails/stripped")
	for _, name := range []string{"camel_case", "jeff", "long", "sparse"} {
		body := read(t, filepath.Join(signed, name+"_body"))
		want := body
		if name == "sparse" { // the only signature that is marked as one
			want = strings.Split(body, "----------------")[0]
		}
		if name == "jeff" {
			want = strings.Split(body, "via mobile")[0]
		}
		check(name, body, strings.TrimSpace(want))
	}
	report(t, "talon", agree, of, 0.95)
}

// plainPart is the text/plain body of a sample: these are simple mails.
func plainPart(t *testing.T, raw string) string {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(strings.ReplaceAll(raw, "\r\n", "\n")))
	if err != nil {
		t.Fatal(err)
	}
	header, body := textproto.MIMEHeader(m.Header), m.Body
	if kind, params, _ := mime.ParseMediaType(m.Header.Get("Content-Type")); strings.HasPrefix(kind, "multipart/") {
		p, err := multipart.NewReader(m.Body, params["boundary"]).NextRawPart()
		if err != nil {
			t.Fatal(err)
		}
		header, body = p.Header, p
	}
	switch header.Get("Content-Transfer-Encoding") {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	b, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
