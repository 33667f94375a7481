package search_test

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"parley/inbox/search"
)

func tokens(text string) []string {
	docs := search.MessageDocuments([]search.MessageText{{ID: 1, Text: text, At: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)}}, search.NewStems())
	return slices.DeleteFunc(docs[0].Tokens, func(t string) bool { return strings.Contains(t, ":") })
}

func TestFormsShareAToken(t *testing.T) {
	t.Parallel()
	for _, forms := range [][]string{
		{"счёт", "счета", "СЧЕТОМ", "счетов"}, {"заказ", "Заказы", "заказов"}, {"parcel", "parcels", "Parcels"}, {"ёлка", "елки", "Ёлками"},
		{"delivery", "deliveries"}, {"caf\u00e9", "cafe\u0301"},
	} {
		want := tokens(forms[0])
		for _, form := range forms[1:] {
			if got := tokens(form); !slices.Equal(got, want) {
				t.Errorf("%q is %v, %q is %v", forms[0], want, form, got)
			}
		}
	}
	if got := tokens("a-b, A/1 №7 x_y"); !slices.Equal(got, []string{"a", "b", "1", "7", "x", "y"}) {
		t.Errorf("words are %v", got)
	}
}

func TestLongTextsAreBounded(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for n := range 100_000 {
		b.WriteRune(rune('а' + n%32))
		b.WriteRune(rune('а' + n/32%32))
		b.WriteRune(rune('а' + n/1024%32))
		b.WriteByte(' ')
	}
	if n := len(tokens(b.String())); n == 0 || n > 2000 {
		t.Errorf("%d words of a long text", n)
	}
	if got := tokens(strings.Repeat("ы", 5000)); len(got) != 1 || utf8.RuneCountInString(got[0]) > 40 {
		t.Errorf("a long word is %v", got)
	}
}

// FuzzDocument holds every text to what the indexes take: valid words of letters and digits.
func FuzzDocument(f *testing.F) {
	for _, seed := range []string{"Здравствуйте! Когда привезут мой заказ?", "it's \"quoted\" AND (x OR y*)", "\x00\xff а\u0301бв 1:2", "ﬁ Ⅷ ªº", "𝕏 日本語 العربية"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, token := range tokens(text) {
			if token == "" || !utf8.ValidString(token) || strings.ContainsAny(token, " '\"|&!()*:\\\x00") || len(token) > 400 {
				t.Fatalf("%q holds the word %q", text, token)
			}
		}
	})
}
