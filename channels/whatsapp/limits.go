package whatsapp

import (
	"strings"
	"time"

	"parley/channels"
)

// What the Cloud API accepts. Sources, read 2026-11-22: Meta's OpenAPI of v23.0 (text of captions,
// bodies, buttons and rows), developers.facebook.com/documentation/business-messaging/whatsapp: messages
// (text 4,096), media (sizes and types), throughput (80/s, one message per 6 s to one user).
const (
	maxText    = 4096
	maxCaption = 1024
	maxBody    = 1024 // of a message with buttons
	maxButtons = 3    // more become a list
	maxRows    = 10
	maxTitle   = 20 // characters of a button; a row may have 24
	maxData    = 200
	maxFiles   = 10 // ours: each file is a message of its own

	mega          = 1 << 20
	maxImage      = 5 * mega
	maxVideo      = 16 * mega
	maxAudio      = 16 * mega
	maxDocument   = 100 * mega
	maxSticker    = 500 << 10 // animated; a still one 100 KiB
	freeWindow    = 24 * time.Hour
	pairInterval  = 6 * time.Second
	perSecond     = 80
	uploadTimeout = 2 * time.Minute
)

// Limits implements channels.Adapter.
func (*Account) Limits() channels.Limits {
	return channels.Limits{
		Text:       channels.TextLimit{Max: maxText, Unit: channels.UnitUTF16},
		Caption:    channels.TextLimit{Max: maxCaption, Unit: channels.UnitUTF16},
		Files:      channels.FileLimit{MaxBytes: maxDocument, MaxCount: maxFiles, Types: mediaTypes()},
		HTML:       true,
		Receipts:   true,
		Reactions:  true,
		Window:     freeWindow,
		Templates:  true,
		WriteFirst: true,
		Buttons: channels.ButtonLimit{
			Max: maxRows, PerRow: 1, Text: channels.TextLimit{Max: maxTitle, Unit: channels.UnitUTF16},
			Body: channels.TextLimit{Max: maxBody, Unit: channels.UnitRunes}, Data: maxData, Distinct: true,
		},
		PerAccount:  channels.Rate{Count: perSecond, Per: time.Second},
		PerChat:     channels.Rate{Count: 1, Per: pairInterval},
		SendTimeout: uploadTimeout,
	}
}

// medium is how a file travels: as what kind of message, and how large it may be.
type medium struct {
	kind    string // image, video, audio, document, sticker
	max     int64
	caption bool
}

var (
	asImage    = medium{"image", maxImage, true}
	asVideo    = medium{"video", maxVideo, true}
	asAudio    = medium{"audio", maxAudio, false}
	asDocument = medium{"document", maxDocument, true}
	asSticker  = medium{"sticker", maxSticker, false}
)

// media are the types of files that may be uploaded.
var media = []struct {
	mediaType string
	as        medium
}{
	{"image/jpeg", asImage},
	{"image/png", asImage},
	{"image/webp", asSticker},
	{"video/mp4", asVideo},
	{"video/3gpp", asVideo},
	{"audio/aac", asAudio},
	{"audio/amr", asAudio},
	{"audio/mpeg", asAudio},
	{"audio/mp4", asAudio},
	{"audio/ogg", asAudio},
	{"text/plain", asDocument},
	{"application/pdf", asDocument},
	{"application/msword", asDocument},
	{"application/vnd.ms-excel", asDocument},
	{"application/vnd.ms-powerpoint", asDocument},
	{"application/vnd.openxmlformats-officedocument.wordprocessingml.document", asDocument},
	{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", asDocument},
	{"application/vnd.openxmlformats-officedocument.presentationml.presentation", asDocument},
}

func mediaTypes() []string {
	list := make([]string, len(media))
	for i, m := range media {
		list[i] = m.mediaType
	}
	return list
}

// mediumOf says how a file of a type travels.
func mediumOf(mediaType string) (medium, bool) {
	for _, m := range media {
		if m.mediaType == plainType(mediaType) {
			return m.as, true
		}
	}
	return medium{}, false
}

// plainType is a media type without its parameters, in lower case.
func plainType(mediaType string) string {
	mediaType, _, _ = strings.Cut(strings.ToLower(mediaType), ";")
	return strings.TrimSpace(mediaType)
}
