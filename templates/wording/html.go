package wording

import (
	"html"
	"strings"
)

// HTML is a filled text as mails hold it: paragraphs where it leaves a line free, breaks where it does not.
func HTML(filled string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(strings.ReplaceAll(strings.TrimSpace(filled), "\r\n", "\n"), "\n\n") {
		if part = strings.Trim(part, "\n"); part != "" {
			b.WriteString("<p>" + strings.ReplaceAll(html.EscapeString(part), "\n", "<br>") + "</p>")
		}
	}
	return b.String()
}
