package house_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"parley/internal/arabic"
)

// nobodysSentences are Russian texts that need no Arabic, each with the reason: in a folder or a file, all that
// match the expression.
var nobodysSentences = []struct{ path, text, why string }{
	{"internal/load/", "", "made-up conversations that measure the program"},
	{"internal/auth/authtest/", "", "a kit for tests"},
	{"channels/channeltest/", "", "a kit for tests"},
	{"channels/vk/vktest/", "", "a kit for tests"},
	{"channels/email/quote/", "", "what other mail programs write"},
	{"channels/email/report/", "", "what other mail programs write"},
	{"inbox/letter.go", `^отв:$`, "what other mail programs put before a subject"},
	{"inbox/intake/parties.go", `^(пер|пересл):$`, "what other mail programs put before a subject"},
	{"internal/auth/policy.go", `^\S+$`, "passwords that are guessed first"},
	{"channels/sms/consent/consent.go", "", "what people write to stop messages"},
	{"channels/form/submission.go", `^\S+$`, "what the fields of forms are called by their sites"},
	{"templates/wording/names.go", `^\^`, "recognises names in every language"},
	{"", `^[её]$`, "one letter for another, to compare texts"},
	{"channels/email/connect/providers.go", `^(Яндекс Почта|Почта Mail|Рамблер/почт[аы])$`, "a name"},
	{"channels/vk/driver.go", `^ВКонтакте$`, "a name"},
	{"web/rest/problem.go", `^Ошибка$`, "stands for what HTTP itself calls a status that Parley does not give"},

	// Whoever opens the conversation reads these, so that they cannot be in one reader's language.
	{"channels/telegram/press.go", ` · `, "kept with the message, in two languages"},
	{"channels/vk/happening.go", ` · `, "kept with the message, in two languages"},
	{"channels/vk/order.go", ` / `, "kept with the message, in two languages"},
	{"channels/whatsapp/", ` · `, "kept with the message, in two languages"},

	// Chosen by language where they stand, with the Arabic beside.
	{"channels/form/label.go", "", "has Arabic beside it"},
	{"channels/webchat/visitor.go", `^Гость $`, "has Arabic beside it"},
	{"internal/app/names.go", "", "has Arabic beside it"},
	{"inbox/forward.go", `^(Пересланное сообщение|От|Дата|Тема|Кому|Копия)$`, "has Arabic beside it"},
	{"templates/wording/names.go", `^Добр`, "has Arabic beside it"},
	{"templates/quickreply/render.go", "", "has Arabic beside it"},
}

// excuses are nobodysSentences at work.
type excuses struct {
	texts []*regexp.Regexp
	used  []bool
}

func newExcuses() *excuses {
	e := &excuses{used: make([]bool, len(nobodysSentences))}
	for _, n := range nobodysSentences {
		e.texts = append(e.texts, regexp.MustCompile(n.text))
	}
	return e
}

func (e *excuses) hold(path, text string) bool {
	found := false
	for i, n := range nobodysSentences {
		if strings.HasPrefix(path, n.path) && e.texts[i].MatchString(text) {
			e.used[i], found = true, true
		}
	}
	return found
}

// TestEverySentenceIsArabicToo holds the sources against the catalogue of package arabic, both ways.
func TestEverySentenceIsArabicToo(t *testing.T) {
	t.Parallel()
	catalogue, lines := catalogued(t)
	said, unpaired := sentences(t)
	if len(said) < 1000 {
		t.Fatalf("found only %d sentences: does the collector still see them?", len(said))
	}
	excused := newExcuses()
	spoken := map[string]bool{}
	for _, s := range said {
		if excused.hold(s.file, s.ru) {
			continue
		}
		entry, ok := catalogue[shape(s.en)]
		switch {
		case !ok:
			t.Errorf("%s: no Arabic for %q: add it to internal/arabic/sentences", s.at, s.en)
		case !sameHoles(s.en, entry.English):
			t.Errorf("%s: %q has other holes than the line %q of internal/arabic", s.at, s.en, entry.English)
		}
		if !sameHoles(s.en, s.ru) {
			t.Errorf("%s: %q and %q have different holes", s.at, s.ru, s.en)
		}
		spoken[shape(s.en)] = true
	}
	for _, l := range unpaired {
		if !excused.hold(l.file, l.text) {
			t.Errorf("%s: %q stands beside no English text, so that its Arabic cannot be found", l.at, l.text)
		}
	}
	for form, entry := range catalogue {
		if !spoken[form] {
			t.Errorf("%s: nobody says %q any more: remove it", lines[form], entry.English)
		}
	}
	for i, n := range nobodysSentences {
		if !excused.used[i] {
			t.Errorf("there is nothing to excuse any more in %q %q (%s)", n.path, n.text, n.why)
		}
	}
}

// catalogued is the catalogue by the shape of its English sentences, and the file and line of each.
func catalogued(t *testing.T) (entries map[string]arabic.Pair, lines map[string]string) {
	t.Helper()
	entries, lines = map[string]arabic.Pair{}, map[string]string{}
	names, err := filepath.Glob(filepath.Join(root, "internal/arabic/sentences/*.txt"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no catalogue: %v", err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, pair := range arabic.Parse(string(text)) {
			form := shape(pair.English)
			if other, twice := entries[form]; twice {
				t.Errorf("%s: %q differs from %q in the names of its holes alone", name, pair.English, other.English)
			}
			before, _, _ := strings.Cut(string(text), pair.English+"\n")
			entries[form], lines[form] = pair, fmt.Sprintf("internal/arabic/sentences/%s:%d", filepath.Base(name), strings.Count(before, "\n")+1)
		}
	}
	return entries, lines
}

// shape is a sentence without the names of its holes. A list of words of the API at its end is a hole as well.
func shape(sentence string) string {
	sentence = strings.ReplaceAll(hole.ReplaceAllString(sentence, "{}"), "%s", "{}")
	return choice.ReplaceAllString(sentence, ": {}.")
}

var choice = regexp.MustCompile(`: [a-z_]+(, [a-z_]+)+\.$`)

// sameHoles tells whether two texts have the same holes, as far as all of them have names in both.
func sameHoles(a, b string) bool {
	one, other := holeNames(a), holeNames(b)
	if len(one) != strings.Count(shape(a), "{}") || len(other) != strings.Count(shape(b), "{}") {
		return true
	}
	return slices.Equal(one, other)
}

var named = regexp.MustCompile(`\{_?(\w+)\}`)

func holeNames(text string) (names []string) {
	for _, m := range named.FindAllStringSubmatch(text, -1) {
		names = append(names, m[1])
	}
	slices.Sort(names)
	return names
}
