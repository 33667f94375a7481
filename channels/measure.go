package channels

import "unicode/utf8"

// Len counts text in the limit's unit. Segments are counted by the SMS adapters'
// own rule; here they count as runes.
func (l TextLimit) Len(text string) int {
	switch l.Unit {
	case UnitBytes:
		return len(text)
	case UnitUTF16:
		n := 0
		for _, r := range text {
			n++
			if r > 0xFFFF {
				n++
			}
		}
		return n
	default:
		return utf8.RuneCountInString(text)
	}
}

// Fits tells whether text is within the limit.
func (l TextLimit) Fits(text string) bool {
	return l.Max > 0 && l.Len(text) <= l.Max || text == ""
}
