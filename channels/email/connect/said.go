package connect

import (
	"strings"
	"unicode"
)

// Said makes a server's own words fit to be shown: one line, short, and without the texts
// given, such as the user's name, which servers like to repeat.
func Said(text string, without ...string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	for _, secret := range without {
		if len(secret) > 2 {
			text = strings.ReplaceAll(text, secret, "…")
		}
	}
	return clip(strings.Join(strings.Fields(text), " "), 200)
}
