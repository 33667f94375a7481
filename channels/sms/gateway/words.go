package gateway

import (
	"slices"
	"strings"

	"parley/channels"
)

// The codes of what did not go through, besides the gateway's own ("gateway_7") and those of HTTP ("http_503").
const (
	codeRefused    = "gateway_refused"
	codeNotWritten = "not_written"
)

// Phrases are what the codes of this package mean, for people.
func Phrases() []channels.Phrase {
	list := slices.Concat(phrases.List(), server.Phrases())
	for _, w := range []channels.Words{phrases[codeRefused], lost} {
		list = append(list, channels.Phrase{Code: "gateway_*", Words: w})
	}
	for state := range states {
		list = append(list, channels.Phrase{Code: "gateway_*", Words: states[state]})
	}
	return list
}

var (
	server = channels.StatusWords{RU: "шлюз", EN: "the gateway"}
	lost   = channels.Words{
		RU: "шлюз не доставил сообщение: отправьте ещё раз, а причину спросите у поддержки шлюза",
		EN: "the gateway did not deliver the message: send it again, and ask the gateway's support for the reason",
	}
)

var phrases = channels.Phrases{
	codeRefused:           {RU: "шлюз отказался принять сообщение: проверьте номер, текст и счёт у шлюза", EN: "the gateway refused the message: check the number, the text and the balance at the gateway"},
	codeNotWritten:        {RU: "по описанию шлюза из этого сообщения не составить запрос: исправьте описание в настройках канала", EN: "the gateway's description makes no request of this message: mend the description in the channel's settings"},
	channels.CodeNoAnswer: {RU: "ответ шлюза непонятен: сообщение могло уйти, посмотрите у шлюза, прежде чем отправлять снова", EN: "the gateway's answer makes no sense: the message may have gone out; look at the gateway before you send it again"},
}

// states are what the usual words for an undelivered message mean (SMPP 3.4, 5.2.28), which most gateways pass on.
var states = map[string]channels.Words{
	"EXPIRED": {RU: "телефон был выключен слишком долго: отправьте ещё раз позже", EN: "the phone was off for too long: send it again later"},
	"UNDELIV": {RU: "оператор не смог доставить сообщение: проверьте номер или напишите по другому каналу", EN: "the carrier could not deliver the message: check the number or use another channel"},
	"REJECTD": {RU: "оператор отклонил сообщение: напишите иначе и без ссылок, проверьте имя отправителя", EN: "the carrier rejected the message: write differently and without links, and check the sender's name"},
	"DELETED": {RU: "сообщение удалено до доставки: отправьте ещё раз", EN: "the message was deleted before it was delivered: send it again"},
}

// lostAs says why a message did not arrive, by the gateway's words for its state and the reason.
func lostAs(said ...string) channels.Words {
	for _, s := range said {
		for short, w := range states {
			if strings.HasPrefix(strings.ToUpper(s), short) {
				return w
			}
		}
	}
	return lost
}

// failure makes an error of a code.
func failure(kind channels.ErrorKind, code string) *channels.Error {
	return phrases.Failure(kind, code, "")
}
