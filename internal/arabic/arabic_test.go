package arabic_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"parley/internal/arabic"
)

func TestOf(t *testing.T) {
	t.Parallel()
	for english, want := range map[string]string{
		"Enter a name.":                "أدخل اسمًا.",
		"At most a dozen of them: {":   "",
		"There is no such thing.":      "",
		"":                             "",
		"File “” is larger than 5 MB.": "",
		"The text is too long: 12 of 5. Shorten it.":                                                  "النص أطول من اللازم: \u206812\u2069 من \u20685\u2069. اختصره.",
		"the text is too long for nothing: divide it":                                                 "",
		"the gateway asks to wait: if the message does not go out by itself, send it later: 503 Busy": "ورد طلب انتظار من البوابة: إن لم تخرج الرسالة وحدها فأرسلها لاحقًا: \u2068503 Busy\u2069",
		"At most 3 files in a message.":                                                               "الملفات في الرسالة \u20683\u2069 على الأكثر.",
		"Blanks {{ ask: … }} are for a person to fill in; this text goes by itself.":                  "الفراغات {{ ask: … }} يملؤها إنسان، وهذا النص يُرسل وحده.",
		"Parley: you were mentioned, conversation 7":                                                  "أُشير إليك في Parley، المحادثة رقم \u20687\u2069",
		"Parley: New message, conversation 7":                                                         "رسالة جديدة في Parley، المحادثة رقم \u20687\u2069",
		"Deadline near: the first answer is due 10:00 by the policy “VIP”.":                           "اقترب الموعد النهائي: الرد الأول، وموعده \u206810:00\u2069 وفق السياسة «\u2068VIP\u2069».",
		"the file is too large: ask for a link to it: 413 Gone":                                       "الملف أكبر من اللازم: اطلب رابطًا إليه: \u2068413 Gone\u2069",
		"“أحمد” is no e-mail address. It looks like name@example.com.":                                "«أحمد» ليس عنوان بريد. يكون مثل name@example.com.",
		"The macro was not done, action 2: At most 3 files in a message.":                             "لم يُنفذ الماكرو، الإجراء \u20682\u2069: الملفات في الرسالة \u20683\u2069 على الأكثر.",
		"conditions.all[0].field: There is no field “x”.":                                             "\u2068conditions.all[0].field\u2069: لا يوجد حقل «\u2068x\u2069».",
	} {
		got, ok := arabic.Of(english)
		if got != want || ok != (want != "") {
			t.Errorf("%q: %q, %v; want %q", english, got, ok, want)
		}
	}
	if got := arabic.Or("Nobody has said this."); got != "Nobody has said this." {
		t.Errorf("what nobody has translated became %q", got)
	}
}

var (
	hole     = regexp.MustCompile(`\{\w+\}`)
	arabicIn = regexp.MustCompile(`\p{Arabic}`)
)

// TestCatalogue holds the sentences to their form: every sentence once, with an Arabic one that has the
// same holes.
func TestCatalogue(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("sentences/*.txt")
	if err != nil || len(names) == 0 {
		t.Fatalf("no sentences: %v", err)
	}
	seen := map[string]string{}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, pair := range arabic.Parse(string(data)) {
			if other, twice := seen[pair.English]; twice {
				t.Errorf("%s: %q is in %s too", name, pair.English, other)
			}
			seen[pair.English] = name
			if arabicIn.MatchString(pair.English) || !arabicIn.MatchString(pair.Arabic) {
				t.Errorf("%s: the lines are out of step at %q / %q", name, pair.English, pair.Arabic)
			}
			if !slices.Equal(holesIn(pair.English), holesIn(pair.Arabic)) {
				t.Errorf("%s: %q has other holes than %q", name, pair.Arabic, pair.English)
			}
		}
	}
}

func holesIn(text string) []string {
	found := hole.FindAllString(text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

func FuzzOf(f *testing.F) {
	for _, seed := range []string{"Enter a name.", "A file has at most 12 MB.", ": : ", "{", "There is no a. There are: b."} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, ok := arabic.Of(text)
		if ok == (got == "") || (ok && strings.Contains(got, "{") && !strings.Contains(text, "{")) {
			t.Errorf("%q: %q, %v", text, got, ok)
		}
	})
}
