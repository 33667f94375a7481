package app

import (
	"parley/accounts"
	"parley/channels"
	"parley/channels/custom"
	"parley/channels/email"
	"parley/channels/form"
	"parley/channels/sms"
	"parley/channels/telegram"
	"parley/channels/vk"
	"parley/channels/webchat"
	"parley/channels/whatsapp"
)

// maxFetched bounds what adapters may fetch from their networks at once, in bytes: the largest file that any
// of them holds, VK's documents of 200 MB, and some.
const maxFetched = 201 << 20

// drivers lists the networks by hand, in the order in which people choose of them.
func (a *App) drivers(more []channels.Driver) accounts.Drivers {
	list := []channels.Driver{
		webchat.NewDriver(a.visitorTyping),
		&email.Driver{},
		&form.Driver{},
		&custom.Driver{},
		&telegram.Driver{HookURL: a.hookURL},
		&whatsapp.Driver{},
		&vk.Driver{},
		&sms.Driver{HookURL: a.hookURL},
	}
	return accounts.NewDrivers(append(list, more...)...)
}

// hookURL is where networks push to an account. What is not stored yet is known by the installation's
// address alone.
func (a *App) hookURL(id channels.AccountID) string {
	account, _, _ := a.Supervisor.Find(id)
	return a.base() + account.HookPath.Reveal()
}
