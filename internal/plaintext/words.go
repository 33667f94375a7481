package plaintext

import (
	"strconv"
	"strings"
)

// block begins a new line, after an empty one where lines is 2.
func (t *writer) block(lines int) {
	t.newlines = max(t.newlines, lines)
	t.space = false
}

// item begins an entry of a list.
func (t *writer) item() {
	t.block(1)
	depth := len(t.lists)
	mark := "- "
	if depth > 0 && t.lists[depth-1] > 0 {
		mark = strconv.Itoa(t.lists[depth-1]) + ". "
		t.lists[depth-1]++
	}
	t.word(strings.Repeat("  ", min(max(depth-1, 0), maxLists)) + mark)
}

// text writes the words of a text, which may be owed a space or new lines.
func (t *writer) text(s string) {
	if t.pre > 0 {
		for i, line := range strings.Split(strings.ReplaceAll(s, "\r", ""), "\n") {
			if i > 0 {
				t.newlines++
			}
			if line != "" {
				t.word(line)
			}
		}
		return
	}
	for len(s) > 0 {
		end := strings.IndexAny(s, " \t\r\n")
		if end < 0 {
			end = len(s)
		}
		if end > 0 {
			t.word(strings.ReplaceAll(s[:end], "\u00a0", " "))
			s = s[end:]
			continue
		}
		t.space = !t.atStart || t.newlines > 0
		s = s[1:]
	}
}

// word writes what is owed, then s.
func (t *writer) word(s string) {
	if t.skipping > 0 {
		return
	}
	if t.newlines > 0 && t.out.Len() > 0 {
		between := marks(min(t.quote, t.quoted)) // an empty line within a quotation is quoted too
		for i := range min(t.newlines, 3) {
			if i > 0 {
				t.out.WriteString(strings.TrimRight(between, " "))
			}
			t.out.WriteByte('\n')
		}
		t.atStart = true
	}
	t.quoted = t.quote
	owed := t.space && !t.atStart
	if t.atStart {
		t.out.WriteString(marks(t.quote))
	}
	if owed {
		t.out.WriteByte(' ')
	}
	t.newlines, t.space, t.atStart = 0, false, false
	t.out.WriteString(s)
}

func marks(depth int) string { return strings.Repeat("> ", min(depth, maxQuote)) }

// endLink writes the address of a link behind its words, unless they are the address.
func (t *writer) endLink() {
	href := t.href
	t.href = ""
	if href == "" || t.skipping > 0 {
		return
	}
	from := min(t.linkFrom, t.out.Len())
	words := strings.TrimSpace(t.out.String()[from:])
	target := strings.TrimPrefix(strings.TrimPrefix(href, "mailto:"), "tel:")
	scheme, _, ok := strings.Cut(href, ":")
	switch strings.ToLower(scheme) {
	case "http", "https", "ftp", "mailto", "tel":
	default:
		ok = false // an anchor, or nothing that a person could follow
	}
	bare := func(s string) string {
		s = strings.TrimPrefix(strings.TrimPrefix(s, "https://"), "http://")
		return strings.TrimSuffix(s, "/")
	}
	if !ok || bare(words) == bare(target) {
		return
	}
	t.space = words != ""
	t.word("<" + target + ">")
}

// delimiter is the line above a signature, by which programs know it: two dashes and a
// space (RFC 3676, 4.3).
const delimiter = "-- "

// finish returns the lines without white space at their ends, but for a signature's delimiter.
func (t *writer) finish() string {
	t.endLink()
	var out []string
	for line := range strings.SplitSeq(printable(t.out.String()), "\n") {
		line = strings.TrimRight(line, " \t")
		if strings.TrimLeft(line, "> ") == strings.TrimSpace(delimiter) {
			line += " "
		}
		out = append(out, line)
	}
	return strings.Trim(strings.Join(out, "\n"), "\n")
}
