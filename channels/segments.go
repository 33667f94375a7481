package channels

import (
	"strings"
	"unicode/utf8"
)

// How much of a text one SMS carries: alone, or as a part of several, when six bytes of a
// header tell where it belongs. Sources: 3GPP TS 23.040 V18.0.0, 9.2.3.24.1 (header), and
// 3GPP TS 23.038 V18.0.0, 6.2.1 (alphabets), looked up on 2026-11-22.
const (
	gsmAlone  = 160 // septets
	gsmPart   = 153
	ucs2Alone = 70 // UTF-16 units
	ucs2Part  = 67
)

// gsmBasic is the default alphabet of GSM, and gsmExtended what an escape makes of a further
// septet. National tables are not used: few networks pass them on.
const (
	gsmBasic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
		"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
	gsmExtended = "\f^{}\\[~]|€"
)

// Segments is a text as SMS carry it.
type Segments struct {
	UCS2  bool     // a character is outside the alphabet of GSM, and the whole text costs more
	Units int      // septets, or UTF-16 units if UCS2
	Parts []string // none for no text
}

// Segment divides a text into SMS. No character is divided, nor is one separated from its
// escape: a part may be a unit shorter for it. Joined, the parts are the text.
func Segment(text string) Segments {
	s := Segments{}
	for _, r := range text {
		n := gsmUnits(r)
		if n == 0 {
			s.UCS2 = true
			break
		}
		s.Units += n
	}
	units, alone, part := gsmUnits, gsmAlone, gsmPart
	if s.UCS2 {
		units, alone, part = utf16Units, ucs2Alone, ucs2Part
		s.Units = 0
		for _, r := range text {
			s.Units += utf16Units(r)
		}
	}
	switch {
	case text == "":
	case s.Units <= alone:
		s.Parts = []string{text}
	default:
		s.Parts = divide(text, part, units)
	}
	return s
}

func divide(text string, most int, units func(rune) int) []string {
	var parts []string
	from, held := 0, 0
	for at, r := range text {
		n := units(r)
		if held+n > most {
			parts = append(parts, text[from:at])
			from, held = at, 0
		}
		held += n
	}
	return append(parts, text[from:])
}

// gsmUnits is how many septets a character takes; 0 = the alphabet lacks it.
func gsmUnits(r rune) int {
	switch {
	case r < utf8.RuneSelf && r >= 'a' && r <= 'z', strings.ContainsRune(gsmBasic, r):
		return 1
	case strings.ContainsRune(gsmExtended, r):
		return 2
	}
	return 0
}

func utf16Units(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}
