package vk

import (
	"cmp"
	"strings"

	"parley/channels"
)

var _ channels.Singular = (*Driver)(nil)

// Singularity implements channels.Singular: a community is its number, at the address where its network is asked.
func (*Driver) Singularity(config map[string]string) (name, field string) {
	group := strings.TrimLeft(strings.TrimSpace(config[fieldGroup]), "0")
	if group == "" {
		return "", fieldGroup
	}
	return group + " " + strings.TrimRight(cmp.Or(strings.TrimSpace(config[fieldBase]), defaultBase), "/"), fieldGroup
}
