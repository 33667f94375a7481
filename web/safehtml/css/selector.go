package css

import (
	"regexp"
	"strings"
)

const maxSelector = 200 // tokens of one selector

// selectors prints the selectors of a list that can be understood, "" when none can.
// Browsers refuse the whole list for one of them; here the rest may stay, for some are
// left out that browsers know.
func (n Names) selectors(ts []token) string {
	var out []string
	for len(ts) > 0 {
		end := 0
		depth := 0
		for end < len(ts) && !(depth == 0 && ts[end].is(",")) {
			switch {
			case ts[end].is("(") || ts[end].is("[") || ts[end].kind == function:
				depth++
			case ts[end].is(")") || ts[end].is("]"):
				depth--
			}
			end++
		}
		if s, ok := n.selector(trim(ts[:end])); ok {
			out = append(out, s)
		}
		ts = ts[min(end+1, len(ts)):]
	}
	return strings.Join(out, ",")
}

// selector prints one selector. It is made of compounds (a, .b, #c, [d], :e) and of the
// signs between them.
func (n Names) selector(ts []token) (string, bool) {
	if len(ts) == 0 || len(ts) > maxSelector {
		return "", false
	}
	var b strings.Builder
	fresh := true // nothing of the present compound stands yet
	for i := 0; i < len(ts); {
		text, used := n.simple(ts[i:], fresh)
		switch {
		case used > 0:
			b.WriteString(text)
			fresh = false
			i += used
		case ts[i].kind == space && (i+1 == len(ts) || combinator(ts[i+1]) || fresh):
			i++
		case ts[i].kind == space:
			b.WriteByte(' ')
			fresh = true
			i++
		case combinator(ts[i]) && !fresh:
			b.WriteString(ts[i].text)
			fresh = true
			i++
		default:
			return "", false
		}
	}
	return b.String(), !fresh
}

func combinator(t token) bool { return t.is(">") || t.is("+") || t.is("~") }

// simple prints the part of a compound at the head of ts and tells how many tokens it
// took, 0 when there is none that may be kept. First is whether it begins a compound.
func (n Names) simple(ts []token, first bool) (string, int) {
	switch t := ts[0]; {
	case t.kind == ident && first:
		return n.named("", t.text, n.Element, 1)
	case t.is("*") && first:
		return "*", 1
	case t.kind == hash:
		return n.named("#", t.text, n.ID, 1)
	case t.is(".") && len(ts) > 1 && ts[1].kind == ident:
		return n.named(".", ts[1].text, n.Class, 2)
	case t.is(":") && len(ts) > 1 && ts[1].kind == ident && pseudoClasses[strings.ToLower(ts[1].text)]:
		if strings.EqualFold(ts[1].text, "root") {
			return n.named("", "html", n.Element, 2)
		}
		return ":" + strings.ToLower(ts[1].text), 2
	case t.is("["):
		return n.attribute(ts)
	}
	return "", 0
}

// named prints a name as known has it, if it can be printed without escapes.
func (n Names) named(sign, name string, known func(string) string, used int) (string, int) {
	if name = known(name); !plainWord.MatchString(name) {
		return "", 0
	}
	return sign + name, used
}

// pseudoClasses may stand in selectors.
var pseudoClasses = set(`link visited hover active focus first-child last-child only-child first-of-type last-of-type
	only-of-type empty root`)

// attributes may be asked for in selectors.
var attributes = set(`class id align valign width height dir lang href title alt border bgcolor color face size type open`)

var plainValue = Shape{regexp.MustCompile(`^[\p{L}\p{N} _.:/#-]*$`), 99}

// attribute prints a selector in square brackets.
func (n Names) attribute(ts []token) (string, int) {
	end := 0
	for end < len(ts) && !ts[end].is("]") {
		end++
	}
	if end == len(ts) {
		return "", 0
	}
	var in []token
	for _, t := range ts[1:end] {
		if t.kind != space {
			in = append(in, t)
		}
	}
	if len(in) == 0 || in[0].kind != ident || !attributes[strings.ToLower(in[0].text)] {
		return "", 0
	}
	name := strings.ToLower(in[0].text)
	if len(in) == 1 {
		return "[" + name + "]", end + 1
	}
	op := ""
	for _, t := range in[1 : len(in)-1] {
		op += t.text
	}
	last := in[len(in)-1]
	if last.kind != ident && last.kind != quoted || !plainValue.MatchString(last.text) {
		return "", 0
	}
	value := last.text
	switch op {
	case "=", "~=", "^=":
		if value = n.renamed(name, value); value == "" {
			return "", 0
		}
	case "*=", "$=", "|=":
	default:
		return "", 0
	}
	return "[" + name + op + `"` + value + `"]`, end + 1
}

// renamed is the value of an attribute as the page has it.
func (n Names) renamed(attribute, value string) string {
	switch attribute {
	case "class":
		return n.Class(value)
	case "id":
		return n.ID(value)
	}
	return value
}
