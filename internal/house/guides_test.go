package house_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestGuidesQuoteTheProgram holds the pages for administrators against the sources: what a table says that the
// program says stands there in exactly these words.
func TestGuidesQuoteTheProgram(t *testing.T) {
	t.Parallel()
	quotes := map[string][]string{} // by page
	readEach(t, "../../docs/channels", ".md", func(path, text string) {
		if found := quotesOf(text); len(found) > 0 {
			quotes[path] = found
		}
	})
	var words strings.Builder
	for _, root := range []string{"../../channels", "../../accounts"} {
		readEach(t, root, ".go", func(path, text string) {
			if !strings.HasSuffix(path, "_test.go") {
				words.WriteString(text)
			}
		})
	}
	readEach(t, "../arabic/sentences", ".txt", func(_, text string) { words.WriteString(text) })
	said := strings.ReplaceAll(words.String(), `\"`, `"`)
	for page, list := range quotes {
		for _, quote := range list {
			if !strings.Contains(said, quote) {
				t.Errorf("%s quotes %q, which the program does not say", page, quote)
			}
		}
	}
	for _, kind := range []string{"telegram", "whatsapp", "vk", "sms", "email"} {
		for _, language := range []string{"", "ru", "ar"} {
			if page := filepath.Join("../../docs/channels", language, kind+".md"); len(quotes[page]) == 0 {
				t.Errorf("%s does not tell what the program says", page)
			}
		}
	}
}

// TestGuidesAreInEveryLanguage looks for the translations of each page, with the same parts in the same order.
func TestGuidesAreInEveryLanguage(t *testing.T) {
	t.Parallel()
	pages, err := filepath.Glob("../../docs/channels/*.md")
	if err != nil || len(pages) < 8 {
		t.Fatalf("%d pages: %v", len(pages), err)
	}
	for _, page := range pages {
		want := bones(t, page)
		for _, language := range []string{"ru", "ar"} {
			other := filepath.Join(filepath.Dir(page), language, filepath.Base(page))
			if got := bones(t, other); got != want {
				t.Errorf("%s has other parts than %s:\n%s\n%s", other, page, got, want)
			}
		}
	}
}

// bones are the marks of a page's headings, rows, codes and numbered steps.
func bones(t *testing.T, page string) string {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Error(err)
	}
	var marks strings.Builder
	for line := range strings.Lines(string(text)) {
		for _, mark := range []string{"# ", "## ", "|", "```", "- ", "1. ", "2. ", "3. ", "4. ", "5. ", "6. ", "7. "} {
			if strings.HasPrefix(line, mark) {
				marks.WriteString(mark)
			}
		}
	}
	return marks.String()
}

// quoting are the heads of columns that hold the program's own words.
var quoting = []string{"The program says", "Программа говорит", "يقول البرنامج"}

// quotesOf lists the first cells of the tables whose first column holds the program's words.
func quotesOf(page string) (list []string) {
	inside := false
	for line := range strings.Lines(page) {
		cells := strings.Split(line, "|")
		if len(cells) < 3 || strings.TrimSpace(cells[0]) != "" {
			inside = false
			continue
		}
		first := strings.TrimSpace(cells[1])
		switch {
		case slices.Contains(quoting, first):
			inside = true
		case inside && strings.Trim(first, "-") != "":
			list = append(list, first)
		}
	}
	return list
}

// readEach reads the files of a folder that end so.
func readEach(t *testing.T, root, ending string, read func(path, text string)) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() && entry.Name() == "node_modules" {
			return filepath.SkipDir
		}
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ending) {
			return err
		}
		text, err := os.ReadFile(path)
		read(path, string(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
