package fake

import (
	"time"

	"parley/channels"
)

// Profile is what a network is like. The network enforces it, and the account's
// Limits report it.
type Profile struct {
	Text       channels.TextLimit
	Caption    channels.TextLimit
	Files      channels.FileLimit
	Window     time.Duration // after it closed, a send is rejected; 0 = always open
	Receipts   bool          // every message taken is reported as delivered
	SafeResend bool          // repetitions under one random_id are shown once
	// Rich networks edit, delete and react; accounts on them have the abilities.
	Rich bool
}

// editWindow is how long a rich network lets a message be edited and withdrawn.
const editWindow = 48 * time.Hour

// Messenger returns the profile of a usual messenger.
func Messenger() Profile {
	return Profile{
		Text:     channels.TextLimit{Max: 4096, Unit: channels.UnitUTF16},
		Caption:  channels.TextLimit{Max: 1024, Unit: channels.UnitUTF16},
		Files:    channels.FileLimit{MaxBytes: 20 << 20, MaxCount: 10},
		Receipts: true, SafeResend: true, Rich: true,
	}
}

// Plain returns the profile of a poor network: short texts counted in bytes, no files,
// no receipts, no way to recognise repetitions.
func Plain() Profile {
	return Profile{Text: channels.TextLimit{Max: 160, Unit: channels.UnitBytes}}
}

// limits renders the profile as the port wants it.
func (p Profile) limits() channels.Limits {
	l := channels.Limits{
		Text: p.Text, Caption: p.Caption, Files: p.Files, Window: p.Window,
		Receipts: p.Receipts, SafeResend: p.SafeResend, Reactions: p.Rich,
	}
	if p.Rich {
		l.EditWindow, l.DeleteWindow = editWindow, editWindow
	}
	return l
}
