package sms

import (
	"slices"

	"parley/channels"
	"parley/channels/sms/gateway"
	"parley/channels/sms/twilio"
)

// Phrases implements channels.Speaker.
func (*Driver) Phrases() []channels.Phrase {
	return slices.Concat(twilio.Phrases(), gateway.Phrases(), problems.List())
}
