package letter

import (
	"time"

	"parley/channels"
)

// Address is one mailbox of a header: Name as its owner writes it, or "", and Address with
// the local part as typed and the domain in lower case.
type Address struct {
	Name    string
	Address string
}

// Letter is one mail, read. All strings are valid UTF-8 without NUL. What the mail does
// not say is zero.
type Letter struct {
	// MessageID, InReplyTo and References are ids without their <>. References begin with
	// the root; of more than 100 the first and the last 99 are kept.
	MessageID  string
	InReplyTo  []string
	References []string

	From, ReplyTo, To, Cc, Bcc []Address
	Sender                     *Address
	ReturnPath                 string    // "" also for the null sender: see Header.Has
	Subject                    string    // one line
	Date                       time.Time // UTC; of the Date header, else of the newest Received; may be zero

	// Text is what a person reads: the plain parts, else made from the HTML, and below it the
	// text of forwarded mails; lines end in "\n". HTML is as the author sent it and NOT safe
	// to show; "" when there is none. Together they have at most Bounds.Text bytes; what was
	// cut stands whole in Files.
	Text string
	HTML string

	// Files are attachments and inline parts, stored, in the order of the mail.
	Files []channels.File

	Header   *Header
	Parts    []PartInfo // every part, containers too, in the order of the mail; the first is the mail itself
	Calendar *Event     // the first invitation, answer or cancellation in the mail; nil when none
	Problems []string   // what was odd, for operators, in English; never an error
	Damaged  bool       // something of the mail could not be read: Text and Files may lack it
}

// PartInfo describes one part of a mail.
type PartInfo struct {
	Type        string            // media type in lower case, "text/plain" when none is given
	Params      map[string]string // of the media type, names in lower case, decoded
	Disposition string            // "inline", "attachment", … in lower case, or ""
	Name        string            // the harmless file name, or ""
	ContentID   string            // without <>
	Depth       int               // 0 for the mail itself
	Header      *Header           // of the part

	// Bytes is the start of the decoded content, at most Bounds.Part, of those parts that
	// machines read: message/*, text/rfc822-headers and text/calendar. Else nil.
	Bytes []byte
}

// Bounds limit what one mail may take. A zero field means its default.
type Bounds struct {
	Header    int   // bytes of one header (256 KiB)
	Fields    int   // fields of one header (1,000)
	Parts     int   // parts that are looked at (1,000)
	Files     int   // files that are stored (250)
	Depth     int   // nesting of multiparts (20)
	Messages  int   // nesting of forwarded mails that are read, not only stored (3)
	Text      int   // bytes of Text and HTML together (channels.MaxText - 1)
	Part      int   // bytes of one PartInfo.Bytes (128 KiB)
	Addresses int   // addresses of one header (500)
	File      int64 // bytes of one stored file (64 MiB)
}

func (b Bounds) filled() Bounds {
	fill := func(v *int, standard int) {
		if *v <= 0 {
			*v = standard
		}
	}
	fill(&b.Header, 256<<10)
	fill(&b.Fields, 1000)
	fill(&b.Parts, 1000)
	fill(&b.Files, 250)
	fill(&b.Depth, 20)
	fill(&b.Messages, 3)
	fill(&b.Text, channels.MaxText-1)
	fill(&b.Part, 128<<10)
	fill(&b.Addresses, 500)
	if b.File <= 0 {
		b.File = 64 << 20
	}
	return b
}
