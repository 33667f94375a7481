package letter

import (
	"fmt"
	"io"
	"strings"
)

// message stores a mail within the mail and reads it from there: its text is shown
// below the outer one, its files beside the others. A mail that a report brings back, or
// that is nested too deeply, is only stored.
func (w *walk) message(r io.Reader, it *part) (*node, error) {
	n := &node{kind: it.kind}
	r, head := keepPrefix(r, w.bounds.Part)
	f, err := w.store(r, it)
	if err != nil || f == nil {
		return n, err
	}
	w.letter.Parts[it.index].Bytes = head.kept
	f.Type, f.ContentID = "message/rfc822", ""
	if !strings.Contains(f.Name, ".") {
		f.Name += ".eml"
	}
	if it.report || w.nesting >= w.bounds.Messages {
		return n, nil
	}
	inner, err := w.files.Open(w.ctx, *f)
	if err != nil {
		return nil, fmt.Errorf("open nested mail: %w", err)
	}
	defer inner.Close()
	nested := &walk{ctx: w.ctx, files: w.files, bounds: w.bounds, budget: w.budget}
	nested.bounds.Text /= 4
	letter, err := nested.read(inner, w.nesting+1)
	if err != nil {
		return nil, fmt.Errorf("read nested mail: %w", err)
	}
	w.forwards = append(w.forwards, letter)
	for _, inside := range letter.Files {
		if !inside.Inline {
			inside.ContentID = ""
			w.letter.Files = append(w.letter.Files, inside)
		}
	}
	if w.letter.Calendar == nil {
		w.letter.Calendar = letter.Calendar
	}
	w.letter.Damaged = w.letter.Damaged || letter.Damaged
	for _, problem := range letter.Problems {
		w.note("nested mail: " + strings.TrimPrefix(problem, "nested mail: "))
	}
	return n, nil
}

// forwarded renders a nested mail as text.
func forwarded(l *Letter) string {
	var out strings.Builder
	out.WriteString("----------\n")
	for _, line := range []struct{ name, value string }{
		{"From", addressLine(l.From)}, {"Date", l.Header.Get("Date")}, {"To", addressLine(l.To)}, {"Subject", l.Subject},
	} {
		if line.value != "" {
			out.WriteString(line.name + ": " + line.value + "\n")
		}
	}
	out.WriteString("\n" + l.Text)
	return out.String()
}

// addressLine lists the first few addresses.
func addressLine(list []Address) string {
	var names []string
	for i, a := range list {
		if i == 10 {
			names = append(names, "…")
			break
		}
		if a.Name != "" {
			names = append(names, a.Name+" <"+a.Address+">")
			continue
		}
		names = append(names, a.Address)
	}
	return strings.Join(names, ", ")
}

// prefix keeps the beginning of what is written to it.
type prefix struct {
	kept []byte
	most int
}

// Write implements io.Writer.
func (p *prefix) Write(b []byte) (int, error) {
	if room := p.most - len(p.kept); room > 0 {
		p.kept = append(p.kept, b[:min(room, len(b))]...)
	}
	return len(b), nil
}

// keepPrefix keeps the first bytes, at most most, of what is read from r.
func keepPrefix(r io.Reader, most int) (io.Reader, *prefix) {
	head := &prefix{most: most}
	return io.TeeReader(r, head), head
}
