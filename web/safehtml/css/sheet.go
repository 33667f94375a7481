package css

import (
	"regexp"
	"strings"
)

// Names says how names of a mail are written in what is shown.
type Names struct {
	// Class and ID give the names under which the page knows a class and an id; ""
	// where it knows none.
	Class, ID func(name string) string
	// Element gives the selector for elements of a name; "" for elements that are
	// never shown.
	Element func(name string) string
}

// Sheet reads style sheets and prints their harmless part. Rules without a selector or
// without a declaration that is left are left out.
func Sheet(text string, n Names) string {
	if len(text) > MaxSheet {
		text = text[:MaxSheet]
	}
	p := printer{names: n}
	p.rules(scan(text), false)
	return p.out.String()
}

// printer prints rules.
type printer struct {
	names Names
	out   strings.Builder
}

// rules prints the rules of a sheet, or of a media query when inside one.
func (p *printer) rules(ts []token, inside bool) {
	for len(ts) > 0 {
		switch {
		case ts[0].kind == space || ts[0].is(";") || ts[0].is("}"):
			ts = ts[1:]
		case ts[0].kind == atKeyword:
			n, block := atRule(ts)
			if block != nil && !inside && strings.EqualFold(ts[0].text, "media") {
				p.media(ts[1:n-len(block)], block)
			}
			ts = ts[n:]
		default:
			head := 0
			for head < len(ts) && !ts[head].is("{") {
				head++
			}
			n := blockLen(ts[head:])
			p.rule(ts[:head], inner(ts[head:head+n]))
			ts = ts[head+n:]
		}
	}
}

// atRule returns how many tokens an at-rule has, and its block with its braces; nil when
// it ends with a semicolon.
func atRule(ts []token) (int, []token) {
	for i, t := range ts {
		switch {
		case t.is(";"):
			return i + 1, nil
		case t.is("{"):
			n := blockLen(ts[i:])
			return i + n, ts[i : i+n]
		}
	}
	return len(ts), nil
}

// inner is a block without its braces; the closing one may be missing at the end of the
// sheet.
func inner(block []token) []token {
	if len(block) == 0 {
		return nil
	}
	block = block[1:]
	if n := len(block); n > 0 && block[n-1].is("}") {
		block = block[:n-1]
	}
	return block
}

func (p *printer) media(query, block []token) {
	text, ok := mediaQuery(trim(query))
	if !ok {
		return
	}
	within := printer{names: p.names}
	within.rules(inner(block), true)
	if within.out.Len() > 0 {
		p.out.WriteString("@media " + text + "{\n" + within.out.String() + "}\n")
	}
}

func (p *printer) rule(head, block []token) {
	selectors := p.names.selectors(head)
	list := declarations(block)
	if selectors == "" || len(list) == 0 {
		return
	}
	p.out.WriteString(selectors + "{" + Print(list) + "}\n")
}

// MediaQuery reads a media query, as a media attribute holds one, and prints it.
func MediaQuery(text string) (string, bool) {
	if len(text) > MaxAttribute {
		return "", false
	}
	return mediaQuery(trim(scan(text)))
}

// features are the media features that queries may ask for.
var features = set(`width min-width max-width device-width min-device-width max-device-width orientation
	prefers-color-scheme prefers-reduced-motion resolution min-resolution max-resolution
	-webkit-device-pixel-ratio -webkit-min-device-pixel-ratio -webkit-max-device-pixel-ratio min--moz-device-pixel-ratio`)

var mediaWord = regexp.MustCompile(`^(?i:all|screen|print|and|or|not|only|landscape|portrait|light|dark|no-preference|reduce)$`)

func mediaQuery(ts []token) (string, bool) {
	var b strings.Builder
	depth := 0
	for _, t := range ts {
		ok := false
		switch t.kind {
		case space:
			b.WriteByte(' ')
			continue
		case ident:
			ok = mediaWord.MatchString(t.text) || depth > 0 && features[strings.ToLower(t.text)]
		case number, dimension:
			ok = depth > 0 && sized(t.text) && (t.kind == number || units[strings.ToLower(t.unit)])
		case delim:
			switch t.text {
			case "(":
				depth++
				ok = true
			case ")":
				depth--
				ok = true
			case ",":
				ok = depth == 0
			case ":", ">", "=", "/":
				ok = depth > 0
			}
		}
		if !ok || depth < 0 || depth > maxNesting {
			return "", false
		}
		// what comes from a media attribute may need an entity for its "<", never this
		t.print(&b)
	}
	return b.String(), depth == 0 && b.Len() > 0
}
