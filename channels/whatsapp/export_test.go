package whatsapp

import "parley/channels"

// What the tests look at from outside.
var (
	PlainMarkup = plainMarkup
	MarkupHTML  = markupHTML
)

// MeaningCodes are the codes that Meta's numbers become, by number.
func MeaningCodes() map[int]string {
	out := map[int]string{}
	for number, m := range table {
		out[number] = m.code
	}
	return out
}

// ReadPush reads the body of a push to a number, without an account.
func ReadPush(number string, body []byte) []channels.Event {
	return reader{account: 7, number: number, mark: mark{key: make([]byte, 32)}}.read(body).events
}
