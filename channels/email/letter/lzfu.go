package letter

import "encoding/binary"

// rtfPreset is what the window of compressed rich text holds before its first byte
// (MS-OXRTFCP 2.1.2.1).
const rtfPreset = "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier" +
	"{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"

const (
	rtfWindow     = 4096
	rtfCompressed = 0x75465a4c // "LZFu"
	rtfPlain      = 0x414c454d // "MELA"
)

// unpackRTF undoes the compression of rich text (MS-OXRTFCP). What is broken ends early.
func unpackRTF(src []byte) []byte {
	if len(src) < 16 {
		return nil
	}
	size, kind := binary.LittleEndian.Uint32(src[4:]), binary.LittleEndian.Uint32(src[8:])
	most := int(min(size, tnefValue))
	src = src[16:]
	switch kind {
	case rtfPlain:
		return src[:min(len(src), most)]
	case rtfCompressed:
	default:
		return nil
	}
	var window [rtfWindow]byte
	at := copy(window[:], rtfPreset)
	out := make([]byte, 0, min(most, 16*len(src)))
	put := func(c byte) {
		out = append(out, c)
		window[at] = c
		at = (at + 1) % rtfWindow
	}
	for len(src) > 0 {
		flags := src[0]
		src = src[1:]
		for bit := 0; bit < 8 && len(src) > 0; bit++ {
			if flags&(1<<bit) == 0 {
				put(src[0])
				src = src[1:]
			} else {
				if len(src) < 2 {
					return out
				}
				from, length := int(src[0])<<4|int(src[1])>>4, int(src[1]&15)+2
				src = src[2:]
				if from == at {
					return out // the end
				}
				for i := range length {
					put(window[(from+i)%rtfWindow])
				}
			}
			if len(out) >= most {
				return out[:most]
			}
		}
	}
	return out
}
