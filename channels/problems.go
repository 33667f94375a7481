package channels

import (
	"maps"
	"slices"
)

// CodeProblem is the code of what Event.Problem says.
const CodeProblem = "problem"

// Problems are what an adapter says of events that it could not understand: the English text of
// Event.Problem, and the same in Russian. Both may have holes, as those of a Phrase.
type Problems map[string]string

// List are the problems as a Speaker gives them, by text.
func (p Problems) List() []Phrase {
	list := make([]Phrase, 0, len(p))
	for _, en := range slices.Sorted(maps.Keys(p)) {
		list = append(list, Phrase{Code: CodeProblem, Words: Words{RU: p[en], EN: en}})
	}
	return list
}
