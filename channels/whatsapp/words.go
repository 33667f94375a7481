package whatsapp

import (
	"parley/channels"
)

// The codes of what did not go through.
const (
	CodeToken         = "token_invalid"
	CodePermission    = "permission_missing"
	CodeRate          = "rate_limited"
	CodePairRate      = "chat_rate_limited"
	CodeSpamRate      = "spam_limited"
	CodeUnavailable   = "network_unavailable"
	CodeUnreachable   = "unreachable"
	CodeNoAnswer      = "no_answer"
	CodeUnclear       = "answer_unclear"
	CodeParameter     = "request_refused"
	CodeUndeliverable = "undeliverable"
	CodeWindow        = "window_closed"
	CodeKeptBack      = "kept_back"
	CodeStopped       = "marketing_stopped"
	CodeExperiment    = "experiment"
	CodeSelf          = "recipient_is_sender"
	CodeNotAllowed    = "recipient_not_allowed"
	CodeNeedsPhone    = "phone_needed"
	CodeBlocked       = "policy_violation"
	CodeLocked        = "account_locked"
	CodePayment       = "payment_problem"
	CodeCountry       = "country_restricted"
	CodeDisplayName   = "display_name_unapproved"
	CodeUnregistered  = "number_unregistered"
	CodeUnsupported   = "kind_unsupported"
	CodeMediaGone     = "media_unavailable"
	CodeMediaRefused  = "media_refused"
	CodeMediaDamaged  = "media_damaged"
	CodeMediaHost     = "media_elsewhere"
	CodeGone          = "gone"
	CodeValues        = "template_values"
	CodeNoTemplate    = "template_missing"
	CodeTemplate      = "template_refused"
	CodeTemplatePause = "template_paused"
	CodeTemplateOff   = "template_disabled"
	CodeTemplateFile  = "template_file"
	CodeTemplateKind  = "template_kind"
	CodeButtons       = "buttons_invalid"
	CodeChat          = "chat_invalid"
	CodeFile          = "file_unreadable"
	CodePartly        = "partly_sent"
	CodeRefused       = "refused"
	CodeUnknown       = "unknown_error"
	CodeNoNumber      = "number_unknown"
	CodeNoBusiness    = "business_unknown"
	CodeNotSubscribed = "not_subscribed"
	CodeRestricted    = "account_restricted"
	CodeDisabled      = "account_disabled"
	CodeDeleted       = "account_deleted"
)

// phrases are what the codes mean, for people.
var phrases = channels.Phrases{
	CodeToken:         words("Meta не принимает токен: создайте новый токен системного пользователя", "Meta does not accept the token: make a new token of a system user"),
	CodePermission:    words("токену не хватает прав whatsapp_business_messaging и whatsapp_business_management", "the token lacks whatsapp_business_messaging and whatsapp_business_management"),
	CodeRate:          words("WhatsApp просит отправлять реже", "WhatsApp asks to send less often"),
	CodePairRate:      words("этому контакту отправлено слишком много сообщений подряд", "too many messages in a row went to this contact"),
	CodeSpamRate:      words("WhatsApp ограничил отправку: на номер жаловались", "WhatsApp limits this number: contacts complained about it"),
	CodeUnavailable:   words("WhatsApp временно не работает", "WhatsApp is out of service for the moment"),
	CodeUnreachable:   words("WhatsApp недоступен, сообщение не отправлено", "WhatsApp cannot be reached, nothing was sent"),
	CodeNoAnswer:      words("WhatsApp не подтвердил сообщение: оно могло дойти", "WhatsApp did not confirm the message: it may have been delivered"),
	CodeUnclear:       words("ответ WhatsApp непонятен", "WhatsApp's answer makes no sense"),
	CodeParameter:     words("WhatsApp не принял запрос", "WhatsApp did not accept the request"),
	CodeUndeliverable: words("сообщение нельзя доставить: у номера нет WhatsApp, старая версия или не приняты условия", "the message cannot be delivered: the number has no WhatsApp, an old version, or has not accepted the terms"),
	CodeWindow:        words("прошло больше 24 часов с последнего сообщения контакта: нужен шаблон", "more than 24 hours have passed since the contact's last message: a template is needed"),
	CodeKeptBack:      words("WhatsApp не доставил рекламное сообщение, чтобы не перегружать контакт: не повторяйте его скоро", "WhatsApp kept the marketing message back to spare the contact: do not repeat it soon"),
	CodeStopped:       words("контакт отказался от рекламных сообщений", "the contact has stopped marketing messages"),
	CodeExperiment:    words("WhatsApp не доставил рекламу: номер контакта участвует в эксперименте", "WhatsApp did not deliver the advertising: the contact's number is part of an experiment"),
	CodeSelf:          words("получатель и отправитель совпадают", "the recipient is the sender"),
	CodeNotAllowed:    words("номер получателя не внесён в список тестовых", "the recipient's number is not on the list of test numbers"),
	CodeNeedsPhone:    words("такое сообщение уходит только на номер телефона, а он скрыт", "such a message goes to a phone number alone, and it is hidden"),
	CodeBlocked:       words("аккаунт WhatsApp ограничен за нарушение правил", "the WhatsApp account is restricted for a violation of policies"),
	CodeLocked:        words("аккаунт WhatsApp заблокирован", "the WhatsApp account is locked"),
	CodePayment:       words("не оплачено: проверьте способ оплаты аккаунта WhatsApp", "a payment problem: check the WhatsApp account's payment method"),
	CodeCountry:       words("аккаунту нельзя писать в эту страну", "the account may not write to this country"),
	CodeDisplayName:   words("имя номера ещё не одобрено", "the number's display name is not approved yet"),
	CodeUnregistered:  words("номер не зарегистрирован в Cloud API", "the number is not registered with the Cloud API"),
	CodeUnsupported:   words("WhatsApp не умеет передавать такое сообщение", "WhatsApp cannot carry such a message"),
	CodeMediaGone:     words("файл уже недоступен", "the file is no longer available"),
	CodeMediaRefused:  words("WhatsApp не принял файл", "WhatsApp did not accept the file"),
	CodeMediaDamaged:  words("файл пришёл повреждённым", "the file arrived damaged"),
	CodeMediaHost:     words("файл лежит не на серверах Meta", "the file does not lie on Meta's servers"),
	CodeGone:          words("WhatsApp этого не знает", "WhatsApp does not know this"),
	CodeValues:        words("число значений не подходит к шаблону", "the number of values does not fit the template"),
	CodeNoTemplate:    words("такого шаблона на этом языке нет или он не одобрен", "there is no such template in this language, or it is not approved"),
	CodeTemplate:      words("WhatsApp не принял значения шаблона", "WhatsApp did not accept the template's values"),
	CodeTemplatePause: words("шаблон приостановлен из-за жалоб", "the template is paused because of complaints"),
	CodeTemplateOff:   words("шаблон отключён навсегда", "the template is disabled for good"),
	CodeTemplateFile:  words("шаблону нужен один файл в заголовке", "the template needs one file for its header"),
	CodeTemplateKind:  words("шаблоны с карточками или сроком действия не поддерживаются", "templates with cards or an offer's end are not supported"),
	CodeButtons:       words("кнопкам нужны разные непустые надписи и данные", "buttons need titles that differ, and data"),
	CodeChat:          words("это не номер WhatsApp", "this is not a WhatsApp number"),
	CodeFile:          words("вложение не удалось прочитать", "an attachment could not be read"),
	CodePartly:        words("дошла только часть сообщения", "only a part of the message went out"),
	CodeRefused:       words("WhatsApp отказал", "WhatsApp refused"),
	CodeUnknown:       words("WhatsApp сообщил о сбое: сообщение могло дойти", "WhatsApp reported a failure: the message may have been delivered"),
	CodeNoNumber:      words("Meta не знает такого ID номера, или токену он недоступен", "Meta does not know this phone number ID, or the token may not use it"),
	CodeNoBusiness:    words("Meta не знает такого ID аккаунта WhatsApp Business, или токену он недоступен", "Meta does not know this WhatsApp Business account ID, or the token may not use it"),
	CodeNotSubscribed: words("ни одно приложение не подписано на события аккаунта: подпишите приложение в настройках webhook", "no app is subscribed to the account's events: subscribe the app in the webhook settings"),
	CodeRestricted:    words("Meta ограничила аккаунт WhatsApp", "Meta has restricted the WhatsApp account"),
	CodeDisabled:      words("Meta отключила аккаунт WhatsApp", "Meta has disabled the WhatsApp account"),
	CodeDeleted:       words("аккаунт WhatsApp удалён", "the WhatsApp account has been deleted"),
}

// Words says what a code of this package means, in both languages. An error's text begins with the
// English phrase, and behind ": " stand Meta's own words.
func Words(code string) (channels.Words, bool) { return phrases.Words(code) }

// Phrases implements channels.Speaker.
func (*Driver) Phrases() []channels.Phrase { return append(phrases.List(), problems.List()...) }

// Codes are all codes that Words knows.
func Codes() []string { return phrases.Codes() }

func phrase(code string) channels.Words { return phrases[code] }

// failure makes an error of a code; detail may be empty.
func failure(kind channels.ErrorKind, code, detail string) *channels.Error {
	return &channels.Error{Kind: kind, Code: code, Text: sentence(code, detail)}
}

// sentence is a code's English phrase with details behind it.
func sentence(code, detail string) string {
	if detail == "" {
		return phrases[code].EN
	}
	return phrases[code].EN + ": " + detail
}
