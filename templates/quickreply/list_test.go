package quickreply_test

import (
	"strings"
	"testing"
	"time"

	"parley/templates/quickreply"
)

func TestRank(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	month := 30 * 24 * time.Hour
	list := []quickreply.Reply{
		{ID: 1, Shortcut: "hi", Name: "Greeting", Text: "Hello!", Language: "en", Folder: "Basics", Uses: 10, LastUsedAt: now},
		{ID: 2, Shortcut: "привет", Name: "Приветствие", Text: "Привет!", Language: "ru", Uses: 1, LastUsedAt: now},
		{ID: 3, Shortcut: "счёт", Name: "Счёт на оплату", Text: "Hi, the bill", Uses: 100, LastUsedAt: now.Add(-99 * month)},
		{ID: 4, Name: "This hides", Text: "y", Uses: 3, LastUsedAt: now, MyUses: 3, MyLastUse: now, Scope: quickreply.Mine},
	}
	for name, c := range map[string]struct {
		f    quickreply.Filter
		want string
	}{
		"by use, mine first":     {quickreply.Filter{}, "4123"},
		"language first":         {quickreply.Filter{Language: "ru-RU"}, "2431"},
		"shortcut before text":   {quickreply.Filter{Query: "/HI"}, "143"},
		"ё is е":                 {quickreply.Filter{Query: "счет"}, "3"},
		"all words":              {quickreply.Filter{Query: "счет bill"}, "3"},
		"words in any order":     {quickreply.Filter{Query: "basics hello"}, "1"},
		"nothing":                {quickreply.Filter{Query: "hi nothing"}, ""},
		"folder":                 {quickreply.Filter{Folder: "Basics"}, "1"},
		"scope":                  {quickreply.Filter{Scope: quickreply.Mine}, "4"},
		"match before language":  {quickreply.Filter{Query: "hi", Language: "ru"}, "143"},
		"a prefix of a shortcut": {quickreply.Filter{Query: "прив"}, "2"},
	} {
		var got strings.Builder
		for _, r := range quickreply.Rank(list, c.f, now) {
			got.WriteByte(byte('0' + r.ID))
		}
		if got.String() != c.want {
			t.Errorf("%s: %s, want %s", name, got.String(), c.want)
		}
	}
}

func TestExamples(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"ru", "en"} {
		examples := quickreply.Examples(language)
		for _, name := range quickreply.Variables() {
			if examples[name] == "" && !strings.HasPrefix(name, "agent.") && !strings.HasPrefix(name, "time.") {
				t.Errorf("%s has no example in %s", name, language)
			}
		}
	}
}
