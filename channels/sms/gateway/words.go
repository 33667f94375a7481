package gateway

import "parley/channels"

// Phrases are what the codes of this package mean, for people.
func Phrases() []channels.Phrase {
	return []channels.Phrase{
		phrase("gateway_*", "шлюз отказался принять сообщение", "the gateway refused the message"),
		phrase("gateway_*", "шлюз сообщает: {state}", "the gateway reports: {state}"),
		phrase("http_*", "шлюз ответил {status}", "the gateway answered {status}"),
		phrase("not_written", "по описанию шлюза из этого сообщения не составить запрос", "the gateway's description makes no request of this message"),
		phrase(channels.CodeNoAnswer, "ответ шлюза непонятен: сообщение могло уйти", "the gateway's answer makes no sense"),
	}
}

func phrase(code, ru, en string) channels.Phrase {
	return channels.Phrase{Code: code, Words: channels.Words{RU: ru, EN: en}}
}
