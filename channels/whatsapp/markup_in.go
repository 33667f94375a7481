package whatsapp

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// tags are what WhatsApp's signs become.
var tags = map[byte]string{'*': "b", '_': "i", '~': "s", '`': "code"}

// markupHTML shows text that has WhatsApp's signs as HTML; "" when it has none, for then the text says all.
func markupHTML(text string) string {
	var b strings.Builder
	found, parts := false, strings.Split(text, "```")
	for i, part := range parts {
		if i%2 == 1 && i+1 < len(parts) {
			b.WriteString("<pre>" + html.EscapeString(strings.Trim(part, "\n")) + "</pre>")
			found = true
			continue
		}
		if i%2 == 1 {
			part = "```" + part // opened and never closed
		}
		for j, line := range strings.Split(part, "\n") {
			if j > 0 {
				b.WriteString("<br>")
			}
			out, any := lineHTML(line, 0)
			b.WriteString(out)
			found = found || any
		}
	}
	if !found {
		return ""
	}
	return b.String()
}

// lineHTML shows one line. A sign counts where it stands at a word's edge and its fellow follows.
func lineHTML(line string, depth int) (out string, found bool) {
	if depth == maxNested {
		return html.EscapeString(line), false
	}
	if quote, is := strings.CutPrefix(line, "> "); is && quote != "" {
		inner, _ := lineHTML(quote, depth+1)
		return "<blockquote>" + inner + "</blockquote>", true
	}
	var b strings.Builder
	for i := 0; i < len(line); {
		tag, is := tags[line[i]]
		if is && edge(line, i) {
			if end := closing(line, i); end > 0 {
				inner := html.EscapeString(line[i+1 : end])
				if tag != "code" {
					inner, _ = lineHTML(line[i+1:end], depth+1)
				}
				b.WriteString("<" + tag + ">" + inner + "</" + tag + ">")
				i, found = end+1, true
				continue
			}
		}
		_, size := utf8.DecodeRuneInString(line[i:])
		b.WriteString(html.EscapeString(line[i : i+size]))
		i += size
	}
	return b.String(), found
}

// edge tells whether nothing of a word stands before place i.
func edge(line string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(line[:i])
	return i == 0 || !unicode.IsLetter(before) && !unicode.IsDigit(before)
}

// closing finds the sign that ends what begins at place i; 0 when there is none. What lies between must
// be there and have no space at its edges.
func closing(line string, i int) int {
	for end := i + 1; end < len(line); end++ {
		if line[end] != line[i] {
			continue
		}
		inner := line[i+1 : end]
		after, _ := utf8.DecodeRuneInString(line[end+1:])
		if inner == "" || strings.TrimSpace(inner) != inner || len(inner) > maxMarked {
			return 0
		}
		if end+1 == len(line) || !unicode.IsLetter(after) && !unicode.IsDigit(after) {
			return end
		}
	}
	return 0
}

// maxMarked bounds what is looked at between two signs, so that a line of signs costs little.
const maxMarked = 4096

// maxNested bounds how many signs within signs are read.
const maxNested = 8
