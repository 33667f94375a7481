package letter

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// readRTF takes the text out of rich text as Outlook writes it. Where Outlook wrapped an
// HTML mail into it (MS-OXRTFEX), the HTML comes back out.
func readRTF(rtf []byte, charset string) (text string, isHTML bool) {
	r := &rtfReader{src: rtf, charset: charset, groups: []rtfGroup{{skip: 1}}}
	r.read()
	r.flush()
	return clean(r.out.String()), r.html
}

// rtfGroup is the state that a pair of braces encloses.
type rtfGroup struct {
	hidden bool // holds no text: fonts, colours, pictures
	tag    bool // holds a piece of the original HTML
	extra  bool // text that only RTF readers should see
	skip   int  // signs that stand in for a Unicode one
}

type rtfReader struct {
	src     []byte
	at      int
	charset string
	groups  []rtfGroup
	html    bool
	pending []byte // in charset
	skipped int    // signs still to be passed over behind a Unicode one
	out     strings.Builder
}

// maxGroups bounds the nesting of braces; what is deeper shares the deepest state.
const maxGroups = 1000

func (r *rtfReader) group() *rtfGroup { return &r.groups[len(r.groups)-1] }

func (r *rtfReader) read() {
	excess := 0
	for r.at < len(r.src) {
		c := r.src[r.at]
		r.at++
		switch c {
		case '{':
			if len(r.groups) >= maxGroups {
				excess++
				continue
			}
			r.groups = append(r.groups, *r.group())
		case '}':
			r.skipped = 0
			switch {
			case excess > 0:
				excess--
			case len(r.groups) > 1:
				r.groups = r.groups[:len(r.groups)-1]
			}
		case '\\':
			r.control()
		case '\r', '\n':
		default:
			r.sign(c)
		}
	}
}

// shown tells whether text here belongs to the reader.
func (r *rtfReader) shown() bool {
	g := r.group()
	if r.html {
		return g.tag || !g.hidden && !g.extra
	}
	return !g.hidden && !g.tag
}

func (r *rtfReader) sign(c byte) {
	if r.skipped > 0 {
		r.skipped--
		return
	}
	if r.shown() {
		r.pending = append(r.pending, c)
	}
}

func (r *rtfReader) flush() {
	if len(r.pending) > 0 {
		r.out.WriteString(decodeBytes(r.pending, r.charset))
		r.pending = r.pending[:0]
	}
}

func (r *rtfReader) write(s string) {
	if r.shown() {
		r.flush()
		r.out.WriteString(s)
	}
}

// control reads what follows a backslash.
func (r *rtfReader) control() {
	if r.at >= len(r.src) {
		return
	}
	c := r.src[r.at]
	if c|0x20 < 'a' || c|0x20 > 'z' {
		r.at++
		switch c {
		case '\'':
			if r.at+2 <= len(r.src) {
				if hi, lo := unhex(r.src[r.at]), unhex(r.src[r.at+1]); hi >= 0 && lo >= 0 {
					r.sign(byte(hi<<4 | lo))
				}
				r.at += 2
			}
		case '*':
			r.group().hidden = true
		case '~':
			r.write("\u00a0")
		case '\r', '\n':
			r.write("\n")
		case '\\', '{', '}':
			r.sign(c)
		}
		return
	}
	start := r.at
	for r.at < len(r.src) && r.src[r.at]|0x20 >= 'a' && r.src[r.at]|0x20 <= 'z' {
		r.at++
	}
	name := string(r.src[start:min(r.at, start+40)])
	start = r.at
	for r.at < len(r.src) && (r.src[r.at] >= '0' && r.src[r.at] <= '9' || r.at == start && r.src[r.at] == '-') {
		r.at++
	}
	number, err := strconv.Atoi(string(r.src[start:min(r.at, start+12)]))
	given := err == nil
	if r.at < len(r.src) && r.src[r.at] == ' ' {
		r.at++
	}
	r.word(name, number, given)
}

func (r *rtfReader) word(name string, number int, given bool) {
	g := r.group()
	switch name {
	case "fromhtml":
		r.html = true
	case "htmltag":
		g.tag = true
	case "htmlrtf":
		g.extra = !given || number != 0
	case "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "footer", "mhtmltag", "generator", "themedata", "datastore":
		g.hidden = true
	case "ansicpg":
		if number > 0 {
			r.charset = codepageName(uint32(number))
		}
	case "uc":
		g.skip = max(min(number, 10), 0)
	case "u":
		if number < 0 {
			number += 65536
		}
		if utf8.ValidRune(rune(number)) && number > 0 {
			r.write(string(rune(number)))
		}
		r.skipped = g.skip
	case "bin":
		r.at = min(r.at+max(number, 0), len(r.src))
	case "par", "line", "sect", "page", "row":
		r.write("\n")
	case "tab", "cell":
		r.write("\t")
	case "lquote":
		r.write("‘")
	case "rquote":
		r.write("’")
	case "ldblquote":
		r.write("“")
	case "rdblquote":
		r.write("”")
	case "bullet":
		r.write("•")
	case "endash":
		r.write("–")
	case "emdash":
		r.write("—")
	}
}
