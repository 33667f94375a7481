package letter

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"unicode/utf16"

	"parley/internal/plaintext"
)

// The types of MAPI properties (MS-OXCDATA 2.11.1) that are not fixed in size.
const (
	mapiString8 = 0x001e
	mapiUnicode = 0x001f
	mapiObject  = 0x000d
	mapiBinary  = 0x0102
	mapiMany    = 0x1000 // a list of values
)

// The properties that matter (MS-OXPROPS).
const (
	propBody        = 0x1000
	propRTF         = 0x1009
	propHTML        = 0x1013
	propFileData    = 0x3701
	propFileName    = 0x3704
	propFileLong    = 0x3707
	propFileType    = 0x370e
	propFileID      = 0x3712
	propWebCodepage = 0x3fde
)

// messageObject begins the data of an attached mail: the interface IMessage.
const messageObject = "\x07\x03\x02\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00\x46"

// properties reads the list of MAPI properties in an attribute.
func (t *tnefReader) properties(in *io.LimitedReader) error {
	m := &mapiReader{in: in}
	for n := min(m.u32(), 10000); n > 0 && !m.broken; n-- {
		kind, id := m.u16(), m.u16()
		if id >= 0x8000 {
			m.skipName()
		}
		if size := fixedSize(kind &^ mapiMany); size > 0 {
			count := uint32(1)
			if kind&mapiMany != 0 {
				count = m.u32()
			}
			value := m.take(int64(count)*int64(size), 8)
			if id == propWebCodepage && kind == 0x0003 && len(value) >= 4 {
				m.webCodepage = codepageName(binary.LittleEndian.Uint32(value))
			}
			continue
		}
		switch kind &^ mapiMany {
		case mapiString8, mapiUnicode, mapiObject, mapiBinary:
		default:
			return nil // its size is unknown: what follows cannot be found
		}
		for count := m.u32(); count > 0 && !m.broken; count-- {
			if err := t.property(m, kind, id, int64(m.u32())); err != nil {
				return err
			}
		}
	}
	if t.html != "" && m.webCodepage != "" {
		t.html = decodeBytes([]byte(t.html), m.webCodepage)
	} else if t.html != "" {
		t.html = decodeBytes([]byte(t.html), firstOf(metaCharset([]byte(t.html)), t.codepage))
	}
	return nil
}

// property reads one value of size bytes and what fills it up to four.
func (t *tnefReader) property(m *mapiReader, kind, id uint16, size int64) error {
	padded := (size + 3) &^ 3
	switch id {
	case propFileData:
		rest := &io.LimitedReader{R: m.in, N: min(size, m.in.N)}
		if err := t.object(kind, rest); err != nil {
			return err
		}
		m.take(rest.N+padded-size, 0)
		return nil
	case propBody, propHTML, propRTF:
		value := m.take(padded, tnefValue)
		value = value[:min(int64(len(value)), size)]
		switch id {
		case propBody:
			t.plain = firstOf(t.text(kind, value), t.plain)
		case propHTML:
			if kind == mapiUnicode {
				value = []byte(t.text(kind, value))
			}
			t.html = string(bytes.TrimRight(value, "\x00"))
		case propRTF:
			t.rtf = value
		}
	case propFileLong, propFileName, propFileType, propFileID:
		value := m.take(padded, 2<<10)
		t.describe(id, t.text(kind, value[:min(int64(len(value)), size)]))
	default:
		m.take(padded, 0)
	}
	return nil
}

// describe tells something about the current file.
func (t *tnefReader) describe(id uint16, value string) {
	if id == propFileLong || id == propFileName && t.title == "" {
		t.rename(value)
		return
	}
	if t.file == 0 || value == "" {
		return
	}
	f := &t.w.letter.Files[t.file-1]
	switch id {
	case propFileType:
		if kind, _ := t.w.letter.Header.parseType(value); kind != "" {
			f.Type = kind
		}
	case propFileID:
		f.ContentID = cut(messageID(value), 500)
	}
}

// object reads an attached object: a mail is a container of its own.
func (t *tnefReader) object(kind uint16, in *io.LimitedReader) error {
	buffered := bufio.NewReader(in)
	head, _ := buffered.Peek(20)
	mail := len(head) == 20 && string(head[:16]) == messageObject && binary.LittleEndian.Uint32(head[16:]) == tnefSignature
	if !mail || t.depth >= tnefNesting {
		if t.file > 0 {
			return nil // it was stored from its own attribute
		}
		if kind == mapiObject && len(head) >= 16 {
			_, _ = buffered.Discard(16)
		}
		f, err := t.w.put(firstOf(t.title, "attachment"), "application/octet-stream", buffered)
		if f != nil {
			t.file = len(t.w.letter.Files)
		}
		return err
	}
	_, _ = buffered.Discard(16)
	inner := &tnefReader{w: t.w, in: buffered, codepage: t.codepage, depth: t.depth + 1}
	if err := inner.read(); err != nil && !errors.Is(err, errContainer) {
		return err
	}
	for _, l := range inner.bodies() {
		l.text, l.html = "----------\n"+plainOf(l), false
		t.nested = append(t.nested, l)
		break
	}
	return nil
}

func plainOf(l *leaf) string {
	if l.html {
		return plaintext.FromHTML(l.text)
	}
	return l.text
}

func (t *tnefReader) text(kind uint16, value []byte) string {
	if kind&^mapiMany != mapiUnicode {
		return decodeBytes(bytes.TrimRight(value, "\x00"), t.codepage)
	}
	units := make([]uint16, 0, len(value)/2)
	for i := 0; i+1 < len(value); i += 2 {
		units = append(units, binary.LittleEndian.Uint16(value[i:]))
	}
	return clean(string(utf16.Decode(units)))
}

// fixedSize is how many bytes a value takes in a container; 0 where it varies.
func fixedSize(kind uint16) int {
	switch kind {
	case 0x0001:
		return 4
	case 0x0002, 0x0003, 0x0004, 0x000a, 0x000b:
		return 4
	case 0x0005, 0x0006, 0x0007, 0x0014, 0x0040:
		return 8
	case 0x0048:
		return 16
	}
	return 0
}

// mapiReader reads numbers and values; after the end everything is zero.
type mapiReader struct {
	in          *io.LimitedReader
	broken      bool
	webCodepage string
}

func (m *mapiReader) u16() uint16 {
	if v := m.take(2, 2); len(v) == 2 {
		return binary.LittleEndian.Uint16(v)
	}
	return 0
}

func (m *mapiReader) u32() uint32 {
	if v := m.take(4, 4); len(v) == 4 {
		return binary.LittleEndian.Uint32(v)
	}
	return 0
}

// take reads size bytes and returns the first of them, at most most.
func (m *mapiReader) take(size, most int64) []byte {
	if size < 0 || size > m.in.N {
		m.broken = true
		size = m.in.N
	}
	part := &io.LimitedReader{R: m.in, N: size}
	kept := bounded(part, most)
	if _, err := io.Copy(io.Discard, part); err != nil || part.N > 0 {
		m.broken = true
	}
	return kept
}

// skipName passes over the name of a property that has one.
func (m *mapiReader) skipName() {
	m.take(16, 0)
	if m.u32() == 0 {
		m.u32()
		return
	}
	size := int64(m.u32())
	m.take((size+3)&^3, 0)
}
