package custom

import (
	"slices"

	"parley/channels"
)

// The codes of what did not go through, besides "http_503" and its like.
const (
	codeReceivesOnly = "receives_only"
	codeFileNotRead  = "file_not_read"
	codeFileStatus   = "file_status"
	codeFileGone     = "file_gone"
	codeFileAway     = "file_unreachable"
	codeFileLink     = "unknown_file"
	codeNotStored    = "not_stored"
	codeNotWritten   = "not_written"
	codeBadAddress   = "bad_address"
	codeReported     = "reported" // by the other system, of a message that it had taken
)

// Phrases implements channels.Speaker.
func (*Driver) Phrases() []channels.Phrase {
	return append(slices.Concat(phrases.List(), receiver.Phrases(), problems.List()), channels.Phrase{Code: codeReported, Words: notDelivered})
}

// notDelivered stands before the reason that the other system gives, which is for people.
var notDelivered = channels.Words{RU: "принимающая система не доставила сообщение", EN: "the receiving system did not deliver the message"}

// reported is why the other system did not deliver a message.
func reported(reason string) string {
	if reason == "" {
		return phrases[codeReported].EN
	}
	return notDelivered.EN + ": " + reason
}

// receiver is who answers, in what is said of its statuses.
var receiver = channels.StatusWords{RU: "принимающая система", EN: "the receiving system"}

var phrases = channels.Phrases{
	codeReceivesOnly: {RU: "у канала нет адреса для ответов: впишите его в настройки канала", EN: "this channel has no address for answers: enter one in the channel's settings"},
	codeFileNotRead:  {RU: "вложение не удалось прочитать: приложите его снова", EN: "an attachment could not be read: attach it again"},
	codeFileStatus:   {RU: "сервер файла пока его не отдаёт: Parley попробует снова", EN: "the file's server does not hand it over for now: Parley tries again"},
	codeFileGone:     {RU: "файла больше нет: попросите прислать его снова", EN: "the file is no longer there: ask for it to be sent again"},
	codeFileAway:     {RU: "сервер файла недоступен: Parley попробует снова", EN: "the file's server cannot be reached: Parley tries again"},
	codeFileLink:     {RU: "ссылка на файл непонятна: попросите прислать его снова", EN: "the file's reference cannot be read: ask for it to be sent again"},
	codeNotStored:    {RU: "файл не удалось сохранить: Parley попробует снова", EN: "the file could not be stored: Parley tries again"},
	codeNotWritten:   {RU: "сообщение не удалось записать: измените его", EN: "the message cannot be written as JSON: change it"},
	codeBadAddress:   {RU: "адрес для ответов не годится: исправьте его в настройках канала", EN: "the address for answers cannot be used: mend it in the channel's settings"},
	codeReported:     {RU: "принимающая система не доставила сообщение: спросите о причине её разработчика", EN: "the receiving system did not deliver the message: ask its developer for the reason"},

	channels.CodeFileTooLarge: {RU: "файл больше 25 МБ: попросите прислать ссылку на него", EN: "the file is larger than 25 MB: ask for a link to it"},
}

// failure makes an error of a code; cause may be nil.
func failure(kind channels.ErrorKind, code string, cause error) *channels.Error {
	e := phrases.Failure(kind, code, "")
	e.Err = cause
	return e
}
