package letter

import (
	"strings"
)

// decodeWords decodes a header's value: its encoded words (RFC 2047), also where they
// stand or break against the rules, and bare bytes beyond ASCII, which are in charset.
// White space that folding left becomes single spaces.
func decodeWords(raw, charset string) string {
	var out strings.Builder
	var run encodedRun
	noEnd := false
	rest := raw
	for rest != "" {
		i := -1
		if !noEnd {
			i = strings.Index(rest, "=?")
		}
		if i < 0 {
			run.flush(&out)
			out.WriteString(decodeBytes([]byte(rest), charset))
			break
		}
		word, size := parseWord(rest[i:], &noEnd)
		gap := rest[:i]
		if size == 0 {
			run.flush(&out)
			out.WriteString(decodeBytes([]byte(rest[:i+2]), charset))
			rest = rest[i+2:]
			continue
		}
		if run.charset == "" || strings.TrimSpace(gap) != "" {
			run.flush(&out)
			out.WriteString(decodeBytes([]byte(gap), charset))
		}
		run.add(word, &out)
		rest = rest[i+size:]
	}
	run.flush(&out)
	return oneLine(out.String())
}

// encodedRun joins neighbouring words of one charset before it decodes them: some
// mailers divide characters between words.
type encodedRun struct {
	charset string
	bytes   []byte
}

func (r *encodedRun) add(w word, out *strings.Builder) {
	if r.charset != "" && !strings.EqualFold(r.charset, w.charset) {
		r.flush(out)
	}
	r.charset = w.charset
	r.bytes = append(r.bytes, w.bytes...)
}

func (r *encodedRun) flush(out *strings.Builder) {
	if r.charset == "" {
		return
	}
	out.WriteString(decodeBytes(r.bytes, r.charset))
	r.charset, r.bytes = "", nil
}

type word struct {
	charset string
	bytes   []byte
}

// parseWord reads the encoded word that s begins with and tells how long it is, 0 when
// it is none. noEnd is set when no word can end any more.
func parseWord(s string, noEnd *bool) (word, int) {
	const longestCharset = 60
	head := s[2:]
	i := strings.IndexByte(head[:min(len(head), longestCharset)], '?')
	if i <= 0 || len(head) < i+3 || head[i+2] != '?' || strings.ContainsAny(head[:i], " \t\"<>") {
		return word{}, 0
	}
	charset, _, _ := strings.Cut(head[:i], "*") // RFC 2231 adds a language
	kind, text := head[i+1], head[i+3:]
	if kind |= 0x20; kind != 'b' && kind != 'q' {
		return word{}, 0 // before anything is searched for: a value may hold many of these
	}
	end := strings.Index(text, "?=")
	if end < 0 {
		*noEnd = true
		// The end was cut off: the word reaches as far as words may.
		end = strings.IndexAny(text, " \t?\"<>")
		if end < 0 {
			end = len(text)
		}
		if end == 0 {
			return word{}, 0
		}
		return word{charset, decodeWord(kind, text[:end])}, len(s) - len(text) + end
	}
	return word{charset, decodeWord(kind, text[:end])}, len(s) - len(text) + end + 2
}

func decodeWord(kind byte, text string) []byte {
	if kind == 'b' {
		return decodeBase64([]byte(text))
	}
	return decodeQ(text)
}

func decodeQ(text string) []byte {
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == '_' {
			c = ' '
		} else if c == '=' && i+2 < len(text) {
			if hi, lo := unhex(text[i+1]), unhex(text[i+2]); hi >= 0 && lo >= 0 {
				c = byte(hi<<4 | lo)
				i += 2
			}
		}
		out = append(out, c)
	}
	return out
}

func unhex(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}
