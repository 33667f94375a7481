package telegram

import "unicode/utf8"

// units is how many UTF-16 units a text has: the network counts so.
func units(text string) int {
	n := 0
	for _, r := range text {
		n += width(r)
	}
	return n
}

func width(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}

// ruler finds byte offsets by offsets in UTF-16 units. It is asked in ascending order.
type ruler struct {
	text      string
	at, units int
}

// byteAt is the offset in bytes of the character that holds a unit, or the text's end.
func (r *ruler) byteAt(unit int) int {
	for r.at < len(r.text) {
		c, size := utf8.DecodeRuneInString(r.text[r.at:])
		if r.units+width(c) > unit {
			break
		}
		r.units += width(c)
		r.at += size
	}
	return r.at
}
