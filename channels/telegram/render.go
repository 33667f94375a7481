package telegram

import (
	"strings"

	"github.com/go-telegram/bot/models"

	"parley/channels"
)

// form is the method that carries a step of a message.
type form string

// The forms, each with the files that it takes.
const (
	formText      form = "text"
	formPhoto     form = "photo"
	formVideo     form = "video"
	formAnimation form = "animation"
	formAudio     form = "audio"
	formVoice     form = "voice"
	formDocument  form = "document"
)

// step is one call of those that a message needs: a text, a file, or an album.
type step struct {
	form    form // of an album: that of its first file
	files   []piece
	words   formatted
	buttons [][]models.InlineKeyboardButton
	reply   int
}

// piece is a file in the form in which it goes.
type piece struct {
	form form
	file channels.File
}

// render turns a message into its calls, in order. It refuses what is over a limit after formatting: nothing
// is cut.
func render(m channels.Outgoing) ([]step, *channels.Error) {
	words := formatted{text: strings.TrimSpace(m.Text)}
	if m.HTML != "" {
		if words = fromHTML(m.HTML); words.text == "" {
			words.text = strings.TrimSpace(m.Text)
		}
	}
	buttons, err := keyboard(m.Buttons)
	if err != nil {
		return nil, err
	}
	steps := stepsOf(m.Files)
	// An album has no keyboard; then the words go below it with the buttons.
	alone := len(steps) == 0 || len(buttons) > 0 && (len(steps) > 1 || len(steps[0].files) > 1)
	switch {
	case alone && words.text == "" && len(buttons) > 0:
		words.text = "⬇️"
		fallthrough
	case alone && words.text != "":
		steps = append(steps, step{form: formText, words: words, buttons: buttons})
	case alone:
		return nil, failure(channels.Permanent, channels.CodeEmpty)
	default:
		steps[0].words, steps[0].buttons = words, buttons
	}
	limit := maxText
	if len(m.Files) > 0 {
		limit = maxCaption
	}
	if units(words.text) > limit {
		return nil, failure(channels.Permanent, channels.CodeTextTooLong)
	}
	if m.ReplyTo != "" {
		if _, id, err := parseRemote(m.ReplyTo); err == nil {
			steps[0].reply = id
		}
	}
	return steps, nil
}

// stepsOf makes albums of neighbours that can be in one: pictures with videos, and files of one kind. Voice
// messages and animations go alone (core.telegram.org/bots/api#sendmediagroup).
func stepsOf(files []channels.File) (steps []step) {
	for _, f := range files {
		p := piece{formOf(f), f}
		if n := len(steps); n > 0 && family(p.form) != "" && family(p.form) == family(steps[n-1].form) && len(steps[n-1].files) < maxAlbum {
			steps[n-1].files = append(steps[n-1].files, p)
			continue
		}
		steps = append(steps, step{form: p.form, files: []piece{p}})
	}
	return steps
}

// family is the kind of albums that a form can be in, "" = none.
func family(f form) form {
	switch f {
	case formPhoto, formVideo:
		return formPhoto
	case formAudio, formDocument:
		return f
	}
	return ""
}

// formOf chooses the method by a file's type: those that the network shows, plays or animates
// (core.telegram.org/bots/api#sending-files), and a plain file for all others.
func formOf(f channels.File) form {
	kind, _, _ := strings.Cut(strings.ToLower(f.Type), ";")
	switch strings.TrimSpace(kind) {
	case "image/jpeg", "image/png", "image/webp":
		if f.Size <= maxPhoto {
			return formPhoto
		}
	case "image/gif":
		return formAnimation
	case "video/mp4":
		return formVideo
	case "audio/ogg":
		return formVoice
	case "audio/mpeg", "audio/mp3", "audio/mp4", "audio/x-m4a", "audio/m4a":
		return formAudio
	}
	return formDocument
}

func keyboard(rows [][]channels.Button) ([][]models.InlineKeyboardButton, *channels.Error) {
	limit := buttonLimit()
	var out [][]models.InlineKeyboardButton
	count := 0
	for _, row := range rows {
		var line []models.InlineKeyboardButton
		for _, b := range row {
			count++
			if b.Text == "" || len(b.Data) > limit.Data || (b.Data == "") == (b.URL == "") || len(row) > limit.PerRow || count > limit.Max {
				return nil, failure(channels.Permanent, CodeButton)
			}
			line = append(line, models.InlineKeyboardButton{Text: b.Text, CallbackData: b.Data, URL: b.URL})
		}
		if len(line) > 0 {
			out = append(out, line)
		}
	}
	return out, nil
}
