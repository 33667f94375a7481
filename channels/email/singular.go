package email

import (
	"cmp"
	"strings"

	"parley/channels"
)

var _ channels.Singular = (*Driver)(nil)

// Singularity implements channels.Singular: a mailbox is a folder of a user of a server, whatever
// its port.
func (*Driver) Singularity(config map[string]string) (name, field string) {
	user, host := cmp.Or(config["username"], config["address"]), config["imap_host"]
	if user == "" || host == "" {
		return "", "address"
	}
	clean := func(s string) string { return strings.ToLower(strings.TrimSpace(s)) }
	folder := cmp.Or(config["mailbox"], "INBOX")
	if strings.EqualFold(folder, "INBOX") { // the one folder whose name has no case (RFC 9051, 5.1)
		folder = "INBOX"
	}
	return clean(user) + " " + strings.TrimSuffix(clean(host), ".") + " " + folder, "address"
}
