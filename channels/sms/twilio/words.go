package twilio

import (
	"slices"

	"parley/channels"
)

// The codes of what did not go through, besides Twilio's own ("twilio_21610") and those of HTTP ("http_503").
const (
	codeUndelivered = "undelivered"
	codeSuspended   = "account_suspended"
	codeClosed      = "account_closed"
	codeInactive    = "account_inactive"
	codeBadAddress  = "bad_address"
	codeFileGone    = "file_gone"
	codeFileStatus  = "file_status"
	codeFileLink    = "unknown_file"
	codeNotStored   = "not_stored"
)

// Phrases are what the codes of this package mean, for people.
func Phrases() []channels.Phrase {
	list := slices.Concat(phrases.List(), server.Phrases())
	list = append(list, channels.Phrase{Code: "twilio_*", Words: refused}, channels.Phrase{Code: "twilio_*", Words: lost})
	for code, known := range codes {
		list = append(list, channels.Phrase{Code: codeOf(code), Words: known.words})
	}
	return list
}

var (
	server  = channels.StatusWords{RU: "Twilio", EN: "Twilio"}
	refused = channels.Words{
		RU: "Twilio отказался отправить сообщение: причину показывает журнал сообщений в консоли Twilio",
		EN: "Twilio refused the message: the message log in Twilio's console shows the reason",
	}
	lost = channels.Words{
		RU: "Twilio не доставил сообщение: причину показывает журнал сообщений в консоли Twilio",
		EN: "Twilio did not deliver the message: the message log in Twilio's console shows the reason",
	}
)

var phrases = channels.Phrases{
	codeUndelivered: {RU: "сообщение не доставлено, причину Twilio не назвал: отправьте ещё раз или позвоните", EN: "the message was not delivered and Twilio gives no reason: send it again, or call"},
	codeSuspended:   {RU: "учётная запись Twilio приостановлена: откройте консоль Twilio и пополните счёт или обратитесь в поддержку", EN: "the account at Twilio is suspended: open Twilio's console and top it up, or ask support"},
	codeClosed:      {RU: "учётная запись Twilio закрыта: подключите другую", EN: "the account at Twilio is closed: connect another"},
	codeInactive:    {RU: "учётная запись Twilio не работает: откройте консоль Twilio", EN: "the account at Twilio is not active: open Twilio's console"},
	codeBadAddress:  {RU: "адрес сервера не годится: исправьте его в настройках канала", EN: "the server's address cannot be used: mend it in the channel's settings"},
	codeFileGone:    {RU: "файла у Twilio больше нет: попросите прислать его снова", EN: "the file is no longer at Twilio: ask for it to be sent again"},
	codeFileStatus:  {RU: "Twilio пока не отдаёт файл: Parley попробует снова", EN: "Twilio does not hand the file over for now: Parley tries again"},
	codeFileLink:    {RU: "ссылка на файл непонятна: попросите прислать его снова", EN: "the file's reference cannot be read: ask for it to be sent again"},
	codeNotStored:   {RU: "файл не удалось сохранить: Parley попробует снова", EN: "the file could not be stored: Parley tries again"},

	channels.CodeUnreachable:  {RU: "Twilio недоступен, ничего не отправлено: Parley попробует снова", EN: "Twilio cannot be reached, nothing was sent: Parley tries again"},
	channels.CodeNoAnswer:     {RU: "ответ Twilio непонятен: сообщение могло уйти, посмотрите в журнале сообщений Twilio, прежде чем отправлять снова", EN: "Twilio's answer makes no sense: the message may have gone out; look into Twilio's message log before you send it again"},
	channels.CodeFileTooLarge: {RU: "файл больше 10 МБ: попросите прислать ссылку на него", EN: "the file is larger than 10 MB: ask for a link to it"},
}

// failure makes an error of a code; cause may be nil.
func failure(kind channels.ErrorKind, code string, cause error) *channels.Error {
	e := phrases.Failure(kind, code, "")
	e.Err = cause
	return e
}
