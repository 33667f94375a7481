package telegram

import (
	"github.com/go-telegram/bot/models"

	"parley/channels"
)

// mediaOf lists the files of a message. A file's id is of no use without the bot's token, which it does not
// hold.
func mediaOf(m *models.Message) (found []channels.Media) {
	add := func(ref string, kind channels.MediaKind, name, mediaType string, size int64) {
		if ref != "" && len(ref) <= channels.MaxRef {
			found = append(found, channels.Media{Ref: ref, Kind: kind, Name: name, Type: mediaType, Size: max(size, 0)})
		}
	}
	photo := func(sizes []models.PhotoSize) {
		if p, ok := largest(sizes); ok {
			add(p.FileID, channels.MediaPhoto, "photo.jpg", "image/jpeg", int64(p.FileSize))
		}
	}
	video := func(v models.Video) {
		add(v.FileID, channels.MediaVideo, or(v.FileName, "video.mp4"), or(v.MimeType, "video/mp4"), v.FileSize)
	}
	photo(m.Photo)
	if l := m.LivePhoto; l != nil {
		if len(m.Photo) == 0 {
			photo(l.Photo)
		}
		add(l.FileID, channels.MediaVideo, "live.mp4", or(l.MimeType, "video/mp4"), int64(l.FileSize))
	}
	if m.Video != nil {
		video(*m.Video)
	}
	if v := m.VideoNote; v != nil {
		add(v.FileID, channels.MediaVideo, "video-note.mp4", "video/mp4", int64(v.FileSize))
	}
	if v := m.Voice; v != nil {
		add(v.FileID, channels.MediaVoice, "voice.ogg", or(v.MimeType, "audio/ogg"), v.FileSize)
	}
	if a := m.Audio; a != nil {
		add(a.FileID, channels.MediaAudio, or(a.FileName, "audio.mp3"), or(a.MimeType, "audio/mpeg"), a.FileSize)
	}
	if s := m.Sticker; s != nil {
		name, mediaType := stickerForm(*s)
		add(s.FileID, channels.MediaSticker, name, mediaType, int64(s.FileSize))
	}
	switch {
	case m.Animation != nil: // the same file stands under document
		a := m.Animation
		add(a.FileID, channels.MediaAnimation, or(a.FileName, "animation.mp4"), or(a.MimeType, "video/mp4"), a.FileSize)
	case m.Document != nil:
		d := m.Document
		add(d.FileID, channels.MediaFile, or(d.FileName, "file"), d.MimeType, d.FileSize)
	}
	if m.PaidMedia != nil {
		for _, p := range m.PaidMedia.PaidMedia {
			switch {
			case p.Photo != nil:
				photo(p.Photo.Photo)
			case p.Video != nil:
				video(p.Video.Video)
			}
		}
	}
	return found
}

// stickerForm is how a sticker's file is called and what it is (core.telegram.org/stickers, 2026).
func stickerForm(s models.Sticker) (name, mediaType string) {
	switch {
	case s.IsAnimated:
		return "sticker.tgs", "application/x-tgsticker"
	case s.IsVideo:
		return "sticker.webm", "video/webm"
	default:
		return "sticker.webp", "image/webp"
	}
}

func largest(sizes []models.PhotoSize) (best models.PhotoSize, ok bool) {
	for _, s := range sizes {
		if !ok || s.Width*s.Height > best.Width*best.Height {
			best, ok = s, true
		}
	}
	return best, ok
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
