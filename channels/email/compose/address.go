package compose

import (
	"net/mail"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// Address is a mailbox and the name of who reads it.
type Address struct{ Name, Address string }

// AddressError names an address that no mail can be sent to.
type AddressError struct{ Address string }

func (e *AddressError) Error() string { return "not an e-mail address" }

// The lengths that SMTP allows, in octets (RFC 5321, 4.5.3.1), and that of a label of a domain (RFC 1035).
const (
	maxLocal  = 64
	maxDomain = 253
	maxLabel  = 63
)

// Envelope returns an address as SMTP's MAIL and RCPT take it, between angle brackets: its domain in
// lower case and ASCII (punycode), its local part quoted where it must be. wide tells that the local
// part is not ASCII and needs SMTPUTF8. The error is an *AddressError.
func Envelope(address string) (spec string, wide bool, err error) {
	bad := &AddressError{Address: clean(address)}
	if strings.ContainsFunc(address, isControl) || !utf8.ValidString(address) {
		return "", false, bad
	}
	parsed, parseErr := mail.ParseAddress("<" + strings.TrimSpace(address) + ">")
	if parseErr != nil {
		return "", false, bad
	}
	at := strings.LastIndexByte(parsed.Address, '@')
	local := parsed.Address[:at]
	domain, ok := asciiDomain(parsed.Address[at+1:])
	if !ok || local == "" || len(local) > maxLocal || strings.ContainsFunc(local, isControl) {
		return "", false, bad
	}
	return quoteLocal(local) + "@" + domain, !isASCII(local), nil
}

// asciiDomain returns a domain as DNS knows it.
func asciiDomain(domain string) (string, bool) {
	if strings.HasPrefix(domain, "[") {
		return domain, isASCII(domain) // an address literal; net/mail has checked its form
	}
	if !isASCII(domain) {
		ascii, err := idna.Lookup.ToASCII(domain)
		if err != nil {
			return "", false
		}
		domain = ascii
	}
	domain = strings.ToLower(domain)
	if domain == "" || len(domain) > maxDomain {
		return "", false
	}
	for label := range strings.SplitSeq(domain, ".") {
		if label == "" || len(label) > maxLabel || strings.ContainsFunc(label, notInLabel) {
			return "", false
		}
	}
	return domain, true
}

func notInLabel(r rune) bool {
	return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '_'
}

// atomChars are those that may stand in an atom besides letters and digits (RFC 5322, 3.2.3).
const atomChars = "!#$%&'*+-/=?^_`{|}~"

func isAtom(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r >= utf8.RuneSelf || strings.ContainsRune(atomChars, r)
}

func quoteLocal(local string) string {
	for atom := range strings.SplitSeq(local, ".") {
		if atom == "" || strings.ContainsFunc(atom, func(r rune) bool { return !isAtom(r) }) {
			return quoted(local)
		}
	}
	return local
}

func quoted(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}

// maxName bounds the name beside an address, in bytes.
const maxName = 200

// phrase returns a name as it stands before an address.
func phrase(name string) string {
	name = cut(clean(name), maxName)
	if name == "" {
		return ""
	}
	if !isPlain(name) {
		return words(name)
	}
	if strings.ContainsFunc(name, func(r rune) bool { return r != ' ' && !isAtom(r) }) || strings.Contains(name, "  ") {
		return quoted(name)
	}
	return name
}

// addresses adds a field of addresses, unless there are none.
func (h *header) addresses(name string, list []Address) error {
	var all []string
	for _, a := range list {
		spec, wide, err := Envelope(a.Address)
		if err != nil {
			return err
		}
		h.utf8 = h.utf8 || wide
		if p := phrase(a.Name); p != "" {
			spec = p + " <" + spec + ">"
		}
		all = append(all, spec)
	}
	if len(all) > 0 {
		h.add(name, strings.Join(all, ", "))
	}
	return nil
}
