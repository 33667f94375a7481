package vk

import (
	"fmt"
	"mime"
	"path"
	"slices"
	"strconv"
	"strings"

	"parley/channels"
)

// found is where the bytes of an attachment lie, and what they are.
type found struct {
	url   string
	id    string // which attachment of its message: type, owner, number
	media channels.Media
}

// locate says what can be downloaded of an attachment; ok is false when nothing can.
func locate(a attachment) (f found, ok bool) {
	v := read[file](a)
	f.id = a.Type + strconv.FormatInt(v.OwnerID, 10) + "_" + strconv.FormatInt(v.ID, 10)
	m := &f.media
	switch a.Type {
	case "photo":
		f.url = largest(v.Sizes, v.Images, []size{v.Original})
		m.Kind, m.Type, m.Name = channels.MediaPhoto, "image/jpeg", "photo.jpg"
	case "graffiti":
		f.url = v.URL
		m.Kind, m.Type, m.Name = channels.MediaPhoto, "image/png", "graffiti.png"
	case "sticker":
		f.id = a.Type + strconv.FormatInt(v.StickerID, 10)
		f.url = largest(v.Images)
		m.Kind, m.Type, m.Name = channels.MediaSticker, "image/png", "sticker.png"
	case "gift":
		f.url = v.Thumb
		m.Kind, m.Type, m.Name = channels.MediaPhoto, "image/jpeg", "gift.jpg"
	case "audio_message":
		f.url = v.OGG
		m.Kind, m.Type, m.Name = channels.MediaVoice, "audio/ogg", "voice.ogg"
		if f.url == "" {
			f.url, m.Type, m.Name = v.MP3, "audio/mpeg", "voice.mp3"
		}
	case "audio":
		f.url = v.URL
		m.Kind, m.Type, m.Name = channels.MediaAudio, "audio/mpeg", fileName(strings.Trim(v.Artist+" - "+v.Title, " -"), "mp3")
	case "doc":
		f.url = v.URL
		m.Name, m.Size = fileName(v.Title, v.Ext), v.Size
		m.Type, _, _ = strings.Cut(mime.TypeByExtension(strings.ToLower(path.Ext(m.Name))), ";")
		if v.Kind == 3 { // docs_doc.type: a GIF
			m.Kind = channels.MediaAnimation
		}
	case "video":
		f.url, m.Kind, m.Type, m.Name = film(v)
	default:
		return found{}, false
	}
	return f, f.url != "" && isWeb(f.url)
}

// film is the file of a video where VK gives it away, else its preview.
func film(v file) (address string, kind channels.MediaKind, mediaType, name string) {
	for _, quality := range []string{"mp4_720", "mp4_480", "mp4_360", "mp4_1080", "mp4_240", "mp4_144"} {
		if u := strings.Trim(string(v.Files[quality]), `"`); isWeb(strings.ReplaceAll(u, `\/`, "/")) {
			return strings.ReplaceAll(u, `\/`, "/"), channels.MediaVideo, "video/mp4", fileName(v.Title, "mp4")
		}
	}
	return largest(v.Image), channels.MediaPhoto, "image/jpeg", fileName(v.Title, "jpg")
}

// maxName bounds the names of files, in bytes.
const maxName = 200

// fileName is a title as the name of a file, with its extension.
func fileName(title, ext string) string {
	title = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, unescaped.Replace(title))
	if title == "" {
		title = "file"
	}
	if len(title) > maxName {
		title = strings.ToValidUTF8(title[:maxName], "")
	}
	if ext != "" && len(ext) <= 10 && !strings.HasSuffix(strings.ToLower(title), "."+strings.ToLower(ext)) {
		title += "." + ext
	}
	return title
}

// shown is what cannot be downloaded, or is more than a file.
type shown struct {
	ID      int64  `json:"id"`
	OwnerID int64  `json:"owner_id"`
	FromID  int64  `json:"from_id"`
	ToID    int64  `json:"to_id"`
	PostID  int64  `json:"post_id"`
	Title   string `json:"title"`
	Artist  string `json:"artist"`
	URL     string `json:"url"`
	Text    string `json:"text"`
	Price   price  `json:"price"`

	Question string `json:"question"`
	Answers  []struct {
		Text string `json:"text"`
	} `json:"answers"`

	Transcript  string       `json:"transcript"`
	Attachments []attachment `json:"attachments"`
	Copied      []shown      `json:"copy_history"`
}

// show puts an attachment into words where a file does not say it all. Files of a post on a wall
// belong to the message.
func (c *composer) show(a attachment, depth int) {
	v := read[shown](a)
	v.Title, v.Text = unescaped.Replace(v.Title), unescaped.Replace(v.Text)
	there := func(kind string, owner, id int64) string {
		return fmt.Sprintf("https://vk.com/%s%d_%d", kind, owner, id)
	}
	switch a.Type {
	case "photo", "doc", "graffiti", "sticker":
	case "gift":
		c.line("🎁")
	case "audio_message":
		c.line(v.Transcript)
	case "audio":
		c.line("🎵 " + strings.Trim(v.Artist+" - "+v.Title, " -"))
	case "video", "short_video":
		c.line("🎬 " + strings.TrimSpace(v.Title+"\n"+there("video", v.OwnerID, v.ID)))
	case "market":
		c.line("🛍 " + strings.Trim(v.Title+", "+v.Price.String(), ", ") + "\n" + there("product", v.OwnerID, v.ID))
	case "market_album", "market_market_album":
		c.line("🛍 " + v.Title + "\n" + fmt.Sprintf("https://vk.com/market%d?section=album_%d", v.OwnerID, v.ID))
	case "wall":
		owner := v.OwnerID
		if owner == 0 {
			owner = v.ToID
		}
		if owner == 0 {
			owner = v.FromID
		}
		c.post(v, there("wall", owner, v.ID), depth)
	case "wall_reply":
		c.post(v, there("wall", v.OwnerID, v.PostID)+"?reply="+strconv.FormatInt(v.ID, 10), depth)
	case "link", "article", "podcast", "mini_app":
		c.line("🔗 " + strings.TrimSpace(v.Title+"\n"+v.URL))
	case "poll":
		c.line("📊 " + unescaped.Replace(v.Question))
		for _, answer := range v.Answers[:min(len(v.Answers), 20)] {
			c.line("▫️ " + unescaped.Replace(answer.Text))
		}
	case "story":
		c.line(there("story", v.OwnerID, v.ID))
	case "call":
		c.line("📞")
	case "":
		c.line("[?]")
	default:
		c.line("[" + a.Type[:min(len(a.Type), 50)] + "]")
	}
}

// post quotes what somebody published.
func (c *composer) post(v shown, address string, depth int) {
	inner := &page{}
	inner.runs(runsOf(v.Text, nil))
	for _, copied := range v.Copied[:min(len(v.Copied), 3)] {
		inner.line(mention.ReplaceAllString(unescaped.Replace(copied.Text), "$2"))
	}
	c.page.quote(inner)
	c.line("📝 " + address)
	if depth < maxDepth {
		for _, a := range slices.Concat(v.Attachments, flatten(v.Copied)) {
			c.attach(a, depth+1)
		}
	}
}

func flatten(posts []shown) (all []attachment) {
	for _, p := range posts[:min(len(posts), 3)] {
		all = append(all, p.Attachments...)
	}
	return all
}
