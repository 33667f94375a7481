package letter

import (
	"bytes"
	"encoding/base64"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/transform"
)

// decodeUTF7 decodes RFC 2152. What is no UTF-7 stays as it is.
func decodeUTF7(b []byte) string {
	var out strings.Builder
	for len(b) > 0 {
		i := bytes.IndexByte(b, '+')
		if i < 0 {
			out.Write(b)
			break
		}
		out.Write(b[:i])
		b = b[i+1:]
		n := 0
		for n < len(b) && isBase64(b[n]) {
			n++
		}
		run := b[:n]
		b = b[n:]
		if n == 0 {
			out.WriteByte('+')
		} else {
			out.WriteString(decodeUTF16Run(run))
		}
		if len(b) > 0 && b[0] == '-' {
			b = b[1:]
		}
	}
	return out.String()
}

func decodeUTF16Run(run []byte) string {
	raw := make([]byte, base64.RawStdEncoding.DecodedLen(len(run)))
	n, _ := base64.RawStdEncoding.Decode(raw, run) // what was decoded before an error stands
	units := make([]uint16, 0, n/2)
	for i := 0; i+1 < n; i += 2 {
		units = append(units, uint16(raw[i])<<8|uint16(raw[i+1]))
	}
	return string(utf16.Decode(units))
}

// iso2022kr is RFC 1557: EUC-KR without its high bits between SO and SI.
type iso2022kr struct{}

var _ encoding.Encoding = iso2022kr{}

// NewDecoder implements encoding.Encoding.
func (iso2022kr) NewDecoder() *encoding.Decoder {
	return &encoding.Decoder{Transformer: transform.Chain(&unshift{}, korean.EUCKR.NewDecoder())}
}

// NewEncoder implements encoding.Encoding; nothing is ever written in this charset.
func (iso2022kr) NewEncoder() *encoding.Encoder { return encoding.Replacement.NewEncoder() }

// unshift sets the high bits between SO and SI and drops the designation ESC $ ) C.
type unshift struct {
	transform.NopResetter
	out bool
}

// Transform implements transform.Transformer.
func (u *unshift) Transform(dst, src []byte, _ bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		c := src[nSrc]
		switch {
		case c == 0x0e:
			u.out = true
		case c == 0x0f:
			u.out = false
		case bytes.HasPrefix(src[nSrc:], []byte("\x1b$)C")):
			nSrc += 3
		default:
			if nDst == len(dst) {
				return nDst, nSrc, transform.ErrShortDst
			}
			if u.out && c > ' ' {
				c |= 0x80
			}
			dst[nDst] = c
			nDst++
		}
		nSrc++
	}
	return nDst, nSrc, nil
}
