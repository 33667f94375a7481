package telegram

import (
	"time"

	"parley/channels"
)

// What the network takes. Sources: core.telegram.org/bots/api (10.1, June 11, 2026) for sizes,
// core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this (looked up in 2026) for rates.
const (
	maxText     = 4096     // UTF-16 units after entities parsing: sendMessage
	maxCaption  = 1024     // likewise: sendPhoto and the others
	maxFile     = 50 << 20 // bytes of an upload: "Sending files"
	maxPhoto    = 10 << 20 // bytes of a photo; larger pictures go as files
	maxDownload = 20 << 20 // bytes: getFile
	maxAlbum    = 10       // sendMediaGroup takes 2 to 10
	maxData     = 64       // bytes of callback_data: InlineKeyboardButton
	maxButtons  = 100      // of a message; not documented, what servers accept
	buttonsRow  = 8        // likewise
	maxLabel    = 64       // UTF-16 units that are still shown; not documented

	// A bot's messages can be deleted for 48 hours (deleteMessage), and those that it wrote by a business
	// connection edited no longer than that (editMessageText).
	amendWindow = 48 * time.Hour

	// sendTimeout leaves an upload of maxFile a slow line: about 3 Mbit/s.
	sendTimeout = 150 * time.Second
)

// Limits implements channels.Adapter.
func (*Account) Limits() channels.Limits {
	return channels.Limits{
		Text:         channels.TextLimit{Max: maxText, Unit: channels.UnitUTF16},
		Caption:      channels.TextLimit{Max: maxCaption, Unit: channels.UnitUTF16},
		Files:        channels.FileLimit{MaxBytes: maxFile, MaxCount: maxAlbum},
		HTML:         true,
		Reactions:    true,
		Emoji:        reactions,
		EditWindow:   amendWindow,
		DeleteWindow: amendWindow,
		Buttons:      buttonLimit(),
		PerAccount:   channels.Rate{Count: 30, Per: time.Second},
		PerChat:      channels.Rate{Count: 1, Per: time.Second}, // groups: 20 a minute, by retry_after
		SendTimeout:  sendTimeout,
	}
}

func buttonLimit() channels.ButtonLimit {
	return channels.ButtonLimit{
		Max: maxButtons, PerRow: buttonsRow, Text: channels.TextLimit{Max: maxLabel, Unit: channels.UnitUTF16},
		Data: maxData, Links: true, Caption: true,
	}
}
