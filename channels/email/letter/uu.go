package letter

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// uuReader decodes the first uuencoded file of a stream: from its "begin" line, or the
// start, to its "end". What follows is not read.
type uuReader struct {
	in      *bufio.Reader
	begun   bool
	out     []byte
	room    []byte
	done    bool
	trouble error
}

// Read implements io.Reader.
func (u *uuReader) Read(p []byte) (int, error) {
	for len(u.out) == 0 {
		if u.done {
			return 0, errOrEOF(u.trouble)
		}
		line, err := u.in.ReadSlice('\n')
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			u.done = true
			if !errors.Is(err, io.EOF) {
				u.trouble = err
			}
		}
		line, _ = cutEnding(line)
		if !u.begun {
			if _, ok := uuBegin(line); ok {
				u.begun = true
			}
			continue
		}
		if string(bytes.TrimSpace(line)) == "end" {
			u.done = true
			continue
		}
		u.room = uuDecode(u.room[:0], line)
		u.out = u.room
	}
	n := copy(p, u.out)
	u.out = u.out[n:]
	return n, nil
}

// uuBegin reads a line such as "begin 644 photo.jpg". The name may be missing.
func uuBegin(line []byte) (name string, ok bool) {
	rest, ok := bytes.CutPrefix(line, []byte("begin "))
	if !ok {
		return "", false
	}
	mode, file, _ := bytes.Cut(bytes.TrimLeft(rest, " "), []byte(" "))
	if len(mode) < 3 || len(mode) > 5 || len(bytes.Trim(mode, "01234567")) > 0 {
		return "", false
	}
	return string(bytes.TrimSpace(file)), true
}

// uuLine tells whether a line can be one of uuencoded data: its length fits its first sign.
func uuLine(line []byte) bool {
	line = bytes.TrimRight(line, "\r\n")
	if len(line) == 0 || line[0] < ' ' || line[0] > '`' {
		return false
	}
	n := int(line[0]-' ') & 63
	want := (n + 2) / 3 * 4
	for _, c := range line {
		if c < ' ' || c > '`' {
			return false
		}
	}
	got := len(line) - 1
	return got >= want-3 && got <= want+2
}

func uuDecode(dst, line []byte) []byte {
	if len(line) == 0 || line[0] < ' ' || line[0] > '`' {
		return dst
	}
	n := int(line[0]-' ') & 63
	line = line[1:]
	for ; n > 0; n -= 3 {
		var quad [4]byte
		for i := range quad {
			if i < len(line) && line[i] > ' ' && line[i] <= '`' {
				quad[i] = (line[i] - ' ') & 63
			}
		}
		line = line[min(4, len(line)):]
		three := []byte{quad[0]<<2 | quad[1]>>4, quad[1]<<4 | quad[2]>>2, quad[2]<<6 | quad[3]}
		dst = append(dst, three[:min(n, 3)]...)
	}
	return dst
}
