package alert_test

import (
	"strings"
	"testing"

	"parley/router/alert"
)

func TestNamed(t *testing.T) {
	t.Parallel()
	people := []alert.Colleague{
		{ID: 1, Name: "Ann Lee"}, {ID: 2, Name: "Ann"}, {ID: 3, Name: "Пётр Иванов"}, {ID: 4, Name: "Bob Stone"}, {ID: 5, Name: "Bob Stone"}, {ID: 6, Name: " "}, {ID: 7, Name: "Eva Long"},
	}
	for text, want := range map[string]string{
		"@Ann Lee, look":                     "1",
		"@ann  LEE":                          "1",
		"@Ann, look":                         "2",
		"@Ann Leeds":                         "2",
		"@Anna":                              "",
		"ask @Петр иванов and @ann.":         "3 2",
		"@Пётр!":                             "3",
		"@Bob Stone":                         "4 5",
		"@Bob":                               "",
		"@Eva":                               "7",
		"mail@ann.example":                   "",
		"@Ann @Ann @Ann Lee":                 "2 1",
		"(@Eva Long)":                        "7",
		"@":                                  "",
		"nobody":                             "",
		"@ Ann":                              "",
		strings.Repeat("@", 50) + "Eva Long": "7",
	} {
		var got []string
		for _, who := range alert.Named(text, people) {
			got = append(got, string(rune('0'+who.ID)))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q names %v, want %s", text, got, want)
		}
	}
}

func FuzzNamed(f *testing.F) {
	f.Add("@Ann Lee, look", "Ann Lee", "Пётр")
	f.Add("@@\xff@İ", "İ", "ё")
	f.Fuzz(func(t *testing.T, text, one, two string) {
		list := alert.Named(text, []alert.Colleague{{ID: 1, Name: one}, {ID: 2, Name: two}})
		if len(list) > 2 || len(list) > 0 && !strings.Contains(text, "@") {
			t.Errorf("%q names %v", text, list)
		}
	})
}
