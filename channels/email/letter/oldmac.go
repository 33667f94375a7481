package letter

import (
	"bufio"
	"bytes"
	"io"
)

// readable wraps a mail for the scanner: one whose lines end in CR alone, as old Macs
// wrote them, gets line feeds.
func readable(r io.Reader) *bufio.Reader {
	in := bufio.NewReaderSize(r, lineBuffer)
	head, _ := in.Peek(lineBuffer) // an error shows when the bytes are read
	if bytes.IndexByte(head, '\n') >= 0 || bytes.Count(head, []byte("\r")) < 2 {
		return in
	}
	return bufio.NewReaderSize(&oldMac{in: in}, lineBuffer)
}

// oldMac turns CR, and CR LF wherever it still comes, into LF.
type oldMac struct {
	in      io.Reader
	pending bool // the last byte read was a CR
}

// Read implements io.Reader.
func (o *oldMac) Read(p []byte) (int, error) {
	n, err := o.in.Read(p)
	kept := 0
	for _, c := range p[:n] {
		after := o.pending
		if o.pending = c == '\r'; o.pending {
			c = '\n'
		} else if after && c == '\n' {
			continue
		}
		p[kept] = c
		kept++
	}
	return kept, err
}
