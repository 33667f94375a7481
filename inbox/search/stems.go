package search

// Stems remembers the stems of words it has seen: people use few, and stemming one takes
// longer than indexing it. Use it from one goroutine.
type Stems struct{ known map[string]string }

// mostStems is how many words are remembered before it begins anew.
const mostStems = 50_000

// NewStems remembers nothing yet.
func NewStems() *Stems { return &Stems{known: map[string]string{}} }

func (s *Stems) of(word string) string {
	if have, ok := s.known[word]; ok {
		return have
	}
	if len(s.known) >= mostStems {
		clear(s.known)
	}
	out := stem(word)
	s.known[word] = out
	return out
}
