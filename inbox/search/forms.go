package search

import "slices"

// fewestOfForms is how long a stem is, in runes, before other forms of it are thought of.
const fewestOfForms = 3

// newTerm reads a word of a query. A stem cuts endings off and knows no words, so it tells apart
// what people do not: a vowel that comes and goes (подарок, подарки), and a name whose end looks
// like another word's ending (Иван, Ивану; Алёна, Алёне). Such a word has all the stems that its
// forms may have. Those that nobody ever wrote are not looked for.
func newTerm(word string) term {
	base := stem(word)
	t := term{word: word, forms: []string{base}}
	if !cyrillic(word) {
		return t
	}
	add := func(form string) {
		if len([]rune(form)) >= fewestOfForms-1 && !slices.Contains(t.forms, form) {
			t.forms = append(t.forms, form)
		}
	}
	add(stem(base))
	if runes := []rune(word); len(runes) > fewestOfForms && vowel(runes[len(runes)-1]) {
		add(string(runes[:len(runes)-1]))
	}
	for _, form := range fleeting([]rune(base)) {
		add(form)
	}
	return t
}

// cyrillic tells whether a folded word has Russian letters alone.
func cyrillic(word string) bool {
	for _, r := range word {
		if r < 'а' || r > 'я' {
			return false
		}
	}
	return word != ""
}

// fleeting returns what a stem is in the forms where the vowel before its last consonant has gone,
// or has come: подарок, подарк; деньг, денег.
func fleeting(base []rune) []string {
	n := len(base)
	if n < fewestOfForms || !consonant(base[n-1]) {
		return nil
	}
	head, last := string(base[:n-2]), string(base[n-1])
	before := base[n-2]
	switch {
	case (before == 'о' || before == 'е') && n > fewestOfForms && consonant(base[n-3]):
		return []string{head + last, head + string('ь') + last}
	case before == 'ь' || before == 'й':
		return []string{head + string('е') + last}
	case consonant(before):
		return []string{head + string([]rune{before, 'о'}) + last, head + string([]rune{before, 'е'}) + last}
	}
	return nil
}

func vowel(r rune) bool {
	switch r {
	case 'а', 'е', 'и', 'о', 'у', 'ы', 'э', 'ю', 'я':
		return true
	}
	return false
}

func consonant(r rune) bool { return !vowel(r) && r != 'й' && r != 'ь' && r != 'ъ' }
