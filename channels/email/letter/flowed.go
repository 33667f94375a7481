package letter

import "strings"

// unflow joins the lines that format=flowed divided (RFC 3676). Quoted lines keep their
// marks; the line before a signature is never joined.
func unflow(text string, deleteSpace bool) string {
	var out strings.Builder
	open := -1 // the depth of quoting of a line that goes on, -1 for none
	first := true
	for line := range strings.SplitSeq(text, "\n") {
		depth := 0
		for depth < len(line) && line[depth] == '>' {
			depth++
		}
		words := strings.TrimPrefix(line[depth:], " ")
		signature := words == "-- "
		if open >= 0 && open == depth && !signature {
			// goes on
		} else {
			if !first {
				out.WriteByte('\n')
			}
			if depth > 0 {
				out.WriteString(line[:depth])
				if words != "" {
					out.WriteByte(' ')
				}
			}
		}
		first = false
		if strings.HasSuffix(words, " ") && !signature {
			open = depth
			if deleteSpace {
				words = words[:len(words)-1]
			}
		} else {
			open = -1
		}
		out.WriteString(words)
	}
	return out.String()
}
