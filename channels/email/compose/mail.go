package compose

import (
	"context"
	"io"
	"time"
)

// Mail is what a mail is made from. From, Date and MessageID are needed, all else may be empty.
type Mail struct {
	MessageID string // without angle brackets, as all ids here
	Date      time.Time
	From      Address
	ReplyTo   []Address
	To        []Address
	Cc        []Address
	Subject   string

	InReplyTo  string
	References []string // the root first; InReplyTo is added when it is not the last

	// Automatic marks the mail as a machine's, an answer when it has InReplyTo, so that machines do not
	// answer it (RFC 3834).
	Automatic bool

	Text  string // with LF or CRLF; made from HTML when empty
	HTML  string // a document, or what stands in a body
	Files []File

	Extra []Field // further fields, such as List-Unsubscribe
}

// Field is one field of a header. Value is plain text; it is folded, and encoded where it is not ASCII.
type Field struct{ Name, Value string }

// File is a part that is read when the mail is written.
type File struct {
	Name string
	Type string // media type; what is none becomes application/octet-stream
	Size int64  // in bytes, exactly
	// ContentID names an inline file that HTML shows ("cid:…", without the scheme). An inline file
	// that HTML does not mention is an attachment: nobody would see it otherwise.
	ContentID string
	Inline    bool
	// Open returns the bytes; it is called once for every Stream.
	Open func(ctx context.Context) (io.ReadCloser, error)
}

// Message is a mail that can be written. It is safe for concurrent use when its files are.
type Message struct {
	header []byte // without the fields of the root part
	root   part
	utf8   bool
}

// New describes a mail. The error is an *AddressError when an address cannot be written to.
func New(m Mail) (*Message, error) {
	var h header
	h.add("Date", m.Date.Format("Mon, 02 Jan 2006 15:04:05 -0700"))
	for _, f := range []struct {
		name      string
		addresses []Address
	}{{"From", []Address{m.From}}, {"Reply-To", m.ReplyTo}, {"To", m.To}, {"Cc", m.Cc}} {
		if err := h.addresses(f.name, f.addresses); err != nil {
			return nil, err
		}
	}
	if len(m.To) == 0 && len(m.Cc) == 0 {
		h.add("To", "undisclosed-recipients:;")
	}
	h.text("Subject", m.Subject)
	h.ids("Message-ID", []string{m.MessageID})
	h.ids("In-Reply-To", []string{m.InReplyTo})
	h.ids("References", chain(m.References, m.InReplyTo))
	if m.Automatic {
		how := "auto-generated" // of its own accord (RFC 3834, 5)
		if m.InReplyTo != "" {
			how = "auto-replied"
		}
		h.add("Auto-Submitted", how)
		h.add("X-Auto-Response-Suppress", "All") // Microsoft's word for the same
	}
	for _, f := range m.Extra {
		h.text(f.Name, f.Value)
	}
	h.add("MIME-Version", "1.0")
	return &Message{header: h.buf, root: tree(m), utf8: h.utf8}, nil
}

// UTF8 tells whether an address in the header is not ASCII left of its @, so that only a server with
// SMTPUTF8 (RFC 6531) may get it.
func (m *Message) UTF8() bool { return m.utf8 }

// Size is how many bytes Stream writes.
func (m *Message) Size() int64 { return int64(len(m.header)) + m.root.size() }

// Stream writes the mail with CRLF line ends, without the dots of SMTP. The error is a *FileError
// when a file could not be read, else one of w or ctx.
func (m *Message) Stream(ctx context.Context, w io.Writer) error {
	if _, err := w.Write(m.header); err != nil {
		return err
	}
	return m.root.stream(ctx, w)
}

// How many ids References may hold, and how long they may be together in octets. A header of a
// kilobyte of ids is common; servers refuse ones that are many times longer.
const (
	maxReferences      = 40
	maxReferencesBytes = 4000
)

// chain returns the references of an answer: those of its parent and the parent itself (RFC 5322,
// 3.6.4). A chain that is too long keeps its root, which names the thread, and its end.
func chain(references []string, parent string) []string {
	parent = cleanID(parent)
	var ids []string
	for _, id := range references {
		if id = cleanID(id); id != "" && id != parent {
			ids = append(ids, id)
		}
	}
	if parent != "" {
		ids = append(ids, parent)
	}
	if len(ids) == 0 {
		return nil
	}
	size := len(ids[0])
	first := len(ids)
	for first > 1 && len(ids)-first < maxReferences-1 && size+len(ids[first-1]) <= maxReferencesBytes {
		first--
		size += len(ids[first])
	}
	return append(ids[:1:1], ids[first:]...)
}
