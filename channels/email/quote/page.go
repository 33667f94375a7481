package quote

import (
	"regexp"
	"strings"
)

// kind is what a line of a mail is.
type kind uint8

const (
	empty        kind = iota
	written           // words of the author, as far as one can tell
	quoted            // marked as somebody else's: "> ..."
	introduction      // "On ... X wrote:", on one or several lines
	marker            // all that follows is another mail: "-----Original Message-----", "From: ..."
	delimiter         // a signature follows: "-- "
	ruler             // a line of dashes and the like
	footer            // "Sent from my phone", legal notices
)

// page is a mail's text with what is known of each line.
type page struct {
	lines  []string
	kinds  []kind
	ends   []int  // of an introduction's first line: the line after its last
	folded []bool // lines that are rest, above the cut
	word   int    // the last line that the author wrote
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

func newPage(text string) *page {
	lines := strings.Split(lineEnds.Replace(text), "\n")
	p := &page{
		lines:  lines,
		kinds:  make([]kind, len(lines)),
		ends:   make([]int, len(lines)),
		folded: make([]bool, len(lines)),
		word:   -1,
	}
	code := fences(lines)
	for i := 0; i < len(lines); i++ {
		if code[i] {
			p.kinds[i] = written
			continue
		}
		i += p.name(i) - 1
	}
	p.nameRulers()
	return p
}

// name decides what line i is and returns of how many lines it did so.
func (p *page) name(i int) int {
	line := p.lines[i]
	if blank(line) {
		return 1
	}
	if n := introductionAt(p.lines, i); n > 0 {
		p.ends[i] = i + n
		for j := i; j < i+n; j++ {
			p.kinds[j] = introduction
		}
		return n
	}
	p.kinds[i] = p.plainKind(i)
	return 1
}

func (p *page) plainKind(i int) kind {
	line := p.lines[i]
	switch {
	case arrow(line), p.continued(i):
		return quoted
	case originalMark(line), headerBlockAt(p.lines, i):
		return marker
	case dashes(line):
		return delimiter
	case ruled(line):
		return ruler
	case footed(line):
		return footer
	}
	return written
}

// named matches the marks that put the quoted author's name or initials before the arrow.
var named = regexp.MustCompile(`^ ?[A-Z][A-Za-z]{0,15}>(?: |$)`)

// continued reports whether line i carries one of the rarer quote marks. Bars also draw
// tables and names with an arrow are also prompts, so they count only right below an
// introduction or in a run.
func (p *page) continued(i int) bool {
	line := p.lines[i]
	bar := strings.HasPrefix(line, "|")
	if !bar && !named.MatchString(line) {
		return false
	}
	above := i - 1
	for above >= 0 && p.kinds[above] == empty {
		above--
	}
	if above >= 0 && (p.kinds[above] == introduction || above == i-1 && p.kinds[above] == quoted) {
		return true
	}
	if bar {
		return false
	}
	mark := named.FindString(line)
	return i+1 < len(p.lines) && strings.HasPrefix(p.lines[i+1], strings.TrimRight(mark, " "))
}

// arrow reports whether a line is quoted with ">".
func arrow(line string) bool {
	s := strings.TrimLeft(line, " \t")
	return strings.HasPrefix(s, ">") && len(line)-len(s) <= 3
}

func blank(line string) bool { return strings.TrimSpace(line) == "" }

// fences marks the lines within blocks of code that are fenced with ``` on both ends:
// what is in them is never a signature or a quote.
func fences(lines []string) []bool {
	in := make([]bool, len(lines))
	open := -1
	for i, l := range lines {
		if !strings.HasPrefix(strings.TrimSpace(l), "```") {
			continue
		}
		if open < 0 {
			open = i
			continue
		}
		for j := open; j <= i; j++ {
			in[j] = true
		}
		open = -1
	}
	return in
}

// Bounds on what may follow a ruler or delimiter for it to start a signature.
const (
	maxSignature = 12
	maxLooseSign = 16
)

// nameRulers turns the rulers and delimiters that start a signature into delimiters and the
// others into words of the author. It goes up the page, counting what is below.
func (p *page) nameRulers() {
	words, rules := 0, 0 // written lines below, up to the next quote; rulers among them
	for i := len(p.lines) - 1; i >= 0; i-- {
		switch p.kinds[i] {
		case written, footer:
			words++
		case quoted, introduction, marker:
			words, rules = 0, 0
		case delimiter:
			if p.lines[i] != "-- " && words > maxLooseSign {
				p.kinds[i] = written
			}
		case ruler:
			next := p.nextWord(i + 1)
			heads := next < len(p.lines) && p.kinds[next] == marker
			apart := i > 0 && blank(p.lines[i-1])
			switch {
			case words == 0 || heads:
				// nothing of the author's below: it goes with what is there
			case apart && rules == 0 && words <= maxSignature:
				p.kinds[i] = delimiter
			default:
				p.kinds[i] = written
			}
			if words > 0 {
				rules++
			}
		}
	}
}
