package twilio

import (
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // Twilio's own scheme
	"encoding/base64"
	"maps"
	"net/url"
	"slices"
	"strings"
)

// Sign returns the signature that Twilio sends with a form for an address.
func Sign(token, address string, form url.Values) string {
	mac := hmac.New(sha1.New, []byte(token))
	mac.Write([]byte(address))
	for _, name := range slices.Sorted(maps.Keys(form)) {
		for _, value := range form[name] {
			mac.Write([]byte(name + value))
		}
	}
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// Verify tells whether a signature fits, in a time that tells nothing else. Twilio leaves a
// scheme's own port out of the address or names it: both are tried.
func Verify(token, address string, form url.Values, signature string) bool {
	fits := false
	for _, one := range []string{address, withPort(address)} {
		if hmac.Equal([]byte(Sign(token, one, form)), []byte(signature)) {
			fits = true
		}
	}
	return fits && token != ""
}

// withPort names the port of an address that leaves it out.
func withPort(address string) string {
	scheme, rest, ok := strings.Cut(address, "://")
	host, path, _ := strings.Cut(rest, "/")
	if !ok || strings.Contains(host, ":") {
		return address
	}
	port := ":80"
	if scheme == "https" {
		port = ":443"
	}
	return scheme + "://" + host + port + "/" + path
}
