package letter

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// guessSample is how many bytes are looked at to guess a charset.
const guessSample = 16 << 10

// guess finds the charset of text that names none, or a wrong one. nil is UTF-8.
func guess(b []byte) encoding.Encoding {
	if bytes.Contains(b, []byte("\x1b$")) || bytes.Contains(b, []byte("\x1b(J")) {
		return japanese.ISO2022JP
	}
	if ascii(b) || mostlyUTF8(b) {
		return nil
	}
	sample := b[:min(len(b), guessSample)]
	high := countHigh(sample)
	if scattered(sample) {
		// The second bytes of Chinese and Japanese are often ASCII, but no Western language
		// has that many letters beyond it.
		if high*4 >= len(sample) {
			if enc := eastAsian(sample); enc != nil {
				return enc
			}
		}
		return charmap.Windows1252
	}
	best, most := encoding.Encoding(charmap.Windows1252), 0
	for _, c := range []*charmap.Charmap{charmap.Windows1251, charmap.KOI8R, charmap.CodePage866} {
		if score := cyrillic(sample, c); score > most {
			best, most = c, score
		}
	}
	if most < 5*high {
		if enc := eastAsian(sample); enc != nil {
			return enc
		}
	}
	return best
}

// mostlyUTF8 tells whether all but a few of the bytes beyond ASCII make UTF-8: a text
// cut in the middle of a character, or with a foreign line in it, stays UTF-8.
func mostlyUTF8(b []byte) bool {
	good, bad := 0, 0
	for len(b) > 0 {
		if b[0] < utf8.RuneSelf {
			b = b[1:]
			continue
		}
		r, size := utf8.DecodeRune(b)
		if r == utf8.RuneError && size == 1 {
			bad++
		} else {
			good++
		}
		b = b[size:]
	}
	return good > 0 && bad*10 <= good || bad == 0
}

func countHigh(b []byte) (n int) {
	for _, c := range b {
		if c >= 0x80 {
			n++
		}
	}
	return n
}

// scattered tells whether most bytes beyond ASCII stand in words that also hold ASCII
// letters, as in the languages of Western Europe, and not in words of their own.
func scattered(b []byte) bool {
	mixed, pure := 0, 0
	for i := 0; i < len(b); {
		high, letters := 0, 0
		for ; i < len(b) && (b[i] >= 0x80 || b[i]|0x20 >= 'a' && b[i]|0x20 <= 'z'); i++ {
			if b[i] >= 0x80 {
				high++
			} else {
				letters++
			}
		}
		if letters > 0 {
			mixed += high
		} else {
			pure += high
		}
		i++
	}
	return mixed >= pure
}

// frequency is how common each letter of Russian is, in tenths of a per cent.
var frequency = map[rune]int{
	'о': 110, 'е': 85, 'а': 80, 'и': 74, 'н': 67, 'т': 63, 'с': 55, 'р': 47, 'в': 45, 'л': 44, 'к': 35, 'м': 32, 'д': 30, 'п': 28,
	'у': 26, 'я': 20, 'ы': 19, 'ь': 17, 'г': 17, 'з': 16, 'б': 16, 'ч': 14, 'й': 12, 'х': 10, 'ж': 9, 'ш': 7, 'ю': 6, 'ц': 5, 'щ': 4,
	'э': 3, 'ф': 3, 'ъ': 1, 'ё': 1, 'і': 20, 'ї': 5, 'є': 5,
}

// cyrillic scores how well bytes read as Russian in a charset: common letters speak for
// it; signs, and capitals behind small letters, against it.
func cyrillic(b []byte, c *charmap.Charmap) (score int) {
	small := false
	for _, x := range b {
		if x < 0x80 {
			small = false
			continue
		}
		r := c.DecodeByte(x)
		switch f, common := frequency[r]; {
		case common:
			score += f / 4
			small = true
		case r >= 'А' && r <= 'Я' || r == 'Ё':
			if small {
				score -= 10
			} else {
				score += frequency[r+0x20] / 6
			}
		case r == '«' || r == '»' || r == '—' || r == '–' || r == '№' || r == '\u00a0' || r == '…' || r == '“' || r == '”':
			small = false
		default:
			score -= 12
		}
	}
	return score
}

// eastAsian finds the double-byte charset whose pairs all exist and lie mostly where the
// common characters are; nil when none fits.
func eastAsian(b []byte) encoding.Encoding {
	var best encoding.Encoding
	most := 60 // per cent
	for _, c := range []struct {
		enc    encoding.Encoding
		common func(hi, lo byte) bool
	}{
		{japanese.ShiftJIS, func(hi, _ byte) bool { return hi == 0x82 || hi == 0x83 || hi == 0x81 }},
		{japanese.EUCJP, func(hi, _ byte) bool { return hi == 0xa4 || hi == 0xa5 || hi == 0xa1 }},
		{korean.EUCKR, func(hi, lo byte) bool { return hi >= 0xb0 && hi <= 0xc8 && lo >= 0xa1 }},
		{traditionalchinese.Big5, func(hi, lo byte) bool { return hi >= 0xa4 && hi <= 0xc6 || hi == 0xa1 && lo < 0x80 }},
		{simplifiedchinese.GB18030, func(hi, lo byte) bool {
			return (hi >= 0xb0 && hi <= 0xd7 || hi == 0xa3 || hi == 0xa1) && lo >= 0xa1
		}},
	} {
		text, err := c.enc.NewDecoder().Bytes(b)
		if err != nil || bytes.Count(text, []byte("\uFFFD")) > 1 {
			continue
		}
		pairs, common := 0, 0
		for i := 0; i+1 < len(b); i++ {
			if b[i] < 0x80 {
				continue
			}
			pairs++
			if c.common(b[i], b[i+1]) {
				common++
			}
			i++
		}
		if pairs >= 4 && common*100/pairs > most {
			best, most = c.enc, common*100/pairs
		}
	}
	return best
}

// guessCharset guesses once for all bare fields of a header: together they say more than
// each alone. The charset of the body is the first to be tried.
func (h *Header) guessCharset() string {
	var bare []byte
	for _, f := range h.fields {
		if v := []byte(f.value); !ascii(v) && !utf8.Valid(v) {
			bare = append(bare, v...)
			bare = append(bare, ' ')
		}
	}
	if len(bare) == 0 {
		return ""
	}
	_, params := h.parseType(h.rawFirst("Content-Type"))
	if enc, _ := lookup(params["charset"]); enc != nil && enc != unicode.UTF8 {
		if text, err := enc.NewDecoder().Bytes(bare); err == nil && !bytes.Contains(text, []byte("\uFFFD")) {
			return params["charset"]
		}
	}
	switch guess(bare) {
	case charmap.Windows1251:
		return "windows-1251"
	case charmap.KOI8R:
		return "koi8-r"
	case charmap.CodePage866:
		return "ibm866"
	case japanese.ShiftJIS:
		return "shift_jis"
	case japanese.EUCJP:
		return "euc-jp"
	case korean.EUCKR:
		return "euc-kr"
	case traditionalchinese.Big5:
		return "big5"
	case simplifiedchinese.GB18030:
		return "gb18030"
	case charmap.Windows1252:
		return "windows-1252"
	}
	return ""
}
