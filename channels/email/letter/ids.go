package letter

import (
	"strings"
)

// maxIDs is how many ids of References are kept: the root and the latest.
const maxIDs = 100

// maxID is the longest message id that is kept, in bytes: longer ones cannot stand on
// one line of a mail.
const maxID = 998

// ids finds the message ids of a value, in order and without doubles: what stands in <>,
// or, where nothing does, any word with an @.
func ids(raw string) []string {
	var list []string
	seen := map[string]bool{}
	add := func(id string) {
		if id = tidyID(id); id != "" && !seen[id] {
			seen[id] = true
			list = append(list, id)
		}
	}
	for rest := raw; ; {
		start := strings.IndexByte(rest, '<')
		if start < 0 {
			break
		}
		rest = rest[start+1:]
		end := strings.IndexAny(rest, "<>")
		if end < 0 {
			add(rest)
			break
		}
		add(rest[:end])
		rest = rest[end:]
	}
	if len(list) == 0 {
		for _, word := range strings.FieldsFunc(comments(raw), func(r rune) bool { return strings.ContainsRune(" \t\r\n,;\"<>", r) }) {
			if strings.Contains(word, "@") {
				add(word)
			}
		}
	}
	if len(list) > maxIDs {
		list = append(list[:1:1], list[len(list)-maxIDs+1:]...)
	}
	return list
}

func tidyID(id string) string {
	id = strings.Map(func(r rune) rune {
		if r <= ' ' || r == 0x7f {
			return -1
		}
		return r
	}, clean(id))
	if len(id) > maxID {
		return ""
	}
	return id
}

// messageID reads the mail's own id, which some mailers write without brackets or @.
func messageID(raw string) string {
	if list := ids(raw); len(list) > 0 {
		return list[0]
	}
	if strings.ContainsAny(strings.TrimSpace(raw), " <>") {
		return ""
	}
	return tidyID(raw)
}
