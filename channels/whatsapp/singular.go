package whatsapp

import (
	"strings"

	"parley/channels"
)

var _ channels.Singular = (*Driver)(nil)

// Singularity implements channels.Singular: a number is its id with Meta.
func (*Driver) Singularity(config map[string]string) (name, field string) {
	return strings.TrimSpace(config["phone_number_id"]), "phone_number_id"
}
