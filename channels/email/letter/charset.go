package letter

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// decodeBytes turns bytes that claim to be in a charset into text. The claim is not
// believed where the bytes contradict it, and may be empty.
func decodeBytes(b []byte, charset string) string {
	if ascii(b) && !shifts(b) && !isWide(charset) && !isUTF7(charset) {
		return clean(string(b))
	}
	if isUTF7(charset) {
		return clean(decodeUTF7(b))
	}
	if text, ok := decodeMarked(b); ok {
		return clean(text)
	}
	enc, single := lookup(charset)
	switch {
	case enc == nil: // none, unknown, or merely "ASCII"
		return decodeGuessed(b)
	case enc == unicode.UTF8 && !utf8.Valid(b):
		return decodeGuessed(b)
	case single && utf8.Valid(b) && !ascii(b):
		// Eight-bit charsets make UTF-8 only by a mislabelled mail: each letter beyond
		// ASCII would have to be followed by just the right sign.
		return clean(string(b))
	}
	return decodeAs(b, enc)
}

func decodeAs(b []byte, enc encoding.Encoding) string {
	text, err := enc.NewDecoder().Bytes(b)
	if err != nil {
		return clean(string(b))
	}
	return clean(string(text))
}

func decodeGuessed(b []byte) string {
	enc := guess(b)
	if enc == nil {
		return clean(string(b))
	}
	return decodeAs(b, enc)
}

// decodeMarked decodes text that begins with a byte order mark.
func decodeMarked(b []byte) (string, bool) {
	switch {
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		return decodeGuessed(b[3:]), true
	case bytes.HasPrefix(b, []byte("\xff\xfe")) && len(b) > 3:
		return decodeAs(b, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)), true
	case bytes.HasPrefix(b, []byte("\xfe\xff")) && len(b) > 3:
		return decodeAs(b, unicode.UTF16(unicode.BigEndian, unicode.UseBOM)), true
	}
	return "", false
}

func ascii(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 {
			return false
		}
	}
	return true
}

// shifts tells whether ASCII bytes hold the sequences by which ISO-2022 and HZ change
// their meaning.
func shifts(b []byte) bool {
	return bytes.Contains(b, []byte("\x1b$")) || bytes.Contains(b, []byte("\x1b(")) || bytes.Contains(b, []byte("~{"))
}

func isWide(charset string) bool {
	charset = strings.ToLower(charset)
	return strings.Contains(charset, "utf-16") || strings.Contains(charset, "utf16") || strings.Contains(charset, "utf-32") || strings.Contains(charset, "ucs-2") || strings.Contains(charset, "10646")
}

func isUTF7(charset string) bool {
	charset = strings.ToLower(charset)
	return charset == "utf-7" || charset == "utf7" || strings.HasSuffix(charset, "-utf-7")
}

// lookup finds a charset by any name that mailers give it. It returns nil for none, for
// unknown ones and for ASCII, and whether each character is one byte.
func lookup(charset string) (enc encoding.Encoding, single bool) {
	name := strings.ToLower(strings.Trim(charset, " \t\"'"))
	switch name {
	case "", "us-ascii", "ascii", "7bit", "8bit", "x-unknown", "unknown", "unknown-8bit", "x-user-defined", "ansi_x3.4-1968", "us", "default":
		return nil, false
	}
	enc = find(name)
	if enc == nil || enc == encoding.Replacement {
		name = strings.TrimPrefix(name, "x-")
		if number, ok := strings.CutPrefix(name, "cp-"); ok {
			name = "cp" + number
		}
		enc = find(strings.ReplaceAll(strings.ReplaceAll(name, " ", "-"), "_", "-"))
	}
	if enc == nil || enc == encoding.Replacement {
		return nil, false
	}
	_, single = enc.(*charmap.Charmap)
	return enc, single
}

func find(name string) encoding.Encoding {
	switch name {
	case "gb2312", "gb-2312", "gbk", "gb18030", "cp936", "936", "euc-cn", "gb2312-80", "csgb2312":
		return simplifiedchinese.GB18030 // the superset of all of them
	case "hz", "hz-gb-2312":
		return simplifiedchinese.HZGB2312
	case "cp932", "932", "windows-932", "shift-jis", "shiftjis", "sjis", "ms932":
		return japanese.ShiftJIS
	case "cp50220", "cp50221", "iso-2022-jp-1", "iso-2022-jp-2", "iso-2022-jp-3", "iso-2022-jp-ms", "jis":
		return japanese.ISO2022JP
	case "cp51932", "eucjp", "euc-jp-ms", "eucjp-ms":
		return japanese.EUCJP
	case "cp949", "949", "uhc", "ks-c-5601", "ks-c-5601-1989", "ksc5601", "ksc-5601", "euckr", "windows-949":
		return korean.EUCKR
	case "iso-2022-kr":
		return iso2022kr{}
	case "cp950", "950", "big-5", "windows-950":
		return traditionalchinese.Big5
	case "utf8", "utf-8", "utf8mb4", "utf-8-mac", "utf-8n", "unicode-1-1-utf-8", "utf_8":
		return unicode.UTF8
	case "unicode", "utf-16", "utf16", "iso-10646-ucs-2", "ucs-2", "ucs2":
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case "utf-32", "utf32":
		return utf32.UTF32(utf32.BigEndian, utf32.UseBOM)
	case "utf-32be":
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)
	case "utf-32le":
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)
	case "latin-1", "iso8859-1", "iso88591", "8859-1", "latin1", "iso-8859-1-windows-3.1-latin-1":
		return charmap.Windows1252
	case "tis620", "iso-8859-11":
		return charmap.Windows874
	case "cp-866", "866", "ibm-866", "dos", "dos-866":
		return charmap.CodePage866
	case "koi8", "koi", "koi8r", "koi-8", "koi8-rfc1489":
		return charmap.KOI8R
	case "cp1251", "win1251", "win-1251", "windows1251", "1251", "ansi-1251", "windows-cyrillic":
		return charmap.Windows1251
	case "cp1252", "win1252", "windows1252", "1252":
		return charmap.Windows1252
	case "cp1250", "win1250", "1250":
		return charmap.Windows1250
	}
	if enc, err := htmlindex.Get(name); err == nil {
		return enc
	}
	if enc, err := ianaindex.MIME.Encoding(name); err == nil && enc != nil {
		return enc
	}
	if enc, err := ianaindex.MIB.Encoding(name); err == nil && enc != nil {
		return enc
	}
	if enc, err := ianaindex.IANA.Encoding(name); err == nil && enc != nil {
		return enc
	}
	if digits, ok := strings.CutPrefix(name, "iso8859-"); ok {
		return find("iso-8859-" + digits)
	}
	if digits, ok := strings.CutPrefix(name, "cp125"); ok {
		return find("windows-125" + digits)
	}
	return nil
}
