package plaintext

import "strings"

// oneLine makes one line of an attribute's value: white space becomes single spaces,
// control characters go.
func oneLine(s string) string {
	return printable(strings.Join(strings.Fields(s), " "))
}

// printable makes valid UTF-8 whose lines end in "\n", without other control characters.
func printable(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if strings.IndexByte(s, '\r') >= 0 {
		s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	}
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 {
			return -1
		}
		return r
	}, s)
}
