package widget_test

import (
	"bytes"
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"parley/web/widget"
)

func TestFilesHoldBothEntryPoints(t *testing.T) {
	t.Parallel()
	files := widget.Files()
	for _, name := range []string{widget.LoaderName, widget.FrameName} {
		text, err := fs.ReadFile(files, name)
		if err != nil || len(text) == 0 {
			t.Errorf("%s: %d bytes, %v", name, len(text), err)
		}
		if got := bytes.Contains(text, []byte("make build")); got == widget.Built() {
			t.Errorf("%s: is the placeholder: %v, built: %v", name, got, widget.Built())
		}
	}
}

func TestFrameFilesArePresentAndCompressed(t *testing.T) {
	t.Parallel()
	if !widget.Built() {
		t.Skip("the front end is not built; run make build")
	}
	files := widget.Files()
	page, err := fs.ReadFile(files, widget.FrameName)
	if err != nil {
		t.Fatal(err)
	}
	asked := regexp.MustCompile(`(?:src|href)="(/[^"]+)"`).FindAllSubmatch(page, -1)
	if len(asked) < 2 {
		t.Fatalf("the page asks for %d files, want a script and a style", len(asked))
	}
	for _, match := range asked {
		name, ok := strings.CutPrefix(string(match[1]), widget.AssetPrefix)
		if !ok {
			t.Errorf("%s is not under %s", match[1], widget.AssetPrefix)
		}
		for _, twin := range []string{"", ".gz", ".br"} {
			if _, err := fs.Stat(files, name+twin); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestDemoSpeaksBothLanguagesAndKeepsThePolicy(t *testing.T) {
	t.Parallel()
	for lang, want := range map[string]string{"ru": "Молочный улун", "en": "Milky oolong", "": "Milky oolong"} {
		page := demo(t, widget.DemoPage{Account: "42", Language: lang})
		if !strings.Contains(page, want) || !strings.Contains(page, `src="/widget.js?account=42"`) {
			t.Errorf("language %q: the page lacks %q or the widget", lang, want)
		}
		// What the content security policy of the page would refuse, or the network would have to bring.
		if found := regexp.MustCompile(`(?i)<style|style=|<script>|\son[a-z]+=|(src|href)="https?:`).FindString(page); found != "" {
			t.Errorf("language %q: the page holds %q", lang, found)
		}
		for _, match := range regexp.MustCompile(`"`+widget.DemoAssetPrefix+`([^"]+)"`).FindAllStringSubmatch(page, -1) {
			if _, err := fs.Stat(widget.DemoAssets(), match[1]); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestDemoEscapesTheAccount(t *testing.T) {
	t.Parallel()
	if page := demo(t, widget.DemoPage{Account: `"><script>alert(1)</script>&x=`}); strings.Contains(page, "<script>alert") || strings.Contains(page, "&x=") {
		t.Error("the account's id broke out of its attribute")
	}
}

func TestDemoLanguage(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ asked, accept, want string }{
		{"", "", "en"},
		{"", "ru-RU,ru;q=0.9,en;q=0.8", "ru"},
		{"", "de,en;q=0.5,ru;q=0.1", "en"},
		{"", "uk;q=nonsense", "en"},
		{"en", "ru", "en"},
		{"ru", "en", "ru"},
		{"<x>", "ru", "ru"},
		{"ar", "en", "ar"},
		{"", "ar-SA,ar;q=0.9,en;q=0.8", "ar"},
	} {
		if got := widget.DemoLanguage(c.asked, c.accept); got != c.want {
			t.Errorf("DemoLanguage(%q, %q) = %q, want %q", c.asked, c.accept, got, c.want)
		}
	}
}

func demo(t *testing.T, with widget.DemoPage) string {
	t.Helper()
	page, err := widget.Demo()
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := page.Execute(&out, with); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
