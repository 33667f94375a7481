package connect

import (
	"net/mail"
	"strings"

	"golang.org/x/net/idna"

	"parley/channels"
)

// maxAddress is how long an address may be in bytes (RFC 5321, 4.5.3.1.3).
const maxAddress = 254

// split divides an address into its local part and its domain, the latter in lower case
// and as DNS knows it.
func split(address string) (local, domain string, err error) {
	address = strings.TrimSpace(address)
	at := strings.LastIndexByte(address, '@')
	if at <= 0 || len(address) > maxAddress {
		return "", "", badAddress()
	}
	local = address[:at]
	domain, err = idna.Lookup.ToASCII(strings.TrimSuffix(address[at+1:], "."))
	if err != nil || !strings.Contains(domain, ".") {
		return "", "", badAddress()
	}
	if parsed, err := mail.ParseAddress(local + "@" + domain); err != nil || parsed.Name != "" {
		return "", "", badAddress()
	}
	return local, strings.ToLower(domain), nil
}

func badAddress() error {
	return &channels.ConfigError{Field: "address", RU: "Введите адрес вида имя@example.com.", EN: "Enter an address such as name@example.com."}
}
