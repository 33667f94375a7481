package letter

import (
	"strings"
)

// maxAddress is the longest address that is believed (RFC 5321: 64 + 1 + 255).
const maxAddress = 320

// Addresses reads all fields of that name as lists of addresses, however they are
// written: groups, comments, missing brackets and quotes, semicolons between them.
func (h *Header) Addresses(name string) []Address {
	list, _ := h.addresses(name, Bounds{}.filled().Addresses)
	return list
}

func (h *Header) addresses(name string, most int) (list []Address, more bool) {
	for _, raw := range h.all(name) {
		p := addressReader{header: h, most: most - len(list)}
		p.read(raw)
		list = append(list, p.list...)
		if p.more {
			return list, true
		}
	}
	return list, false
}

// addressReader takes one list apart. It collects words until a separator and then
// decides what they meant.
type addressReader struct {
	header  *Header
	most    int
	list    []Address
	more    bool
	name    strings.Builder // words outside <>
	comment strings.Builder // words in ()
	address string          // what stood in <>
	angled  bool
	stray   [3]bool // of the signs " ( < one was never closed, so none behind it is
}

const (
	strayQuote = iota
	strayBracket
	strayAngle
)

func (p *addressReader) read(s string) {
	for i := 0; i < len(s) && !p.more; {
		switch c := s[i]; c {
		case '"':
			i += p.quote(s[i:])
		case '(':
			i += p.bracket(s[i:])
		case '<':
			i += p.angle(s[i:])
		case ',', ';':
			p.finish()
			i++
		case ':':
			// The name of a group, unless the words before it are an address already.
			if !strings.Contains(p.name.String(), "@") && !p.angled {
				p.name.Reset()
			} else {
				p.name.WriteByte(c)
			}
			i++
		case '>':
			i++
		default:
			end := strings.IndexAny(s[i:], `"(<,;:>`)
			if end < 0 {
				end = len(s) - i
			}
			end = encodedEnd(s[i:], end)
			p.name.WriteString(s[i : i+end])
			i += end
		}
	}
	p.finish()
}

// encodedEnd moves the end of some words behind an encoded word that a separator seems to
// divide: some mailers leave commas and brackets in them as they are.
func encodedEnd(s string, end int) int {
	const longest = 400
	start := max(0, end-longest)
	i := strings.LastIndex(s[start:end], "=?")
	if i < 0 {
		return end
	}
	start += i
	parts := strings.SplitN(s[start:min(len(s), start+longest)], "?", 4)
	if len(parts) < 4 || len(parts[2]) != 1 {
		return end
	}
	closed := strings.Index(parts[3], "?=")
	if closed < 0 {
		return end
	}
	return max(end, start+len(parts[0])+len(parts[1])+len(parts[2])+3+closed+2)
}

func (p *addressReader) quote(s string) int {
	if p.stray[strayQuote] {
		return 1
	}
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			if i+1 < len(s) && s[i+1] == '@' {
				p.name.WriteString(s[:i+1]) // a quoted local part
				return i + 1
			}
			p.name.WriteString(unescape(s[1:i]))
			return i + 1
		}
	}
	p.stray[strayQuote] = true
	return 1
}

func (p *addressReader) bracket(s string) int {
	if p.stray[strayBracket] {
		return 1
	}
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				p.comment.WriteString(unescape(s[1:i]))
				return i + 1
			}
		}
	}
	p.stray[strayBracket] = true
	return 1
}

func (p *addressReader) angle(s string) int {
	end := -1
	if !p.stray[strayAngle] {
		end = strings.IndexByte(s, '>')
	}
	size := end + 1
	if end < 0 {
		p.stray[strayAngle] = true
		// Never closed: it reaches to the next separator.
		end = strings.IndexAny(s, ",; \t")
		if end < 0 {
			end = len(s)
		}
		size = end
	}
	inner := s[1:max(end, 1)]
	if p.angled && p.address != "" {
		p.finish() // a separator was forgotten
	}
	p.address, p.angled = inner, true
	return max(size, 1)
}

// finish turns what was collected into an address.
func (p *addressReader) finish() {
	name := p.header.decode(p.name.String())
	comment := p.header.decode(p.comment.String())
	address := p.address
	angled := p.angled
	p.name.Reset()
	p.comment.Reset()
	p.address, p.angled = "", false

	if !angled || !strings.Contains(address, "@") && strings.Contains(name, "@") {
		// No brackets: the word with the @ is the address, the others are the name.
		if i := strings.IndexByte(name, '@'); i >= 0 {
			from := strings.LastIndexAny(name[:i], " \t'\"[") + 1
			if name[0] == '"' {
				from = 0
			}
			to := len(name)
			if n := strings.IndexAny(name[i:], " \t'\"]"); n >= 0 {
				to = i + n
			}
			address, name = name[from:to], strings.TrimSpace(name[:from]+name[to:])
			angled = true
		} else if !angled {
			address, angled = name, true
			name = ""
		}
	}
	address = tidyAddress(p.header.decode(address))
	if address == "" {
		return
	}
	if name == "" {
		name = comment
	}
	name = strings.TrimSpace(name)
	if n := len(name); n >= 2 && name[0] == name[n-1] && (name[0] == '\'' || name[0] == '"') {
		name = strings.TrimSpace(name[1 : n-1])
	}
	if len(p.list) >= p.most {
		p.more = true
		return
	}
	p.list = append(p.list, Address{Name: cut(name, 500), Address: address})
}

// tidyAddress writes an address the one way it is compared in; "" when it is none.
func tidyAddress(s string) string {
	s = strings.TrimSpace(s)
	s = strings.TrimPrefix(strings.TrimPrefix(s, "mailto:"), "MAILTO:")
	if strings.HasPrefix(s, "@") { // an obsolete route
		if _, after, ok := strings.Cut(s, ":"); ok {
			s = after
		}
	}
	s = strings.Trim(s, " <>'\t,;")
	if s == "" || len(s) > maxAddress {
		return ""
	}
	if !strings.HasPrefix(s, `"`) {
		s = strings.Map(func(r rune) rune {
			if r <= ' ' {
				return -1
			}
			return r
		}, s)
	}
	at := strings.LastIndexByte(s, '@')
	if at <= 0 || at == len(s)-1 || s[0] != '"' && strings.ContainsAny(s[:at], ":;,<>") {
		return ""
	}
	return s[:at+1] + strings.TrimSuffix(strings.ToLower(s[at+1:]), ".")
}

func unescape(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
		}
		out.WriteByte(s[i])
	}
	return out.String()
}
