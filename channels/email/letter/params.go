package letter

import (
	"sort"
	"strconv"
	"strings"
)

// maxParams bounds the parameters of one header value.
const maxParams = 100

// parseType reads a Content-Type: the media type in lower case, "" when there is none
// that makes sense, and its parameters.
func (h *Header) parseType(raw string) (string, map[string]string) {
	kind, params := h.parseValue(raw)
	major, minor, ok := strings.Cut(kind, "/")
	if !ok || !token(major) || !token(minor) {
		return "", params
	}
	return kind, params
}

// parseValue reads "value; name=…; name=…" (RFC 2045), with values that are continued,
// in a charset and percent-encoded (RFC 2231), or in encoded words where none belong.
func (h *Header) parseValue(raw string) (string, map[string]string) {
	value, rest := raw, ""
	if i := strings.IndexByte(raw, ';'); i >= 0 {
		value, rest = raw[:i], raw[i:]
	}
	value = strings.ToLower(strings.Trim(strings.TrimSpace(comments(value)), "\"'"))
	if i := strings.IndexAny(value, " \t,"); i > 0 {
		if rest == "" {
			rest = value[i:]
		}
		value = value[:i]
	}
	params := map[string]string{}
	pieces := map[string][]piece{}
	for range maxParams {
		var name, text string
		var ok bool
		if name, text, rest, ok = nextParam(rest); !ok {
			break
		}
		base, number, encoded := splitName(name)
		if base == name {
			if _, double := params[name]; !double {
				params[name] = h.decode(text)
				if name == "boundary" {
					params[name] = clean(text) // two spaces in it are two spaces
				}
			}
			continue
		}
		pieces[base] = append(pieces[base], piece{number, encoded, text})
	}
	for name, list := range pieces {
		if joined := joinPieces(list); joined != "" {
			params[name] = joined
		}
	}
	return clean(value), params
}

// piece is one section of a parameter that RFC 2231 divides.
type piece struct {
	number  int
	encoded bool
	text    string
}

// splitName takes the section apart: "filename*1*" is the second, encoded.
func splitName(name string) (base string, number int, encoded bool) {
	base, section, ok := strings.Cut(name, "*")
	if !ok || base == "" {
		return name, 0, false
	}
	section, encoded = strings.CutSuffix(section, "*")
	if section == "" {
		return base, 0, true
	}
	number, err := strconv.Atoi(section)
	if err != nil || number < 0 {
		return base, maxParams, encoded
	}
	return base, number, encoded
}

func joinPieces(list []piece) string {
	sort.SliceStable(list, func(i, j int) bool { return list[i].number < list[j].number })
	charset := ""
	var raw []byte
	for i, p := range list {
		text := p.text
		if p.encoded {
			if first, rest, ok := strings.Cut(text, "'"); i == 0 && ok {
				if _, value, ok := strings.Cut(rest, "'"); ok {
					charset, text = first, value
				}
			}
			raw = append(raw, unpercent(text)...)
			continue
		}
		raw = append(raw, text...)
	}
	if charset == "" && strings.Contains(string(raw), "=?") {
		return decodeWords(string(raw), "")
	}
	return oneLine(decodeBytes(raw, charset))
}

func unpercent(s string) []byte {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if hi, lo := unhex(s[i+1]), unhex(s[i+2]); hi >= 0 && lo >= 0 {
				out = append(out, byte(hi<<4|lo))
				i += 2
				continue
			}
		}
		out = append(out, s[i])
	}
	return out
}

// nextParam reads one "name=value" from what follows a semicolon.
func nextParam(s string) (name, value, rest string, ok bool) {
	for {
		s = strings.TrimLeft(s, "; \t\r\n,")
		if s == "" {
			return "", "", "", false
		}
		i := strings.IndexAny(s, "=;")
		if i < 0 {
			return "", "", "", false
		}
		if s[i] == '=' {
			name, s = strings.ToLower(strings.TrimSpace(s[:i])), strings.TrimLeft(s[i+1:], " \t\r\n")
			break
		}
		s = s[i:] // no parameter at all
	}
	if strings.HasPrefix(s, `"`) {
		value, rest = quoted(s)
		return name, value, rest, true
	}
	i := strings.IndexByte(s, ';')
	if i < 0 {
		i = len(s)
	}
	value = strings.TrimSpace(s[:i])
	if open := strings.IndexByte(value, '('); open > 0 && strings.HasSuffix(value, ")") && value[open-1] == ' ' {
		value = strings.TrimSpace(value[:open]) // a comment
	}
	return name, value, s[i:], true
}

// quoted reads the quoted string that s begins with; one that never ends reaches to the
// next semicolon.
func quoted(s string) (value, rest string) {
	var out strings.Builder
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			// Only these two need the sign; others are the path of a file on Windows.
			if i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\') {
				i++
			}
			out.WriteByte(s[i])
		case '"':
			return out.String(), s[i+1:]
		default:
			out.WriteByte(s[i])
		}
	}
	value, rest, _ = strings.Cut(s[1:], ";")
	return strings.TrimSpace(value), rest
}

// comments removes what stands in round brackets.
func comments(s string) string {
	if strings.IndexByte(s, '(') < 0 {
		return s
	}
	var out strings.Builder
	depth := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			depth--
		case depth == 0:
			out.WriteByte(c)
		}
	}
	return out.String()
}

func token(s string) bool {
	if s == "" || len(s) > 127 {
		return false
	}
	for i := 0; i < len(s); i++ {
		if c := s[i]; c <= ' ' || c >= 0x7f || strings.IndexByte(`()<>@,;:\"/[]?=`, c) >= 0 {
			return false
		}
	}
	return true
}
