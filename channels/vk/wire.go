package vk

import (
	"encoding/json"
)

// update is one event of a community, as Callback and Long Poll hand it over.
type update struct {
	Type    string          `json:"type"`
	Object  json.RawMessage `json:"object"`
	GroupID int64           `json:"group_id,omitempty"`
	EventID string          `json:"event_id,omitempty"`
	Secret  string          `json:"secret,omitempty"`
}

// message is a private message, in an event as in history. Attachments and what is beside the text
// are decoded on demand: a kind that VK changes must not cost the message.
type message struct {
	ID          int64           `json:"id"`
	Date        int64           `json:"date"`
	PeerID      int64           `json:"peer_id"`
	FromID      int64           `json:"from_id"`
	Text        string          `json:"text"`
	Out         flag            `json:"out"`
	Number      int64           `json:"conversation_message_id"`
	RandomID    int64           `json:"random_id"`
	UpdatedAt   int64           `json:"update_time"`
	Payload     loose           `json:"payload"`
	Action      json.RawMessage `json:"action"`
	Geo         json.RawMessage `json:"geo"`
	Format      json.RawMessage `json:"format_data"`
	Reply       *message        `json:"reply_message"`
	Forwarded   []message       `json:"fwd_messages"`
	Attachments []attachment    `json:"attachments"`
	Ref         string          `json:"ref"`
	RefSource   string          `json:"ref_source"`
	Deleted     flag            `json:"deleted"`
}

// flag is true or 1, in different versions of the API.
type flag bool

// UnmarshalJSON implements json.Unmarshaler.
func (f *flag) UnmarshalJSON(b []byte) error {
	*f = string(b) == "true" || string(b) == "1"
	return nil
}

// loose is a text, or the JSON of what stands in its place.
type loose string

// UnmarshalJSON implements json.Unmarshaler.
func (l *loose) UnmarshalJSON(b []byte) error {
	var s string
	switch {
	case json.Unmarshal(b, &s) == nil:
		*l = loose(s)
	case string(b) != "null":
		*l = loose(b)
	}
	return nil
}

// attachment is one thing beside a message's text: its type, and the JSON under that name.
type attachment struct {
	Type string
	Body json.RawMessage
}

// UnmarshalJSON implements json.Unmarshaler. Rubbish becomes an attachment without a type.
func (a *attachment) UnmarshalJSON(b []byte) error {
	var fields map[string]json.RawMessage
	if json.Unmarshal(b, &fields) != nil || json.Unmarshal(fields["type"], &a.Type) != nil {
		return nil //nolint:nilerr // see above
	}
	a.Body = fields[a.Type]
	return nil
}

// read decodes the body of an attachment; what does not fit is left zero.
func read[T any](a attachment) (v T) {
	_ = json.Unmarshal(a.Body, &v)
	return v
}

// size is one rendition of a picture.
type size struct {
	URL    string `json:"url"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
}

// largest is the address of the largest rendition, "" when there is none.
func largest(lists ...[]size) (address string) {
	most := -1
	for _, list := range lists {
		for _, s := range list {
			if area := s.Width * s.Height; s.URL != "" && area > most {
				address, most = s.URL, area
			}
		}
	}
	return address
}

// file holds what the kinds of attachments that can be downloaded have in common.
type file struct {
	ID      int64  `json:"id"`
	OwnerID int64  `json:"owner_id"`
	Title   string `json:"title"`
	URL     string `json:"url"`

	// A photo, a sticker, a graffiti, a video's preview.
	Sizes    []size `json:"sizes"`
	Images   []size `json:"images"`
	Image    []size `json:"image"`
	Original size   `json:"orig_photo"`

	// A document.
	Size int64  `json:"size"`
	Ext  string `json:"ext"`
	Kind int    `json:"type"`

	// A voice message.
	OGG        string `json:"link_ogg"`
	MP3        string `json:"link_mp3"`
	Transcript string `json:"transcript"`

	// Music.
	Artist string `json:"artist"`

	// A sticker.
	StickerID int64 `json:"sticker_id"`

	// A video.
	Files map[string]json.RawMessage `json:"files"`

	// A gift.
	Thumb string `json:"thumb_256"`
}
