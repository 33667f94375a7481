package email

import "strings"

// own are the addresses of an account.
type own struct {
	address string
	aliases []string
}

// has tells whether mail to an address comes to us: it is one of ours, also with something
// behind a plus (RFC 5233).
func (o own) has(address string) bool {
	plain := withoutPlus(address)
	for _, ours := range append([]string{o.address}, o.aliases...) {
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
