package email

import (
	"slices"
	"strings"

	"parley/channels/email/connect"
)

// own are the addresses of an account.
type own struct {
	address string
	aliases []string
	homes   []string // the domains in which nobody else has addresses, as at a mail service
}

func newOwn(address string, aliases []string) own {
	o := own{address: address, aliases: aliases}
	for _, at := range o.all() {
		_, domain, _ := strings.Cut(strings.ToLower(at), "@")
		if _, shared := connect.ByDomain(domain); !shared && !slices.Contains(o.homes, domain) {
			o.homes = append(o.homes, domain)
		}
	}
	return o
}

func (o own) all() []string { return append([]string{o.address}, o.aliases...) }

// has tells whether mail to an address comes to us: it is one of ours, also with something
// behind a plus (RFC 5233).
func (o own) has(address string) bool {
	plain := withoutPlus(address)
	for _, ours := range o.all() {
		if strings.EqualFold(address, ours) || strings.EqualFold(plain, ours) {
			return true
		}
	}
	return false
}

func withoutPlus(address string) string {
	at := strings.LastIndexByte(address, '@')
	if at < 0 {
		return address
	}
	local, _, _ := strings.Cut(address[:at], "+")
	return local + address[at:]
}
