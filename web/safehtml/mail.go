package safehtml

import (
	"strings"

	"parley/web/safehtml/css"
)

// MaxBytes is how much of a mail's HTML is read, in bytes; the rest is cut off.
const MaxBytes = 2 << 20

// Options says where a mail's pictures are.
type Options struct {
	// Images are the addresses of the mail's own pictures by content id, without "cid:"
	// and brackets. A picture that is not in it is left out.
	Images map[string]string
	// RemoteImages gives the address under which a remote picture is shown; "" leaves it
	// out. When nil, remote pictures become placeholders that load nothing: images without
	// a source, whose address is in RemoteAttribute.
	RemoteImages func(address string) string
	// Sheets keeps style sheets. Their rules reach the whole page, so they are for a mail
	// that has one of its own.
	Sheets bool
}

// RemoteAttribute holds the address of a remote picture that is not shown.
const RemoteAttribute = "data-parley-src"

// Classes that are ours; those of the mail have a prefix.
const (
	// BodyClass is that of the element that stands for the mail's body.
	BodyClass = "parley-body"
	// QuoteClass is that of the folded part: what the author repeated.
	QuoteClass = "parley-quote"
	// PictureClass is that of a remote picture that is not shown.
	PictureClass = "parley-picture"
)

// prefix keeps the names of a mail apart from those of the page and of scripts.
const prefix = "m-"

// Result is a harmless mail.
type Result struct {
	// HTML may stand within the body of a page.
	HTML string
	// RemoteImages is how many pictures are elsewhere, shown or not. Those that only tell
	// the sender of the reading are dropped and not counted.
	RemoteImages int
	// Coloured is whether the mail brings colours of its own, so that it must be shown on
	// the light ground it was made for.
	Coloured bool
	// Cut is whether the mail was longer than MaxBytes.
	Cut bool
}

// Mail makes a received mail harmless.
func Mail(text string, o Options) Result {
	text, cut := bound(text)
	w := writer{rules: mailRules, options: o}
	w.read(text)
	r := Result{HTML: mailFence().Sanitize(w.out.String()), RemoteImages: w.remote, Coloured: w.coloured, Cut: cut}
	if sheet := css.Sheet(w.sheets.String(), names); o.Sheets && sheet != "" {
		r.HTML = "<style>\n" + sheet + "</style>" + r.HTML
		r.Coloured = r.Coloured || strings.Contains(sheet, "color:") || strings.Contains(sheet, "background")
	}
	return r
}

// Forward makes a received mail harmless to be sent on: it looks as Mail shows it, without its
// style sheets, which would reach what is written above it. Its own pictures keep their
// names ("cid:…"), those that are elsewhere stay there. What only tells of the reading is dropped.
func Forward(text string) string {
	text, _ = bound(text)
	w := writer{rules: forwardRules, options: Options{RemoteImages: func(address string) string { return address }}}
	w.read(text)
	return forwardFence().Sanitize(w.out.String())
}

// Compose makes harmless what an agent wrote: paragraphs, emphasis, lists, links, quotes
// and pictures that travel with the mail ("cid:…", or the address of an uploaded file), without
// styles.
func Compose(text string) string { return written(text, composeRules) }

// Signature is Compose for what stands under all mails of an agent: without pictures.
func Signature(text string) string { return written(text, signatureRules) }

func written(text string, rules *rules) string {
	text, _ = bound(text)
	w := writer{rules: rules}
	w.read(text)
	return composeFence().Sanitize(w.out.String())
}

// bound cuts a text to MaxBytes and mends its encoding.
func bound(text string) (string, bool) {
	cut := len(text) > MaxBytes
	if cut {
		text = text[:MaxBytes]
	}
	return strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", ""), cut
}
