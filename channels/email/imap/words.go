package imap

import (
	"parley/channels"
	"parley/channels/email/connect"
)

// Phrases are what the codes of this package mean, for people; those of connecting are
// connect's.
func Phrases() []channels.Phrase {
	return []channels.Phrase{
		phrase(CodeNotStored, "письмо пришло, но пока не сохранено; оно остаётся на сервере", "mail has arrived that could not be stored yet; it stays on the server"),
		phrase(CodeRefused, "{host} не даёт письмам постоянных номеров, новые не отличить от прежних", "{host} gives its mails no lasting numbers, so that new ones cannot be told"),
		phrase(CodeRefused, "{host} показывает письмо в списке, но не отдаёт его", "{host} lists a mail that it does not give out"),
		phrase(CodeRefused, "почтовый сервер отказал: {said}", "the mail server refused: {said}"),
		phrase(connect.CodeTimeout, "{host} перестал отвечать", "{host} has stopped answering"),
		phrase(connect.CodeHungUp, "соединение с {host} прервалось", "the connection to {host} broke"),
	}
}

func phrase(code, ru, en string) channels.Phrase {
	return channels.Phrase{Code: code, Words: channels.Words{RU: ru, EN: en}}
}
