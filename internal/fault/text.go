package fault

import (
	"strings"

	"parley/internal/arabic"
)

// Text is one sentence in the two languages every refusal is written in. A third language is
// found by the English one.
type Text struct {
	RU string
	EN string
}

// T pairs a Russian and an English sentence.
func T(ru, en string) Text { return Text{RU: ru, EN: en} }

// In returns the sentence in lang, a language tag such as "ru" or "ru-RU". Arabic is that of
// package arabic. Other languages, and what it does not know, get English, and a missing
// sentence gets the other one.
func (t Text) In(lang string) string {
	switch {
	case t.EN == "", t.RU != "" && spoken(lang, "ru"):
		return t.RU
	case spoken(lang, "ar"):
		return arabic.Or(t.EN)
	}
	return t.EN
}

// AR returns the sentence in Arabic, "" where package arabic does not know it.
func (t Text) AR() string {
	found, _ := arabic.Of(t.EN)
	return found
}

// spoken tells whether a tag is of a language.
func spoken(tag, language string) bool {
	base := tag
	if end := strings.IndexAny(tag, "-_"); end >= 0 {
		base = tag[:end]
	}
	return strings.EqualFold(base, language)
}
