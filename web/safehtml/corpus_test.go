package safehtml_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/web/safehtml"
)

// vector is an attack and what another sanitiser, which keeps more, makes of it.
type vector struct {
	Title    string `json:"title"`
	Payload  string `json:"payload"`
	Expected oneOf  `json:"expected"`
}

// oneOf is a text, or several of which any will do.
type oneOf []string

func (o *oneOf) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		*o = oneOf{one}
		return nil
	}
	return json.Unmarshal(b, (*[]string)(o))
}

// vectors reads the attacks that lie beside the repository; their licence keeps them out.
func vectors(t testing.TB) []vector {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "corpora", "html", "dompurify", "expect.json"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("no vectors in ../shared/corpora/html")
	}
	if err != nil {
		t.Fatal(err)
	}
	var out []vector
	if err := json.Unmarshal(b, &out); err != nil {
		t.Fatal(err)
	}
	if len(out) < 200 {
		t.Fatalf("only %d vectors", len(out))
	}
	return out
}

// TestVectors wants every attack harmless. What is left need not be what others leave: a
// mail has no forms, pictures of lines or templates. How often it is the same is told.
func TestVectors(t *testing.T) {
	t.Parallel()
	same, words := 0, 0
	list := vectors(t)
	for _, v := range list {
		for name, got := range map[string]string{"mail": safehtml.Mail(v.Payload, options).HTML, "compose": safehtml.Compose(v.Payload), "forward": elsewhere.ReplaceAllString(safehtml.Forward(v.Payload), `src="cid:x"`)} {
			for _, wrong := range strict(t, got) {
				t.Errorf("%s %q: %s in\n%s\nfrom\n%s", name, v.Title, wrong, got, v.Payload)
			}
		}
		got := safehtml.Mail(v.Payload, safehtml.Options{}).HTML
		if again := safehtml.Mail(got, safehtml.Options{}).HTML; again != got {
			t.Errorf("%q becomes\n%s\nand the second time\n%s", v.Title, got, again)
		}
		for _, want := range v.Expected {
			// by what the reader sees: what the other one leaves, made harmless as well
			want = safehtml.Mail(want, safehtml.Options{}).HTML
			if want == got {
				same++
				break
			}
		}
		for _, want := range v.Expected {
			if plain(safehtml.Mail(want, safehtml.Options{}).HTML) == plain(got) {
				words++
				break
			}
		}
	}
	t.Logf("of %d vectors %d leave the same HTML and %d the same words as the expected output", len(list), same, words)
}

// plain is the text of a harmless fragment without tags and blanks.
func plain(fragment string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(fragment, "<") {
		_, text, ok := strings.Cut(part, ">")
		if !ok {
			text = part
		}
		b.WriteString(text)
	}
	return strings.Join(strings.Fields(b.String()), "")
}
