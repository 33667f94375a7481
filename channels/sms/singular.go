package sms

import (
	"cmp"
	"strings"

	"parley/channels"
)

var _ channels.Singular = (*Driver)(nil)

// Singularity implements channels.Singular: at Twilio it is a sender of an account. What a gateway's login sends as is
// often shared on purpose, and each connection receives at an address of its own.
func (*Driver) Singularity(config map[string]string) (name, field string) {
	account, sender := strings.TrimSpace(config["account_sid"]), cmp.Or(strings.TrimSpace(config["messaging_service_sid"]), strings.TrimSpace(config["source"]))
	if config["provider"] != ProviderTwilio || account == "" || sender == "" {
		return "", "source"
	}
	return account + " " + sender, "source"
}
