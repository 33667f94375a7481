package auth

import (
	"slices"
	"strings"

	"parley/internal/fault"
)

// Scopes is what an API key may touch: "noun:read" or "noun:write" each, nouns
// being the API's path words. Writing includes reading. Empty is everything.
type Scopes []string

// Allow reports whether the scopes let a noun be read or written.
func (s Scopes) Allow(noun string, write bool) bool {
	if len(s) == 0 {
		return true
	}
	return slices.Contains(s, noun+":write") || (!write && slices.Contains(s, noun+":read"))
}

// Within reports whether s allows nothing that outer does not.
func (s Scopes) Within(outer Scopes) bool {
	if len(outer) == 0 {
		return true
	}
	if len(s) == 0 {
		return false
	}
	for _, one := range s {
		noun, verb, _ := strings.Cut(one, ":")
		if !outer.Allow(noun, verb == "write") {
			return false
		}
	}
	return true
}

const maxScopes = 100

// ParseScopes checks the form of scopes and returns them sorted, each once. The
// fault names the field "scopes". When nouns is not empty, others are refused.
func ParseScopes(in, nouns []string) (Scopes, error) {
	if len(in) > maxScopes {
		return nil, fault.InvalidField("scopes", "too_many", fault.T("Не больше 100 прав.", "At most 100 scopes."))
	}
	var bad fault.Collector
	out := make(Scopes, 0, len(in))
	for _, s := range in {
		noun, verb, ok := strings.Cut(s, ":")
		switch {
		case !ok || !isNoun(noun) || (verb != "read" && verb != "write"):
			bad.Add("scopes", "malformed", fault.T(
				"Право пишется как «conversations:read» или «conversations:write».",
				`A scope is written like "conversations:read" or "conversations:write".`))
		case len(nouns) > 0 && !slices.Contains(nouns, noun):
			bad.Add("scopes", "unknown", fault.T(
				"Нет такого раздела: «"+noun+"». Есть: "+strings.Join(nouns, ", ")+".",
				"There is no "+noun+". There are: "+strings.Join(nouns, ", ")+"."))
		default:
			out = append(out, s)
		}
	}
	if err := bad.Err(); err != nil {
		return nil, err
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

func isNoun(s string) bool {
	if s == "" || len(s) > 40 {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c != '-' || i == 0) {
			return false
		}
	}
	return true
}
