package alert

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Named returns the colleagues whom a text names: an @ before the whole name, or before
// the first word of it where only one begins so, in whatever case, and nothing after it
// that would make it a longer word. Of names that fit the longest is meant, and of those
// who are called the same everybody. Each is returned once, in the order of the text.
func Named(text string, people []Colleague) (list []Colleague) {
	text = fold(text)
	names := callable(people)
	told := map[int]bool{}
	for at := range len(text) {
		if text[at] != '@' || at > 0 && within(lastRune(text[:at])) {
			continue // or an address
		}
		for _, n := range names {
			after, fits := strings.CutPrefix(text[at+1:], n.text)
			if !fits || within(firstRune(after)) {
				continue
			}
			for _, i := range n.of {
				if !told[i] {
					told[i] = true
					list = append(list, people[i])
				}
			}
			break
		}
	}
	return list
}

// name is what people may be called by, and who.
type name struct {
	text string
	of   []int
}

// callable are the names by which people may be called, the longest first.
func callable(people []Colleague) (names []name) {
	whole, first := map[string][]int{}, map[string][]int{}
	for i, p := range people {
		n := fold(p.Name)
		if n == "" {
			continue
		}
		whole[n] = append(whole[n], i)
		head, _, _ := strings.Cut(n, " ")
		first[head] = append(first[head], i)
	}
	for n, of := range whole {
		names = append(names, name{n, of})
	}
	for n, of := range first {
		if len(of) == 1 && whole[n] == nil {
			names = append(names, name{n, of})
		}
	}
	slices.SortFunc(names, func(a, b name) int {
		return cmp.Or(cmp.Compare(len(b.text), len(a.text)), cmp.Compare(a.text, b.text))
	})
	return names
}

// fold makes letters small, ё an е, and every run of white space one space.
func fold(text string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(strings.ToLower(text)), " "), "ё", "е")
}

// within tells whether a rune goes on with a word.
func within(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_')
}

func firstRune(text string) rune {
	r, _ := utf8.DecodeRuneInString(text)
	return r
}

func lastRune(text string) rune {
	r, _ := utf8.DecodeLastRuneInString(text)
	return r
}
