package telegram

import (
	"strings"

	"parley/channels"
)

var _ channels.Singular = (*Driver)(nil)

// Singularity implements channels.Singular: a bot is its user id, which every token of it begins with, whatever server
// it is asked by.
func (*Driver) Singularity(config map[string]string) (name, field string) {
	id, _, found := strings.Cut(strings.TrimSpace(config["token"]), ":")
	if !found {
		return "", "token"
	}
	return strings.TrimLeft(id, "0"), "token"
}
