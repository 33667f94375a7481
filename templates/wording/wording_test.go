package wording_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"parley/templates/wording"
)

var known = []string{wording.ContactName, wording.ContactFirstName, wording.RequestNumber, wording.MessageText}

func TestFill(t *testing.T) {
	t.Parallel()
	anna := wording.Values{wording.ContactName: "Анна {{ x }} Ким", wording.RequestNumber: "42"}
	for name, c := range map[string]struct {
		text    string
		values  wording.Values
		answers map[string]string
		want    string
	}{
		"plain":                      {"Hi, 100% {ok}", anna, nil, "Hi, 100% {ok}"},
		"variable":                   {"Hi {{contact.name}}!", anna, nil, "Hi Анна {{ x }} Ким!"},
		"nothing to say":             {"Hi {{ contact.name }}!", nil, nil, "Hi !"},
		"spaces are nothing":         {`{{ contact.name | default: "you" }}`, wording.Values{wording.ContactName: "  "}, nil, "you"},
		"default":                    {`Hi {{ contact.name | default: "colleague" }}`, nil, nil, "Hi colleague"},
		"default not needed":         {`#{{ request.number | default: "none" }}`, anna, nil, "#42"},
		"typographic quotes":         {"{{ contact.name | default: «коллега» }}, {{ contact.first_name | default: “you” }}", nil, nil, "коллега, you"},
		"quotes within quotes":       {`{{ contact.name | default: "a «b» c" }}`, nil, nil, "a «b» c"},
		"a literal is not liquid":    {`{{ contact.name | default: "\" }}{{ contact.first_name | default: '{{ 1 }}' }}`, nil, nil, `\{{ 1 }}`},
		"filters in a row":           {`{{ contact.name | default: "иван" | capitalize }}`, nil, nil, "Иван"},
		"upcase":                     {`{{ contact.name | upcase }}`, wording.Values{wording.ContactName: "ёж"}, nil, "ЁЖ"},
		"truncate":                   {`{{ contact.name | truncate: 5, "…" }}`, wording.Values{wording.ContactName: "Константин"}, nil, "Конс…"},
		"replace":                    {`{{ contact.name | replace: "a", "b" }}`, wording.Values{wording.ContactName: "aXa"}, nil, "bXb"},
		"if":                         {`{% if request.number %}N {{ request.number }}{% else %}no{% endif %}`, anna, nil, "N 42"},
		"if nothing":                 {`{% if request.number %}N{% else %}no{% endif %}`, nil, nil, "no"},
		"elsif":                      {`{% if request.number == "1" %}a{% elsif request.number == "42" and contact.name contains "Ким" %}b{% endif %}`, anna, nil, "b"},
		"unless":                     {`{% unless contact.name %}who?{% endunless %}`, nil, nil, "who?"},
		"blank":                      {`Order {{ ask: "order number" }}, {{ ask: "order number" }}`, nil, map[string]string{"order number": " 7 "}, "Order 7, 7"},
		"open blank":                 {`Order {{ ask: "номер" }}`, nil, nil, "Order [[номер]]"},
		"an answer is not liquid":    {`{{ ask: "q" }}`, nil, map[string]string{"q": "{{ contact.name }}"}, "{{ contact.name }}"},
		"a brace before":             {`{ {{ contact.name }} }`, wording.Values{wording.ContactName: "x"}, nil, "{ x }"},
		"text keeps its own newline": {"a\n\n{{ contact.name }}\nb", wording.Values{wording.ContactName: "x"}, nil, "a\n\nx\nb"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, problem := wording.Parse(c.text, known)
			if problem != nil {
				t.Fatal(problem.Text.EN)
			}
			got, err := text.Fill(c.values, c.answers)
			if err != nil || got != c.want {
				t.Errorf("%q, %v; want %q", got, err, c.want)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for text, code := range map[string]string{
		"{{ contact.age }}":                             "unknown_variable",
		"{{ name }}":                                    "unknown_variable",
		"{% if contact.age %}{% endif %}":               "unknown_variable",
		"{{ contact.name":                               "malformed",
		"contact.name }}":                               "malformed",
		"{{ contact.name }} }}":                         "malformed",
		"{{}}":                                          "malformed",
		`{{ contact.name | default }}`:                  "malformed",
		`{{ contact.name | default: "x }}`:              "malformed",
		`{{ contact.name default: "x" }}`:               "malformed",
		`{{{ contact.name }}`:                           "malformed",
		`{{ contact.name | json }}`:                     "unknown_filter",
		`{{ contact.name | append: "x" }}`:              "unknown_filter",
		`{{ ask }}`:                                     "malformed",
		`{{ ask: "" }}`:                                 "blank",
		`{{ ask: "` + strings.Repeat("я", 101) + `" }}`: "blank",
		"{% for i in (1..1000000000) %}x{% endfor %}":   "malformed",
		"{% assign x = 1 %}":                            "malformed",
		"{% include 'x' %}":                             "unknown_tag",
		"{% raw %}":                                     "unknown_tag",
		"{% if contact.name %}":                         "malformed",
		"{% endif %}":                                   "malformed",
		"{% if contact.name %}{% else %}{% else %}{% endif %}":     "malformed",
		"{% unless contact.name %}{% endif %}":                     "malformed",
		strings.Repeat("x", wording.MaxText+1):                     "too_long",
		strings.Repeat("{{ contact.name }}", 201):                  "too_many",
		strings.Repeat("{% if contact.name %}", 11):                "too_deep",
		"{{ contact.name " + strings.Repeat("| upcase", 50) + "}}": "malformed",
	} {
		if _, problem := wording.Parse(text, known); problem == nil || problem.Code != code {
			t.Errorf("%.60q: %+v, want %s", text, problem, code)
		} else if problem.Text.RU == "" || problem.Text.EN == "" {
			t.Errorf("%.60q is refused without words", text)
		}
	}
}

func TestFilledTextIsBounded(t *testing.T) {
	t.Parallel()
	text, problem := wording.Parse(strings.Repeat("{{ message.text }}", 100)+`{{ message.text | replace: "ж", "жжжжжжжж" | replace: "ж", "жжжжжжжж" }}`, known)
	if problem != nil {
		t.Fatal(problem.Text.EN)
	}
	got, err := text.Fill(wording.Values{wording.MessageText: strings.Repeat("ж", 1<<20)}, nil)
	if err != nil || len(got) > wording.MaxFilled || len(got) < wording.MaxFilled-4 || !utf8.ValidString(got) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
}

func TestBlanks(t *testing.T) {
	t.Parallel()
	text, problem := wording.Parse(`{{ ask: "a b" }} {{ ask: "c" }} {{ ask: "a b" }}`, known)
	if problem != nil {
		t.Fatal(problem.Text.EN)
	}
	answers := map[string]string{"c": "x"}
	if open := text.Missing(answers); !slices.Equal(open, []string{"a b"}) {
		t.Errorf("missing %q", open)
	}
	filled, err := text.Fill(nil, answers)
	if err != nil {
		t.Fatal(err)
	}
	if open := wording.Blanks(filled); !slices.Equal(open, []string{"a b", "a b"}) {
		t.Errorf("%q still asks %q", filled, open)
	}
	if open := wording.Blanks("a[[1]]b, x[i[0]], [[\n]]"); !slices.Equal(open, []string{"1"}) {
		t.Errorf("asks %q", open)
	}
}

func TestClock(t *testing.T) {
	t.Parallel()
	for hour, want := range map[int][3]string{
		3: {"Доброй ночи", "Good evening", "مساء الخير"}, 5: {"Доброе утро", "Good morning", "صباح الخير"},
		12: {"Добрый день", "Good afternoon", "مساء الخير"}, 23: {"Добрый вечер", "Good evening", "مساء الخير"},
	} {
		at := time.Date(2026, 3, 9, hour, 5, 0, 0, time.UTC)
		for i, language := range []string{"ru", "en", "ar"} {
			v, date := wording.Values{}, []string{"09.03.2026", "9 March 2026", "09/03/2026"}[i]
			v.Clock(at, language)
			if v[wording.TimeGreeting] != want[i] || v[wording.TimeDate] != date {
				t.Errorf("%s at %d: %v", language, hour, v)
			}
		}
	}
}

func TestHTML(t *testing.T) {
	t.Parallel()
	if got := wording.HTML("Hi <b>\nyou\r\n\r\n\nBye & so\n"); got != "<p>Hi &lt;b&gt;<br>you</p><p>Bye &amp; so</p>" {
		t.Errorf("%s", got)
	}
}

func FuzzFill(f *testing.F) {
	for _, seed := range []string{`{{ contact.name | default: "x" }}`, `{% if request.number == "1" %}{{ ask: "q" }}{% endif %}`, "{{{", "{% %}", "[[", "{{ contact.name | truncate: -9 }}", "}}", `{{ contact.name | truncatewords: 99999, "" }}`} {
		f.Add(seed, "value", "answer")
	}
	f.Fuzz(func(t *testing.T, source, value, answer string) {
		text, problem := wording.Parse(source, known)
		if problem != nil {
			if text != nil || problem.Code == "" {
				t.Fatalf("%+v", problem)
			}
			return
		}
		values, answers := wording.Values{}, map[string]string{}
		for _, name := range known {
			values[name] = value
		}
		for _, q := range text.Blanks() {
			answers[q] = answer
		}
		for _, given := range []map[string]string{nil, answers} {
			before := maps.Clone(given)
			filled, err := text.Fill(values, given)
			if err != nil {
				t.Fatalf("%q: %v", source, err)
			}
			if len(filled) > wording.MaxFilled || utf8.ValidString(source) && !utf8.ValidString(filled) {
				t.Fatalf("%q becomes %d bytes", source, len(filled))
			}
			if !maps.Equal(before, given) {
				t.Fatal("answers were changed")
			}
		}
	})
}

func BenchmarkParseAndFill(b *testing.B) {
	values := wording.Values{wording.ContactFirstName: "Anna", wording.RequestNumber: "42"}
	for b.Loop() {
		text, _ := wording.Parse(`Hello {{ contact.first_name | default: "there" }}, your request {{ request.number }} is with us.`, known)
		if _, err := text.Fill(values, nil); err != nil {
			b.Fatal(err)
		}
	}
}
