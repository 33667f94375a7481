package telegram

import (
	"encoding/json"
	"strconv"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// albumOf is an album's call. Its words stand below its first file.
func albumOf(to place, s step, files *opened) *bot.SendMediaGroupParams {
	p := &bot.SendMediaGroupParams{
		BusinessConnectionID: to.connection, ChatID: to.chat, MessageThreadID: to.topic, DirectMessagesTopicID: to.direct,
		ReplyParameters: replyOf(s),
	}
	for i, f := range s.files {
		words := formatted{}
		if i == 0 {
			words = s.words
		}
		// The library names the upload after the address; an extension tells the network what it is.
		at := "attach://file" + strconv.Itoa(i) + extension(f.file.Name)
		data := files.take(f.file)
		switch f.form {
		case formPhoto:
			p.Media = append(p.Media, &models.InputMediaPhoto{Media: at, Caption: words.text, CaptionEntities: words.entities, MediaAttachment: data})
		case formVideo:
			p.Media = append(p.Media, &models.InputMediaVideo{Media: at, Caption: words.text, CaptionEntities: words.entities, MediaAttachment: data})
		case formAudio:
			p.Media = append(p.Media, &models.InputMediaAudio{Media: at, Caption: words.text, CaptionEntities: words.entities, MediaAttachment: data})
		default:
			p.Media = append(p.Media, &models.InputMediaDocument{Media: at, Caption: words.text, CaptionEntities: words.entities, MediaAttachment: data})
		}
	}
	return p
}

// extension is a name's, with its dot, where it is a plain one.
func extension(name string) string {
	for i := len(name) - 1; i >= 0 && len(name)-i <= 8; i-- {
		c := name[i]
		if c == '.' {
			return name[i:]
		}
		if c < '0' || c > '9' && c < 'A' || c > 'Z' && c < 'a' || c > 'z' {
			return ""
		}
	}
	return ""
}

// learn remembers where a group went that became a supergroup. The next attempt goes there.
func (a *Account) learn(from place, x *exchange) {
	var r refusal
	if json.Unmarshal(x.body, &r) == nil && r.Parameters.MigrateTo != 0 {
		a.remember(from.chat, r.Parameters.MigrateTo)
	}
}
