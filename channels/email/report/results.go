package report

import "strings"

// authResults is one Authentication-Results field (RFC 8601, 2.2).
type authResults struct {
	server  string // the authserv-id in lower case; "" where the field has none
	methods []method
}

// method is one check and what it found.
type method struct {
	name, result string            // in lower case
	props        map[string]string // "header.d" and the like, in lower case
}

// domain is the domain that a check vouches for.
func (m method) domain() string {
	for _, p := range []string{"header.d", "header.i", "smtp.mailfrom", "smtp.mail", "smtp.helo", "header.from"} {
		if v := m.props[p]; v != "" {
			if at := strings.LastIndexByte(v, '@'); at >= 0 {
				v = v[at+1:]
			}
			return strings.ToLower(strings.Trim(v, ". "))
		}
	}
	return ""
}

// Bounds on one field.
const (
	maxResults = 16 << 10
	maxMethods = 50
)

// parseResults reads a field. It is lenient about what real servers write (no server, a
// version, missing blanks), and not ok for what is no such field at all.
func parseResults(value string) (authResults, bool) {
	if len(value) > maxResults {
		return authResults{}, false
	}
	var a authResults
	for i, part := range splitResults(value) {
		if len(part) == 0 {
			continue
		}
		if i == 0 && !(len(part) > 1 && part[1] == "=") {
			a.server = strings.ToLower(part[0])
			continue
		}
		if m, ok := parseMethod(part); ok && len(a.methods) < maxMethods {
			a.methods = append(a.methods, m)
		}
	}
	return a, a.server != "" || len(a.methods) > 0
}

// parseMethod reads "dkim=pass reason="..." header.d=example.org" from its words.
func parseMethod(words []string) (method, bool) {
	if len(words) < 3 || words[1] != "=" {
		return method{}, false
	}
	name, _, _ := strings.Cut(strings.ToLower(words[0]), "/")
	m := method{name: name, result: strings.ToLower(words[2]), props: map[string]string{}}
	for i := 3; i+2 < len(words); i++ {
		if words[i+1] == "=" {
			key := strings.ToLower(words[i])
			if _, again := m.props[key]; !again {
				m.props[key] = words[i+2]
			}
			i += 2
		}
	}
	return m, true
}

// splitResults takes a field apart at its semicolons, and each piece into words; "=" is a
// word of its own. Comments, which nest, are left out, and quoted words lose their quotes.
func splitResults(s string) [][]string {
	var parts [][]string
	var words []string
	var word strings.Builder
	in := false // a word, maybe an empty quoted one, has begun
	end := func() {
		if in {
			words = append(words, word.String())
			word.Reset()
			in = false
		}
	}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '(':
			end()
			i = skipComment(s, i)
		case '"':
			in = true
			for i++; i < len(s) && s[i] != '"'; i++ {
				if s[i] == '\\' && i+1 < len(s) {
					i++
				}
				word.WriteByte(s[i])
			}
		case ';':
			end()
			parts = append(parts, words)
			words = nil
		case '=':
			// Within a value ("b=abc=") it belongs to the word.
			if n := len(words); in && n > 0 && words[n-1] == "=" {
				word.WriteByte(c)
				continue
			}
			end()
			words = append(words, "=")
		case ' ', '\t', '\r', '\n':
			end()
		default:
			in = true
			word.WriteByte(c)
		}
	}
	end()
	return append(parts, words)
}

// skipComment returns the index of the parenthesis that closes the one at i, or the last
// index of s.
func skipComment(s string, i int) int {
	depth := 0
	for ; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(s)
}
