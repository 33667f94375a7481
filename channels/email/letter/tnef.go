package letter

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
)

// tnef unpacks what Outlook sends as winmail.dat: Microsoft's own container for a mail's
// text and files. The container itself is kept only where it cannot be read to its end.
func (w *walk) tnef(r io.Reader, it *part) (*node, error) {
	n := &node{kind: it.kind}
	at := len(w.letter.Files)
	f, err := w.store(r, it)
	if err != nil || f == nil {
		return n, err
	}
	inner, err := w.files.Open(w.ctx, *f)
	if err != nil {
		return nil, fmt.Errorf("open winmail.dat: %w", err)
	}
	defer inner.Close()
	t := &tnefReader{w: w, in: bufio.NewReaderSize(inner, 8<<10), codepage: "windows-1252"}
	err = t.read()
	switch {
	case err == nil:
		w.letter.Files = append(w.letter.Files[:at], w.letter.Files[at+1:]...)
		w.budget.files--
	case errors.Is(err, errContainer):
		w.lose("a winmail.dat is broken")
	default:
		return nil, err
	}
	w.packed = append(w.packed, t.bodies()...)
	return n, nil
}

// errContainer says that a winmail.dat ends too early or makes no sense.
var errContainer = errors.New("broken winmail.dat")

const (
	tnefSignature = 0x223e9f78
	tnefNesting   = 3       // containers within containers
	tnefValue     = 1 << 20 // bytes of one value that is held in memory
)

// The attributes that matter (MS-OXTNEF 2.1.3.2).
const (
	attBody      = 0x0002800c
	attTitle     = 0x00018010
	attData      = 0x0006800f
	attRender    = 0x00069002 // a file begins
	attFileProps = 0x00069005
	attProps     = 0x00069003
	attCodepage  = 0x00069007
)

// tnefReader reads one container from front to back.
type tnefReader struct {
	w        *walk
	in       *bufio.Reader
	codepage string
	depth    int
	file     int // 1 + the index of the current file in Letter.Files, 0 for none
	title    string
	plain    string
	html     string
	rtf      []byte
	nested   []*leaf
}

func (t *tnefReader) read() error {
	var head [6]byte
	if _, err := io.ReadFull(t.in, head[:]); err != nil || binary.LittleEndian.Uint32(head[:]) != tnefSignature {
		return errContainer
	}
	for count := range 10000 {
		var attribute [9]byte
		if n, err := io.ReadFull(t.in, attribute[:]); n == 0 && errors.Is(err, io.EOF) && count > 0 {
			return nil
		} else if err != nil {
			return errContainer
		}
		size := int64(binary.LittleEndian.Uint32(attribute[5:]))
		value := &io.LimitedReader{R: t.in, N: size}
		if err := t.attribute(binary.LittleEndian.Uint32(attribute[1:]), value); err != nil {
			return err
		}
		if _, err := io.Copy(io.Discard, value); err != nil || value.N > 0 {
			return errContainer
		}
		if _, err := t.in.Discard(2); err != nil { // the checksum, which many writers get wrong
			return errContainer
		}
	}
	return errContainer
}

func (t *tnefReader) attribute(id uint32, value *io.LimitedReader) error {
	switch id {
	case attCodepage:
		if v := bounded(value, 8); len(v) >= 4 {
			t.codepage = codepageName(binary.LittleEndian.Uint32(v))
		}
	case attBody:
		if t.plain == "" {
			t.plain = decodeBytes(bytes.TrimRight(bounded(value, tnefValue), "\x00"), t.codepage)
		}
	case attRender:
		t.file, t.title = 0, ""
	case attTitle:
		t.rename(decodeBytes(bytes.TrimRight(bounded(value, 1<<10), "\x00"), t.codepage))
	case attData:
		f, err := t.w.put("attachment", "application/octet-stream", value)
		if err != nil || f == nil {
			return err
		}
		t.file = len(t.w.letter.Files)
		t.rename(t.title)
	case attFileProps, attProps:
		return t.properties(value)
	}
	return nil
}

// rename gives the current file its name; it may come before the file.
func (t *tnefReader) rename(name string) {
	if name = harmless(name); name == "" {
		return
	}
	t.title = name
	if t.file > 0 {
		f := &t.w.letter.Files[t.file-1]
		f.Name = name
		if f.Type == "application/octet-stream" {
			f.Type = typeByName(name)
		}
	}
}

// bodies are the texts of the container, the best last.
func (t *tnefReader) bodies() []*leaf {
	var list []*leaf
	rich, isHTML := t.html, true
	if rich == "" && len(t.rtf) > 0 {
		rich, isHTML = readRTF(unpackRTF(t.rtf), t.codepage)
	}
	if t.plain != "" {
		list = append(list, t.w.keep(&leaf{text: lines(t.plain)}))
	}
	switch {
	case rich == "":
	case isHTML:
		list = append(list, t.w.keep(&leaf{html: true, text: clean(rich)}))
	case t.plain == "":
		list = append(list, t.w.keep(&leaf{text: lines(rich)}))
	}
	return append(list, t.nested...)
}

// bounded reads at most most bytes; the rest is passed over by the caller.
func bounded(r io.Reader, most int64) []byte {
	data, _ := io.ReadAll(io.LimitReader(r, most)) // what is missing shows at the end of the attribute
	return data
}

func codepageName(number uint32) string {
	switch {
	case number == 65001:
		return "utf-8"
	case number == 20866:
		return "koi8-r"
	case number == 21866:
		return "koi8-u"
	case number == 28591:
		return "iso-8859-1"
	case number == 20127:
		return ""
	case number >= 1250 && number <= 1258:
		return fmt.Sprintf("windows-%d", number)
	}
	return fmt.Sprintf("cp%d", number)
}

// typeByName guesses a media type where a container tells none.
func typeByName(name string) string {
	i := strings.LastIndexByte(name, '.')
	known := map[string]string{
		"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp", "pdf": "application/pdf",
		"txt": "text/plain", "eml": "message/rfc822", "ics": "text/calendar", "vcf": "text/vcard", "csv": "text/csv", "zip": "application/zip",
		"doc": "application/msword", "xls": "application/vnd.ms-excel", "ppt": "application/vnd.ms-powerpoint", "rtf": "application/rtf",
		"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
		"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		"pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	}
	if kind := known[strings.ToLower(name[i+1:])]; kind != "" {
		return kind
	}
	return "application/octet-stream"
}
