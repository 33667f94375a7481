package report

import (
	"slices"
	"strings"
)

// The warnings of Authentication.
const (
	DMARCFailed = "dmarc_failed"
	DKIMFailed  = "dkim_failed"
	SPFFailed   = "spf_failed"
)

// outlook is the trusted server whose results come without a name: Exchange Online writes
// no authserv-id.
const outlook = "outlook.com"

// Authentication says why the author of a mail may not be who it seems, "" for no reason.
// It believes only the Authentication-Results (RFC 8601) of trusted servers, by their
// authserv-ids, and of those only what stands on top: results below the Received field
// that follows the topmost trusted ones came with the mail, whatever name they bear. Name
// "outlook.com" to trust Exchange Online. Where nobody is named, the server that took the
// mail in is believed, as far as the mail shows which that is.
//
// DMARC decides where it was looked at. Otherwise one passed check for the author's own
// domain is enough, be it DKIM or SPF.
func Authentication(m Mail, trusted []string) string {
	look := func() (results, bool) { return trustedResults(m, trusted) }
	if len(trusted) == 0 {
		look = func() (results, bool) { return receivingResults(m) }
	}
	r, found := look()
	if !found {
		return ""
	}
	return r.warning(authorDomain(m))
}

// Vouched tells whether a server trusted by name says that the author's domain has sent the mail: DMARC
// passed, or DKIM or SPF for that domain did. Unlike the lack of a warning it is a proof.
func Vouched(m Mail, trusted []string) bool {
	r, _ := trustedResults(m, trusted)
	domain := authorDomain(m)
	if r.warning(domain) != "" {
		return false
	}
	if len(r.dmarc) > 0 && r.dmarc[0].result == "pass" {
		return true
	}
	return slices.ContainsFunc(slices.Concat(r.dkim, r.spf), func(m method) bool {
		return m.result == "pass" && aligned(m.domain(), domain)
	})
}

func authorDomain(m Mail) string { return domainOf(m.author()) }

// trustedResults are what trusted servers found, and whether they looked at all.
func trustedResults(m Mail, trusted []string) (r results, found bool) {
	for _, f := range m.Fields {
		if found && strings.EqualFold(f.Name, "Received") {
			break
		}
		if !strings.EqualFold(f.Name, "Authentication-Results") {
			continue
		}
		a, ok := parseResults(f.Value)
		if !ok || !believes(a.server, trusted) {
			continue
		}
		found = true
		r.add(a.methods)
	}
	return r, found
}

func believes(server string, trusted []string) bool {
	for _, t := range trusted {
		t = strings.TrimSpace(t)
		if t != "" && strings.EqualFold(t, server) || server == "" && strings.EqualFold(t, outlook) {
			return true
		}
	}
	return false
}

// results are what servers found, by method; the topmost field that knows a method counts.
type results struct{ dmarc, dkim, spf []method }

func (r *results) add(ms []method) {
	var dmarc, dkim, spf []method
	for _, m := range ms {
		switch m.name {
		case "dmarc":
			dmarc = append(dmarc, m)
		case "dkim":
			dkim = append(dkim, m)
		case "spf":
			spf = append(spf, m)
		}
	}
	if r.dmarc == nil {
		r.dmarc = dmarc
	}
	if r.dkim == nil {
		r.dkim = dkim
	}
	if r.spf == nil {
		r.spf = spf
	}
}

// warning draws the conclusion for a mail whose author is of the domain.
func (r *results) warning(domain string) string {
	for _, m := range r.dmarc {
		switch m.result {
		case "pass", "bestguesspass":
			return ""
		case "fail", "permerror":
			return DMARCFailed
		}
	}
	for _, m := range append(append([]method{}, r.dkim...), r.spf...) {
		if m.result == "pass" && aligned(m.domain(), domain) {
			return ""
		}
	}
	for _, m := range r.dkim {
		if m.result == "fail" && (m.domain() == "" || aligned(m.domain(), domain)) {
			return DKIMFailed
		}
	}
	for _, m := range r.spf {
		if m.result == "fail" {
			return SPFFailed
		}
	}
	return ""
}

// aligned reports whether two domains belong together, as DMARC's relaxed mode has it but
// without the list of public suffixes: one is the other or below it.
func aligned(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	return a == b || strings.HasSuffix(a, "."+b) && strings.Contains(b, ".") || strings.HasSuffix(b, "."+a) && strings.Contains(a, ".")
}
