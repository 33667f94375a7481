package channels

import "unicode/utf8"

// Len counts text in the limit's unit.
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
	case UnitSegments:
		return len(Segment(text).Parts)
	default:
		return utf8.RuneCountInString(text)
	}
}

// Fits tells whether text is within the limit.
func (l TextLimit) Fits(text string) bool {
	return l.Max > 0 && l.Len(text) <= l.Max || text == ""
}
