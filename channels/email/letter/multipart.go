package letter

import (
	"bytes"
	"strings"
)

// maxBoundary is the longest boundary that is taken at its word; RFC 2046 allows 70.
const maxBoundary = 2000

// multipart reads the parts of a container. One in which no boundary is ever found
// counts as text.
func (w *walk) multipart(s *scanner, it *part) (*node, error) {
	boundary := it.params["boundary"]
	if len(boundary) > maxBoundary || strings.TrimSpace(boundary) == "" {
		boundary = ""
	}
	n := &node{kind: it.kind}
	level := s.enter(strings.TrimRight(boundary, " "))
	defer s.leave(level)
	before := s.guess
	s.guess, s.lenient = true, boundary == ""
	preamble := w.preamble(s)
	s.guess = before
	if s.adopted {
		s.adopted = false
		w.note("a multipart names no boundary, or not its own")
	}
	if s.at.level != level {
		if len(bytes.TrimSpace(preamble)) == 0 {
			return n, nil
		}
		w.note("a multipart has no parts")
		text := lines(decodeBytes(preamble, it.params["charset"]))
		n.children = append(n.children, &node{kind: "text/plain", leaf: w.keep(&leaf{text: text})})
		return n, nil
	}
	closed := false
	for first := true; s.at.level == level; first = false {
		if closed = s.at.closes; closed {
			w.epilogue(s, level)
			continue
		}
		s.proceed()
		child, err := w.entity(s, place{depth: it.depth + 1, within: it.kind, charset: firstOf(it.params["charset"], it.charset), first: first, report: it.report || it.kind == "multipart/report"})
		if err != nil {
			return nil, err
		}
		if child != nil {
			n.children = append(n.children, child)
		}
	}
	switch {
	case !closed && it.depth == 0 && w.nesting == 0 && it.kind != "multipart/report":
		// Nothing follows that could make up for it: the mail itself broke off on its way.
		// Reports often bring back the beginning of a mail and forget to close; it is no loss.
		w.lose("the mail ends within a multipart")
	case !closed:
		w.note("a multipart is not closed")
	}
	return n, nil
}

// preamble reads what stands in front of the first part and keeps some of it, in case
// there is no part.
func (w *walk) preamble(s *scanner) []byte {
	var kept []byte
	for {
		text, ending, err := s.fetch()
		if err != nil {
			return kept
		}
		if len(kept)+len(text) < w.bounds.Text/2 {
			kept = append(append(kept, text...), ending...)
		}
	}
}

// epilogue passes over what follows the closing boundary. Further parts with the same
// boundary still count, unless it is also the boundary of a multipart around.
func (w *walk) epilogue(s *scanner, level int) {
	s.proceed()
	own := s.open[level]
	for _, outer := range s.open[:level] {
		if outer == own {
			s.open[level] = ""
		}
	}
	s.skip()
	s.open[level] = own
}
