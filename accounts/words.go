package accounts

import "parley/channels"

// codeEnded is the code of a connection that ended without a word.
const codeEnded = "ended"

var phrases = channels.Phrases{
	codeEnded: {RU: "соединение закончилось", EN: "the connection ended"},
	codePanic: {RU: "сбой программы канала", EN: "the channel's program failed"},
}

// Phrases are what the codes of this package mean, for people.
func Phrases() []channels.Phrase { return phrases.List() }
