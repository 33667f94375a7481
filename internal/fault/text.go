package fault

// Text is one sentence in the two languages every refusal is written in.
type Text struct {
	RU string
	EN string
}

// T pairs a Russian and an English sentence.
func T(ru, en string) Text { return Text{RU: ru, EN: en} }

// In returns the sentence in lang, a language tag such as "ru" or "ru-RU".
// Other languages get English, and a missing sentence gets the other one.
func (t Text) In(lang string) string {
	russian := len(lang) >= 2 && (lang[0]|0x20) == 'r' && (lang[1]|0x20) == 'u' &&
		(len(lang) == 2 || lang[2] == '-' || lang[2] == '_')
	if (russian && t.RU != "") || t.EN == "" {
		return t.RU
	}
	return t.EN
}
