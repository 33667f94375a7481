package app

import (
	"parley/accounts"
	"parley/channels"
	"parley/channels/custom"
	"parley/channels/email"
	"parley/channels/vk"
	"parley/channels/webchat"
	"parley/channels/whatsapp"
)

// drivers lists the networks by hand, in the order in which people choose of them.
func (a *App) drivers(more []channels.Driver) accounts.Drivers {
	list := []channels.Driver{
		webchat.NewDriver(a.visitorTyping),
		&email.Driver{},
		&custom.Driver{},
		&whatsapp.Driver{},
		&vk.Driver{},
	}
	return accounts.NewDrivers(append(list, more...)...)
}
