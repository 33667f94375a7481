package letter

import (
	"bufio"
	"bytes"
	"io"
	"strings"
)

// node is a part as the choice of bodies sees it: a container or a leaf.
type node struct {
	kind     string // media type
	children []*node
	leaf     *leaf // nil for containers and for what is only a file
}

// leaf is a text that may become a body.
type leaf struct {
	html bool
	text string
	cut  bool // the rest was stored as a file
}

// part is what is known of one part while its content is read.
type part struct {
	place
	header   *Header
	kind     string
	params   map[string]string
	disp     string
	name     string
	encoding string
	id       string
	index    int // in Letter.Parts
}

// entity reads one part, from its header to its end. It returns nil for a part that is
// not looked at.
func (w *walk) entity(s *scanner, p place) (*node, error) {
	h, early := readHeader(s, p.within == "", w.bounds, w.note)
	if w.budget.parts++; w.budget.parts > w.bounds.Parts {
		w.lose("the mail has too many parts")
		s.skip()
		return nil, nil
	}
	it := w.describe(h, p)
	if w.letter.Header == nil {
		w.letter.Header = h
	}
	// The early bytes are already past the scanner's boundaries.
	body := io.Reader(&content{s: s})
	if len(early) > 0 {
		body = io.MultiReader(bytes.NewReader(early), body)
	}
	n, err := w.content(s, body, it)
	s.skip()
	return n, err
}

// describe reads what a part's header says of it.
func (w *walk) describe(h *Header, p place) *part {
	it := &part{place: p, header: h, encoding: h.rawFirst("Content-Transfer-Encoding"), id: messageID(h.rawFirst("Content-ID"))}
	raw, given := h.first("Content-Type")
	it.kind, it.params = h.parseType(raw)
	var params map[string]string
	it.disp, params = h.parseValue(h.rawFirst("Content-Disposition"))
	if it.disp != "" && !token(it.disp) {
		it.disp = ""
	}
	it.name = harmless(firstOf(params["filename"], params["name"], it.params["name"], it.params["filename"]))
	if it.kind == "" {
		it.kind = "text/plain"
		switch {
		case p.within == "multipart/digest":
			it.kind = "message/rfc822"
		case given && strings.TrimSpace(raw) != "":
			w.note("a media type makes no sense")
			it.kind = kindByName(it)
		}
	}
	if it.params["charset"] == "" && p.charset != "" && strings.HasPrefix(it.kind, "text/") {
		it.params["charset"] = p.charset
	}
	it.index = len(w.letter.Parts)
	w.letter.Parts = append(w.letter.Parts, PartInfo{Type: it.kind, Params: it.params, Disposition: it.disp, Name: it.name, ContentID: it.id, Depth: p.depth, Header: h})
	return it
}

// kindByName guesses what a part is whose media type is broken.
func kindByName(it *part) string {
	lower := strings.ToLower(strings.TrimSpace(it.header.rawFirst("Content-Type")))
	switch {
	case strings.HasPrefix(lower, "multipart"):
		return "multipart/mixed"
	case strings.HasPrefix(lower, "text/html") || strings.HasPrefix(lower, "html"):
		return "text/html"
	case strings.HasPrefix(lower, "text") || it.name == "" && it.disp != "attachment":
		return "text/plain"
	}
	return "application/octet-stream"
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// content sends a part's content where it belongs.
func (w *walk) content(s *scanner, body io.Reader, it *part) (*node, error) {
	if strings.HasPrefix(it.kind, "multipart/") && it.disp != "attachment" {
		if it.depth >= w.bounds.Depth {
			w.note("multiparts are nested too deeply")
			return w.file(body, it)
		}
		if _, direct := body.(*content); direct && !encodes(it, s) {
			return w.multipart(s, it)
		}
		// An encoded multipart, or one whose header ran into it.
		return w.multipart(newScanner(decoder(it.encoding, body)), it)
	}
	decoded := decoder(it.encoding, body)
	n, err := w.decoded(decoded, it)
	if broken(decoded) {
		w.lose("the base64 of a part is broken")
	}
	return n, err
}

// decoded sends what a part's transfer encoding held where it belongs.
func (w *walk) decoded(decoded io.Reader, it *part) (*node, error) {
	switch {
	case isMessage(it.kind):
		return w.message(decoded, it)
	case it.kind == "application/ms-tnef" || it.kind == "application/vnd.ms-tnef" || strings.EqualFold(it.name, "winmail.dat"):
		return w.tnef(decoded, it)
	case it.kind == "text/calendar" || it.kind == "application/ics":
		return w.calendar(decoded, it)
	case machineRead(it.kind) && it.disp == "attachment":
		return w.attachedReport(decoded, it)
	case machineRead(it.kind):
		return w.machines(decoded, it)
	case (it.kind == "text/plain" || it.kind == "text/html") && it.disp != "attachment" && (it.name == "" || it.first && it.within != "multipart/related"):
		return w.text(decoded, it)
	}
	return w.file(decoded, it)
}

// encodes tells whether a multipart is really encoded although it must not be: its
// boundary is nowhere near.
func encodes(it *part, s *scanner) bool {
	head := s.ahead(4 << 10)
	if boundary := it.params["boundary"]; boundary == "" || bytes.Contains(head, []byte("--"+boundary)) {
		return false
	}
	switch strings.ToLower(strings.TrimSpace(it.encoding)) {
	case "base64":
		return plausibleBase64(head)
	case "quoted-printable":
		return true
	}
	return false
}

func isMessage(kind string) bool {
	return kind == "message/rfc822" || kind == "message/global" || kind == "message/news"
}

func machineRead(kind string) bool {
	return strings.HasPrefix(kind, "message/") && kind != "message/external-body" && kind != "message/partial" || kind == "text/rfc822-headers"
}

// machines keeps a part that only report reads.
func (w *walk) machines(r io.Reader, it *part) (*node, error) {
	in := bufio.NewReader(r)
	head, err := io.ReadAll(io.LimitReader(in, int64(w.bounds.Part)))
	if err != nil {
		return nil, err
	}
	w.letter.Parts[it.index].Bytes = head
	if _, err := in.ReadByte(); err == nil {
		w.note("a report is too long and was cut")
	}
	return &node{kind: it.kind}, nil
}

// attachedReport keeps a part for report that its author wants to be a file as well, as
// some mail systems send their delivery status.
func (w *walk) attachedReport(r io.Reader, it *part) (*node, error) {
	r, head := keepPrefix(r, w.bounds.Part)
	n, err := w.file(r, it)
	w.letter.Parts[it.index].Bytes = head.kept
	return n, err
}
