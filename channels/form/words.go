package form

import "parley/channels"

// Phrases implements channels.Speaker.
func (*Driver) Phrases() []channels.Phrase { return phrases.List() }

var phrases = channels.Phrases{
	CodeNoAnswer: {
		RU: "форме нельзя ответить: напишите на адрес или номер, который в ней оставлен",
		EN: "a form cannot be answered: write to the e-mail address or phone number that was left in it",
	},
}
