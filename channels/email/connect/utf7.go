package connect

import (
	"encoding/base64"
	"strings"
	"unicode/utf16"
)

// EncodeMailbox writes a mailbox's name as IMAP has it (modified UTF-7, RFC 3501, 5.1.3).
func EncodeMailbox(name string) string {
	var b strings.Builder
	var foreign []rune
	flush := func() {
		if len(foreign) == 0 {
			return
		}
		var raw []byte
		for _, u := range utf16.Encode(foreign) {
			raw = append(raw, byte(u>>8), byte(u))
		}
		b.WriteString("&" + strings.ReplaceAll(base64.RawStdEncoding.EncodeToString(raw), "/", ",") + "-")
		foreign = nil
	}
	for _, r := range name {
		if r < ' ' || r > '~' {
			foreign = append(foreign, r)
			continue
		}
		flush()
		if r == '&' {
			b.WriteString("&-")
		} else {
			b.WriteRune(r)
		}
	}
	flush()
	return b.String()
}
