package css

import (
	"regexp"
	"unicode/utf8"
)

// Shape is the form that a text must have and its length in characters at most, 0 for
// any. A length said in the expression itself makes that thousands of times larger
// where a set of letters repeats.
type Shape struct {
	Form *regexp.Regexp
	Most int
}

// MatchString tells whether s has the shape.
func (f Shape) MatchString(s string) bool {
	return (f.Most == 0 || len(s) <= f.Most || utf8.RuneCountInString(s) <= f.Most) && f.Form.MatchString(s)
}
