package email

import (
	"slices"

	"parley/channels"
	"parley/channels/email/connect"
	"parley/channels/email/imap"
	"parley/channels/email/smtp"
)

// Phrases implements channels.Speaker.
func (*Driver) Phrases() []channels.Phrase {
	return slices.Concat(smtp.Phrases(), connect.Phrases(), imap.Phrases(), problems.List())
}
