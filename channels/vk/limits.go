package vk

import (
	"time"

	"parley/channels"
)

// What a community may send. Sources: dev.vk.com, pages method/messages.send,
// api/bots/development/keyboard and api/upload/overview, and error 914 of the published schema
// 5.199; looked up in November 2026.
const (
	// maxText: the method takes 9,000 characters and answers 914 beyond 4,096. Which unit those
	// are is not said; UTF-16 units are the strictest of the plausible ones.
	maxText        = 4096
	maxAttachments = 10
	maxFile        = 200 << 20 // a document
	maxPhoto       = 50 << 20  // larger pictures go as documents

	maxButtons    = 10 // of an inline keyboard
	maxRow        = 5
	maxRows       = 6
	maxLabel      = 40  // characters
	maxPayload    = 255 // characters of a button's payload
	maxButtonData = 120 // bytes of it that are ours to fill, with room for escapes

	// editWindow is how long a message may be changed or withdrawn for everybody.
	editWindow = 24 * time.Hour
	// sendTimeout has room for ten uploads.
	sendTimeout = 2 * time.Minute
	// sendsPerSecond leaves a quarter of the 20 calls a second of a community's token to
	// everything else.
	sendsPerSecond = 15
)

// Limits implements channels.Adapter.
func (a *Account) Limits() channels.Limits {
	return channels.Limits{
		Text:         channels.TextLimit{Max: maxText, Unit: channels.UnitUTF16},
		Files:        channels.FileLimit{MaxBytes: maxFile, MaxCount: maxAttachments},
		HTML:         true,
		Receipts:     true,
		Reactions:    true,
		Emoji:        reactions,
		EditWindow:   editWindow,
		DeleteWindow: editWindow,
		WriteFirst:   true, // to those who allowed it; the others are refused with 901
		Buttons: channels.ButtonLimit{
			Max: maxButtons, PerRow: maxRow, Text: channels.TextLimit{Max: maxLabel, Unit: channels.UnitRunes},
			Data: maxButtonData, Links: true, Caption: true,
		},
		PerAccount: channels.Rate{Count: sendsPerSecond, Per: time.Second},
		PerChat:    channels.Rate{Count: 5, Per: time.Second},

		// VK recognises a random_id that it has seen from the same community ("over the whole
		// history of messages", method/messages.send as of 2019; the present page only says that it
		// avoids sending twice). Ours is constant across attempts and differs between messages.
		SafeResend:  true,
		SendTimeout: sendTimeout,
	}
}
