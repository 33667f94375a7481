package letter

import (
	"context"
	"fmt"
	"io"

	"parley/channels"
)

// Read reads one mail to its end and stores its files. It fails only when r or files do:
// what is wrong with the mail itself stands in Letter.Problems. The caller bounds r.
func Read(ctx context.Context, r io.Reader, files channels.Files, b Bounds) (*Letter, error) {
	w := &walk{ctx: ctx, files: files, bounds: b.filled(), budget: &budget{}}
	return w.read(r, 0)
}

// walk reads one mail; a forwarded one has a walk of its own and shares the budget.
type walk struct {
	ctx      context.Context // of Read: a walk is that one call, and every part's reader needs it
	files    channels.Files
	bounds   Bounds
	budget   *budget
	letter   *Letter
	packed   []*leaf // the texts of a winmail.dat
	forwards []*Letter
	noted    map[string]bool
	held     int // bytes of text in memory
	nesting  int // how many mails this one is within
}

// budget is what a mail and those within it share.
type budget struct{ parts, files int }

// place is where a part stands.
type place struct {
	depth   int
	within  string // the media type of the multipart around it, or ""
	charset string // of that multipart: some mailers state it once, for all its parts
	first   bool   // of that multipart
	report  bool   // somewhere in a multipart/report
}

func (w *walk) read(r io.Reader, nesting int) (*Letter, error) {
	w.letter, w.nesting, w.noted = &Letter{}, nesting, map[string]bool{}
	s := newScanner(&cancelled{w.ctx, r})
	root, err := w.entity(s, place{first: true})
	if err != nil {
		return nil, err
	}
	s.skip()
	if s.err != nil {
		return nil, fmt.Errorf("read mail: %w", s.err)
	}
	w.envelope()
	if err := w.assemble(root); err != nil {
		return nil, err
	}
	return w.letter, nil
}

// note records what is odd, once.
func (w *walk) note(problem string) {
	if !w.noted[problem] {
		w.noted[problem] = true
		w.letter.Problems = append(w.letter.Problems, problem)
	}
}

// lose records that something of the mail cannot be read, and why.
func (w *walk) lose(problem string) {
	w.note(problem)
	w.letter.Damaged = true
}

// envelope takes over what the mail's own header says.
func (w *walk) envelope() {
	l, h := w.letter, w.letter.Header
	list := func(name string) []Address {
		addresses, more := h.addresses(name, w.bounds.Addresses)
		if more {
			w.note("the field " + name + " has too many addresses")
		}
		return addresses
	}
	l.MessageID = messageID(h.rawFirst("Message-ID"))
	l.InReplyTo = ids(h.rawFirst("In-Reply-To"))
	l.References = ids(h.rawFirst("References"))
	l.From, l.ReplyTo, l.To, l.Cc, l.Bcc = list("From"), list("Reply-To"), list("To"), list("Cc"), list("Bcc")
	if sender := list("Sender"); len(sender) > 0 {
		l.Sender = &sender[0]
	}
	if path := list("Return-Path"); len(path) > 0 {
		l.ReturnPath = path[0].Address
	}
	l.Subject = cut(h.Get("Subject"), maxSubject)
	l.Date = h.date()
	switch {
	case len(l.From) == 0:
		w.note("no author is named")
	case len(l.From) > 1:
		w.note("several authors are named")
	}
	if len(h.all("Message-ID")) > 1 {
		w.note("the mail has several message ids")
	}
}

// maxSubject is how many bytes of a subject are kept.
const maxSubject = 2000

// cancelled stops reading when its context ends.
type cancelled struct {
	ctx context.Context
	r   io.Reader
}

// Read implements io.Reader.
func (c *cancelled) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
