package report

import (
	"regexp"
	"strings"
)

// Mail is what of a mail Judge and its neighbours look at.
type Mail struct {
	Fields  []Field  // the header, topmost first
	Subject string   // decoded
	Text    string   // what a person reads of the mail
	Parts   []Part   // every part in order, the mail itself first at depth 0
	Own     []string // the addresses of the account that it came to
	Home    []string // the domains in which nobody else has addresses, in lower case
}

// Field is one header field with its value unfolded and decoded.
type Field struct{ Name, Value string }

// Part is one MIME part.
type Part struct {
	Type   string            // media type in lower case
	Params map[string]string // of the media type, names in lower case
	Depth  int               // nesting; what follows a message/* part at a greater depth is inside of it
	Body   []byte            // decoded, bounded; for message/* and text/rfc822-headers, else it may be nil
}

// Bounds on what is looked at; the rest of a mail adds nothing to a verdict. They keep the
// time that one takes, whatever is sent, to some tens of milliseconds.
const (
	maxText       = 16 << 10 // of what is written for people: some thirty patterns are looked for in it
	maxLines      = 500
	maxLine       = 2000
	maxReport     = 64 << 10
	maxGroups     = 200
	maxRecipients = 100
	maxOriginals  = 20
	maxReason     = 300
)

// values are the values of all fields of that name, topmost first.
func (m Mail) values(name string) []string {
	var out []string
	for _, f := range m.Fields {
		if strings.EqualFold(f.Name, name) {
			out = append(out, f.Value)
		}
	}
	return out
}

// first is the value of the topmost field of that name.
func (m Mail) first(name string) string {
	for _, f := range m.Fields {
		if strings.EqualFold(f.Name, name) {
			return strings.TrimSpace(f.Value)
		}
	}
	return ""
}

func (m Mail) has(names ...string) bool {
	for _, f := range m.Fields {
		for _, n := range names {
			if strings.EqualFold(f.Name, n) {
				return true
			}
		}
	}
	return false
}

// address finds the first address in a header's value.
var address = regexp.MustCompile(`[^\s<>()\[\]",;:@\\]+@[^\s<>()\[\]",;:@\\]+`)

// author is the address in From, "" for the null sender.
func (m Mail) author() string {
	return addressIn(m.first("From"))
}

// addressIn is the address in a header's value: that in angle brackets where there are any.
func addressIn(value string) string {
	if open := strings.LastIndexByte(value, '<'); open >= 0 {
		value = value[open:]
	}
	return strings.TrimRight(address.FindString(value), ".'")
}

// nullSender reports whether the mail's envelope had no sender, as replies by machines
// must have (RFC 5321, 4.5.5).
func (m Mail) nullSender() bool {
	for _, v := range m.values("Return-Path") {
		v = strings.TrimSpace(v)
		return v == "<>" || v == "" || strings.HasPrefix(strings.ToLower(v), "<>")
	}
	return false
}

// top is the mail's own part.
func (m Mail) top() Part {
	if len(m.Parts) == 0 {
		return Part{Type: "text/plain"}
	}
	return m.Parts[0]
}

// own are the parts of the mail that are not inside of another mail it carries.
func (m Mail) own() []Part {
	var out []Part
	inside := -1 // depth of the carried mail
	for i, p := range m.Parts {
		if inside >= 0 && p.Depth > inside {
			continue
		}
		inside = -1
		out = append(out, p)
		if i > 0 && (p.Type == "message/rfc822" || p.Type == "message/global") {
			inside = p.Depth
		}
	}
	return out
}

// part is the first of the mail's own parts of one of the types.
func (m Mail) part(types ...string) (Part, bool) {
	for _, p := range m.own() {
		for _, t := range types {
			if p.Type == t {
				return p, true
			}
		}
	}
	return Part{}, false
}

// reportType is the report-type of a multipart/report (RFC 6522).
func (m Mail) reportType() string {
	if top := m.top(); top.Type == "multipart/report" {
		return strings.ToLower(top.Params["report-type"])
	}
	return ""
}
