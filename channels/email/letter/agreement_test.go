package letter_test

import (
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"parley/channels/email/letter"
)

// lettersName takes the name of a mail of the corpus letters apart: language, kind,
// charset, transfer encoding.
var lettersName = regexp.MustCompile(`^test_([a-z]+)_(plaintext|multipart_[a-z]+)_([a-z0-9-]+)_over_([a-z0-9-]+)\.txt$`)

// TestLettersAgree reads the corpus of one text per language in every charset and
// transfer encoding: all of them must come out as their UTF-8 twin does.
func TestLettersAgree(t *testing.T) {
	t.Parallel()
	mails := corpusMails(t, "letters")
	reference := map[string]*letter.Letter{}
	for name, raw := range mails {
		// Two languages have no twin in UTF-8.
		if m := lettersName.FindStringSubmatch(filepath.Base(name)); m != nil && m[4] == "base64" && (m[3] == "utf-8" || m[3] == "gb18030" || m[3] == "tis-620") {
			l := read(t, raw)
			if script := scripts[m[1]]; script != nil && !strings.ContainsFunc(l.Text, func(r rune) bool { return unicode.Is(script, r) }) {
				t.Errorf("%s has not its own letters: %.100q", name, l.Text)
			}
			reference[m[1]+m[2]] = l
		}
	}
	agreed, all := 0, 0
	charsets := map[string]bool{}
	for name, raw := range mails {
		m := lettersName.FindStringSubmatch(filepath.Base(name))
		if m == nil {
			continue
		}
		charsets[m[3]] = true
		all++
		l, want := read(t, raw), reference[m[1]+m[2]]
		if diff := differs(l, want); diff != "" {
			t.Logf("%s: %s", filepath.Base(name), diff)
			continue
		}
		agreed++
	}
	t.Logf("%-10s %3d of %3d mails in %d charsets read as their UTF-8 twin", "letters", agreed, all, len(charsets))
	// One mail really differs: two of its names are written family name first.
	if agreed < all-1 || all < 150 {
		t.Errorf("%d of %d agree", agreed, all)
	}
}

var scripts = map[string]*unicode.RangeTable{"chinese": unicode.Han, "thai": unicode.Thai, "japanese": unicode.Hiragana, "korean": unicode.Hangul}

func differs(l, want *letter.Letter) string {
	tidy := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	switch {
	case want == nil:
		return "it has no twin"
	case want.Text == "" || strings.Contains(want.Text+want.Subject, "\uFFFD"):
		return "the twin has no text"
	case tidy(l.Text) != tidy(want.Text):
		return fmt.Sprintf("the text is %.300q, not %.300q", l.Text, want.Text)
	case tidy(l.HTML) != tidy(want.HTML):
		return fmt.Sprintf("the HTML is %.300q, not %.300q", l.HTML, want.HTML)
	case l.Subject != want.Subject && !strings.Contains(l.Subject, "Test"):
		return fmt.Sprintf("the subject is %q, not %q", l.Subject, want.Subject)
	case !slices.Equal(l.From, want.From) || !slices.Equal(l.To, want.To) || !slices.Equal(l.Cc, want.Cc) || !slices.Equal(l.Bcc, want.Bcc):
		return fmt.Sprintf("the parties are %v %v, not %v %v", l.From, l.To, want.From, want.To)
	case len(l.Files) != len(want.Files):
		return fmt.Sprintf("%d files, not %d", len(l.Files), len(want.Files))
	}
	for i := range l.Files {
		if l.Files[i].Name != want.Files[i].Name {
			return fmt.Sprintf("the file is %q, not %q", l.Files[i].Name, want.Files[i].Name)
		}
	}
	return ""
}

// TestStructureAgreesWithMime4j compares the tree of parts and the fields of every header
// with what the authors of that library noted beside each of their mails.
func TestStructureAgreesWithMime4j(t *testing.T) {
	t.Parallel()
	mails := corpusMails(t, "mime4j")
	all, trees, fields := 0, 0, 0
	for name, raw := range mails {
		expected, err := os.Open(filepath.Join(corpora, "mime4j", strings.TrimSuffix(name, ".msg")+"_decoded.xml"))
		if err != nil {
			continue
		}
		want, err := outline(expected)
		expected.Close()
		if err != nil {
			t.Logf("%s: the expectation cannot be read: %v", name, err)
			continue
		}
		all++
		l := read(t, raw)
		var tree []int
		count := 0
		for _, p := range l.Parts {
			tree = append(tree, p.Depth)
			count += len(p.Header.Fields())
		}
		if slices.Equal(tree, want.tree) {
			trees++
		} else {
			t.Logf("%s: the tree is %v, not %v", filepath.Base(name), tree, want.tree)
		}
		if count == want.fields {
			fields++
		} else {
			t.Logf("%s: %d fields, not %d", filepath.Base(name), count, want.fields)
		}
	}
	t.Logf("%-10s %3d of %3d trees of parts and %3d of %3d headers as expected", "mime4j", trees, all, fields, all)
	if all < 75 || trees*100 < all*96 || fields*100 < all*96 {
		t.Errorf("%d trees and %d headers of %d agree", trees, fields, all)
	}
}

// shape is the tree of a mail's parts, each as its depth, and the number of fields in
// their headers. What is within a nested mail is left out.
type shape struct {
	tree   []int
	fields int
}

func outline(r io.Reader) (shape, error) {
	var s shape
	d := xml.NewDecoder(r)
	d.Strict = false
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	depth, messages := 0, 0
	for {
		token, err := d.Token()
		if err == io.EOF {
			return s, nil
		}
		if err != nil {
			return s, err
		}
		switch e := token.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "message":
				if messages++; messages == 1 {
					s.tree = append(s.tree, 0)
				}
			case "body-part":
				depth++
				if messages == 1 {
					s.tree = append(s.tree, depth)
				}
			case "field":
				if messages == 1 {
					s.fields++
				}
			}
		case xml.EndElement:
			switch e.Name.Local {
			case "message":
				messages--
			case "body-part":
				depth--
			}
		}
	}
}
