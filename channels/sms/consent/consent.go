package consent

import (
	"strings"
	"unicode"

	"parley/channels"
)

// The words, in the form that fold gives them. The English ones are Twilio's defaults
// (twilio.com/docs/messaging/tutorials/advanced-opt-out, 2026-11-22) less those that also answer a
// question: CANCEL, END, YES. Where Twilio itself acts on those, it says so with OptOutType.
var words = map[string]channels.Consent{
	"stop": channels.ConsentStopped, "stopall": channels.ConsentStopped, "unsubscribe": channels.ConsentStopped,
	"optout": channels.ConsentStopped, "opt out": channels.ConsentStopped, "revoke": channels.ConsentStopped, "quit": channels.ConsentStopped,
	"стоп": channels.ConsentStopped, "отписаться": channels.ConsentStopped, "отписка": channels.ConsentStopped, "отпишите": channels.ConsentStopped,
	"отпишите меня": channels.ConsentStopped, "не присылайте": channels.ConsentStopped, "не пишите мне": channels.ConsentStopped,
	"start": channels.ConsentGiven, "unstop": channels.ConsentGiven,
	"старт": channels.ConsentGiven, "подписаться": channels.ConsentGiven,
}

// longest bounds a text that may be such a word, in bytes.
const longest = 100

// Of is what a text says of further messages.
func Of(text string) channels.Consent {
	if len(text) > longest {
		return channels.ConsentUnsaid
	}
	return words[fold(text)]
}

// fold takes away what people write around a word: spaces, case, quotes and full stops.
func fold(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r):
			return unicode.ToLower(r)
		case unicode.IsSpace(r) || r == '-' || r == '_':
			return ' '
		case unicode.IsPunct(r) || unicode.IsSymbol(r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, text)
	return strings.Join(strings.Fields(text), " ")
}
