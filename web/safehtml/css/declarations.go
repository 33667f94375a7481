package css

import (
	"regexp"
	"strconv"
	"strings"
)

// Declaration is a property and its value, both in plain form.
type Declaration struct {
	Name      string // lower case
	Value     string
	Important bool
}

// Bounds on what is read.
const (
	// MaxAttribute is how long a style attribute may be, in bytes; a longer one is nothing.
	MaxAttribute = 16 << 10
	// MaxSheet is how many bytes of style sheets are read; the rest is nothing.
	MaxSheet = 512 << 10

	maxNesting = 8     // of brackets within a value
	maxSize    = 20000 // of a number in a value, whatever its unit
)

// Attribute reads the text of a style attribute.
func Attribute(text string) []Declaration {
	if len(text) > MaxAttribute {
		return nil
	}
	return declarations(scan(text))
}

// Print writes declarations as the text of a style attribute.
func Print(list []Declaration) string {
	var b strings.Builder
	for i, d := range list {
		if i > 0 {
			b.WriteByte(';')
		}
		b.WriteString(d.Name)
		b.WriteByte(':')
		b.WriteString(d.Value)
		if d.Important {
			b.WriteString(" !important")
		}
	}
	return b.String()
}

// declarations reads what stands between braces. Rules within it, a newer idea, are
// passed over.
func declarations(ts []token) []Declaration {
	var out []Declaration
	for len(ts) > 0 {
		end := 0
		nested := false
		for end < len(ts) && !ts[end].is(";") {
			if ts[end].is("{") {
				nested = true
				end += blockLen(ts[end:])
				break
			}
			end++
		}
		if !nested {
			if d, ok := declaration(ts[:end]); ok {
				out = append(out, d)
			}
			end++
		}
		ts = ts[min(end, len(ts)):]
	}
	return out
}

// blockLen is how many tokens a block has; the first is its opening brace.
func blockLen(ts []token) int {
	depth := 0
	for i, t := range ts {
		switch {
		case t.is("{"):
			depth++
		case t.is("}"):
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(ts)
}

func declaration(ts []token) (Declaration, bool) {
	ts = trim(ts)
	if len(ts) < 2 || ts[0].kind != ident {
		return Declaration{}, false
	}
	d := Declaration{Name: strings.ToLower(ts[0].text)}
	r, known := properties[d.Name]
	ts = trim(ts[1:])
	if !known || len(ts) == 0 || !ts[0].is(":") {
		return Declaration{}, false
	}
	ts = trim(ts[1:])
	ts, d.Important = cutImportant(ts)
	value, ok := r.value(ts)
	d.Value = value
	return d, ok
}

// cutImportant takes "!important" off the end of a value.
func cutImportant(ts []token) ([]token, bool) {
	n := len(ts)
	if n == 0 || ts[n-1].kind != ident || !strings.EqualFold(ts[n-1].text, "important") {
		return ts, false
	}
	rest := trim(ts[:n-1])
	if n = len(rest); n == 0 || !rest[n-1].is("!") {
		return ts, false
	}
	return trim(rest[:n-1]), true
}

// value prints a value, if all of it is allowed.
func (r rule) value(ts []token) (string, bool) {
	var b strings.Builder
	depth := 0
	for _, t := range ts {
		switch t.kind {
		case space:
			b.WriteByte(' ')
			continue
		case function:
			depth++
		case delim:
			switch t.text {
			case "(":
				depth++
			case ")":
				depth--
			}
		}
		if depth < 0 || depth > maxNesting || !r.allows(t, depth) {
			return "", false
		}
		t.print(&b)
	}
	return b.String(), depth == 0 && b.Len() > 0
}

// allows tells whether a token may stand in a value, depth brackets deep.
func (r rule) allows(t token, depth int) bool {
	switch t.kind {
	case ident:
		return plainWord.MatchString(t.text) && (r.words == "" || strings.Contains(r.words, " "+strings.ToLower(t.text)+" "))
	case hash:
		return r.words == "" && colour.MatchString(t.text)
	case number, percentage, dimension:
		if t.kind == dimension && !units[strings.ToLower(t.unit)] {
			return false
		}
		return r.words == "" && sized(t.text) && !(r.unsized && strings.HasPrefix(t.text, "-"))
	case function:
		// calc(0px - 99px) is a number below zero, too
		name := strings.ToLower(t.text)
		return r.words == "" && !r.unsized && functions[name]
	case quoted:
		return r.strings && plainText.MatchString(t.text)
	case delim:
		switch t.text {
		case ",", "/", ")", "(":
			return r.words == ""
		case "+", "*", "-":
			return depth > 0
		}
	}
	return false
}

var (
	plainWord = Shape{regexp.MustCompile(`^-{0,2}[\p{L}_][\p{L}\p{N}_-]*$`), 100}
	plainText = Shape{regexp.MustCompile(`^[\p{L}\p{N} _.,'&+()/-]*$`), 99}
	colour    = regexp.MustCompile(`^(?:[0-9A-Fa-f]{3,4}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})$`)
)

func sized(text string) bool {
	v, err := strconv.ParseFloat(text, 64)
	return err == nil && len(text) <= 24 && v >= -maxSize && v <= maxSize
}

// print writes a token that was allowed.
func (t token) print(b *strings.Builder) {
	switch t.kind {
	case function:
		b.WriteString(strings.ToLower(t.text) + "(")
	case hash:
		b.WriteString("#" + t.text)
	case quoted:
		b.WriteString(`"` + t.text + `"`)
	case percentage:
		b.WriteString(t.text + "%")
	default:
		b.WriteString(t.text + t.unit)
	}
}

// trim takes blanks off both ends.
func trim(ts []token) []token {
	for len(ts) > 0 && ts[0].kind == space {
		ts = ts[1:]
	}
	for len(ts) > 0 && ts[len(ts)-1].kind == space {
		ts = ts[:len(ts)-1]
	}
	return ts
}
