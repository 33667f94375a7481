package telegramtest

import (
	"net/http"
	"strconv"
	"strings"
)

func (b *Bot) sendMessage(p Params) answer {
	chat, no := b.place(p)
	if no != nil {
		return *no
	}
	m := b.draft(chat, p)
	if no := words(m, "text", "entities", p.Text["text"], p.object("entities"), maxText); no != nil {
		return *no
	}
	if m["text"] == nil {
		return refuse(http.StatusBadRequest, "Bad Request: message text is empty")
	}
	if no := b.attach(m, p); no != nil {
		return *no
	}
	return grant(b.store(m))
}

// media serves the methods that send one file.
func media(kind string) func(*Bot, Params) answer {
	return func(b *Bot, p Params) answer {
		chat, no := b.place(p)
		if no != nil {
			return *no
		}
		file, no := b.file(p, p.Text[kind], kind)
		if no != nil {
			return *no
		}
		m := b.draft(chat, p)
		describe(m, kind, file)
		if no := words(m, "caption", "caption_entities", p.Text["caption"], p.object("caption_entities"), maxCaption); no != nil {
			return *no
		}
		if no := b.attach(m, p); no != nil {
			return *no
		}
		return grant(b.store(m))
	}
}

func (b *Bot) sendMediaGroup(p Params) answer {
	chat, no := b.place(p)
	if no != nil {
		return *no
	}
	list, _ := p.object("media").([]any)
	if len(list) < 2 || len(list) > 10 {
		return refuse(http.StatusBadRequest, "Bad Request: wrong number of messages to send")
	}
	b.nextAlbum++
	album := "1396" + strconv.FormatInt(b.nextAlbum, 10)
	kinds := map[string]bool{}
	var sent []Object
	for _, v := range list {
		item, _ := v.(Object)
		kind, _ := item["type"].(string)
		ref, _ := item["media"].(string)
		if kind == "video" {
			kinds["photo"] = true
		} else {
			kinds[kind] = true
		}
		file, no := b.file(p, ref, kind)
		if no != nil {
			return *no
		}
		m := b.draft(chat, p)
		m["media_group_id"] = album
		describe(m, kind, file)
		caption, _ := item["caption"].(string)
		if no := words(m, "caption", "caption_entities", caption, item["caption_entities"], maxCaption); no != nil {
			return *no
		}
		if no := b.attach(m, p); no != nil {
			return *no
		}
		sent = append(sent, m)
	}
	if len(kinds) > 1 {
		return refuse(http.StatusBadRequest, "Bad Request: documents and audio can't be mixed with other media types")
	}
	for _, m := range sent {
		b.store(m)
	}
	return grant(sent)
}

// draft begins a message of the bot's.
func (b *Bot) draft(chat Object, p Params) Object {
	m := Object{"message_id": b.newID(), "date": unix(), "chat": chat, "from": b.user()}
	if id := p.Text["business_connection_id"]; id != "" {
		m["business_connection_id"], m["sender_business_bot"] = id, b.user()
		m["from"] = Object{"id": b.connections[id], "is_bot": false, "first_name": "Owner"}
	}
	if topic := p.number("message_thread_id"); topic != 0 {
		m["message_thread_id"], m["is_topic_message"] = topic, true
	}
	return m
}

// attach adds what a message answers and its keyboard.
func (b *Bot) attach(m Object, p Params) *answer {
	chat, _ := m["chat"].(Object)["id"].(int64)
	if r, ok := p.object("reply_parameters").(Object); ok {
		id, _ := r["message_id"].(float64)
		original := b.messages[chat][int64(id)]
		if allowed, _ := r["allow_sending_without_reply"].(bool); original == nil && !allowed {
			a := refuse(http.StatusBadRequest, "Bad Request: message to be replied not found")
			return &a
		}
		if original != nil {
			m["reply_to_message"] = without(original, "reply_to_message")
		}
	}
	markup, ok := p.object("reply_markup").(Object)
	if !ok || markup["inline_keyboard"] == nil {
		return nil
	}
	rows, _ := markup["inline_keyboard"].([]any)
	for _, row := range rows {
		buttons, _ := row.([]any)
		for _, v := range buttons {
			button, _ := v.(Object)
			if data, _ := button["callback_data"].(string); len(data) > 64 {
				a := refuse(http.StatusBadRequest, "Bad Request: BUTTON_DATA_INVALID")
				return &a
			}
		}
	}
	if len(rows) > 0 {
		m["reply_markup"] = markup
	}
	return nil
}

// file finds what is sent: an upload, or something that the network has.
func (b *Bot) file(p Params, ref, name string) (Object, *answer) {
	if at, ok := strings.CutPrefix(ref, "attach://"); ok {
		ref, name = "", at
	}
	if u, ok := p.Files[name]; ok && ref == "" {
		return b.keep(u), nil
	}
	if u, ok := b.files[ref]; ok {
		return fileObject(ref, u), nil
	}
	a := refuse(http.StatusBadRequest, "Bad Request: wrong file identifier/HTTP URL specified")
	return nil, &a
}

// keep stores bytes and describes them. Ids are paths here, which nobody may rely on.
func (b *Bot) keep(u Upload) Object {
	id := "file" + strconv.Itoa(len(b.files)+1)
	b.files[id] = u
	return fileObject(id, u)
}

func fileObject(id string, u Upload) Object {
	return Object{"file_id": id, "file_unique_id": "unique-" + id, "file_size": len(u.Data), "file_name": u.Name}
}

// describe puts a file into a message as its kind.
func describe(m Object, kind string, f Object) {
	d := without(f)
	switch kind {
	case "photo":
		delete(d, "file_name")
		d["width"], d["height"] = 640, 480
		small := without(d)
		small["file_id"], small["width"], small["height"] = d["file_id"].(string)+"-small", 90, 67
		m["photo"] = []Object{small, d}
		return
	case "video", "animation":
		d["width"], d["height"], d["duration"], d["mime_type"] = 640, 480, 3, "video/mp4"
	case "audio":
		d["duration"], d["mime_type"] = 3, "audio/mpeg"
	case "voice":
		delete(d, "file_name")
		d["duration"], d["mime_type"] = 3, "audio/ogg"
	case "video_note":
		delete(d, "file_name")
		d["length"], d["duration"] = 240, 3
	case "sticker":
		delete(d, "file_name")
		d["type"], d["width"], d["height"], d["is_animated"], d["is_video"], d["emoji"] = "regular", 512, 512, false, false, "😀"
	}
	m[kind] = d
	if kind == "animation" {
		m["document"] = without(f)
	}
}

// without is a copy of an object that lacks some fields.
func without(o Object, names ...string) Object {
	c := Object{}
	for k, v := range o {
		c[k] = v
	}
	for _, n := range names {
		delete(c, n)
	}
	return c
}
