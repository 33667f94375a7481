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
	CodeToken:                 words("Meta не принимает токен: создайте новый токен системного пользователя", "Meta does not accept the token: make a new token of a system user"),
	CodePermission:            words("токену не хватает прав на сообщения и управление WhatsApp: создайте токен с обоими правами", "the token lacks rights: make one with whatsapp_business_messaging and whatsapp_business_management"),
	CodeRate:                  words("WhatsApp просит отправлять реже: сообщение уйдёт, когда он разрешит", "WhatsApp asks to send less often: the message goes out when it allows"),
	CodePairRate:              words("этому контакту отправлено слишком много сообщений подряд: подождите его ответа", "too many messages in a row went to this contact: wait for an answer"),
	CodeSpamRate:              words("WhatsApp ограничил отправку, потому что на номер жаловались: пишите только тем, кто этого ждёт", "WhatsApp limits this number because contacts complained: write to those alone who expect it"),
	CodeUnavailable:           words("WhatsApp временно не работает: Parley попробует снова", "WhatsApp is out of service for the moment: Parley tries again"),
	CodeUnreachable:           words("WhatsApp недоступен, сообщение не отправлено: Parley попробует снова", "WhatsApp cannot be reached, nothing was sent: Parley tries again"),
	CodeNoAnswer:              words("WhatsApp не подтвердил сообщение: оно могло дойти, спросите контакта, прежде чем отправлять снова", "WhatsApp did not confirm the message: it may have been delivered; ask the contact before you send it again"),
	CodeUnclear:               words("ответ WhatsApp непонятен: сообщение могло дойти, спросите контакта, прежде чем отправлять снова", "WhatsApp's answer makes no sense: the message may have been delivered; ask the contact before you send it again"),
	CodeParameter:             words("WhatsApp не принял запрос: измените сообщение, а если не поможет, покажите его администратору", "WhatsApp did not accept the request: change the message, and if that does not help show it to an administrator"),
	CodeUndeliverable:         words("сообщение нельзя доставить (у номера нет WhatsApp, старая версия или не приняты условия): напишите по другому каналу", "the message cannot be delivered (the number has no WhatsApp, an old version, or has not accepted the terms): use another channel"),
	CodeWindow:                words("прошло больше 24 часов с последнего сообщения контакта: нужен шаблон", "more than 24 hours have passed since the contact's last message: a template is needed"),
	CodeKeptBack:              words("WhatsApp не доставил рекламное сообщение, чтобы не перегружать контакт: не повторяйте его скоро", "WhatsApp kept the marketing message back to spare the contact: do not repeat it soon"),
	CodeStopped:               words("контакт отказался от рекламных сообщений: отвечайте только на то, что он спросит", "the contact has stopped marketing messages: answer only what they ask"),
	CodeExperiment:            words("WhatsApp не доставил рекламу, потому что номер контакта участвует в эксперименте: напишите по другому каналу", "WhatsApp did not deliver the advertising because the contact's number is part of an experiment: use another channel"),
	CodeSelf:                  words("получатель и отправитель совпадают: выберите другого получателя", "the recipient is the sender: choose another recipient"),
	CodeNotAllowed:            words("номера получателя нет среди тестовых: добавьте его в настройках приложения Meta", "the recipient's number is not on the list of test numbers: add it in the Meta app's settings"),
	CodeNeedsPhone:            words("такое сообщение уходит только на номер телефона, а он скрыт: попросите контакта прислать номер", "such a message goes to a phone number alone, and it is hidden: ask the contact for the number"),
	CodeBlocked:               words("аккаунт WhatsApp ограничен за нарушение правил: причина и обжалование в WhatsApp Manager", "the WhatsApp account is restricted for a violation of policies: WhatsApp Manager shows the reason and takes an appeal"),
	CodeLocked:                words("аккаунт WhatsApp заблокирован: откройте WhatsApp Manager и обжалуйте", "the WhatsApp account is locked: open WhatsApp Manager and appeal"),
	CodePayment:               words("не оплачено: проверьте способ оплаты аккаунта WhatsApp", "a payment problem: check the WhatsApp account's payment method"),
	CodeCountry:               words("аккаунту нельзя писать в эту страну: напишите по другому каналу", "the account may not write to this country: use another channel"),
	CodeDisplayName:           words("имя номера ещё не одобрено: дождитесь одобрения в WhatsApp Manager", "the number's display name is not approved yet: wait for WhatsApp Manager to approve it"),
	CodeUnregistered:          words("номер не зарегистрирован в Cloud API: зарегистрируйте его в WhatsApp Manager", "the number is not registered with the Cloud API: register it in WhatsApp Manager"),
	CodeUnsupported:           words("WhatsApp не умеет передавать такое сообщение: отправьте текст или файл", "WhatsApp cannot carry such a message: send a text or a file"),
	CodeMediaGone:             words("файл уже недоступен: попросите прислать его снова", "the file is no longer available: ask for it to be sent again"),
	CodeMediaRefused:          words("WhatsApp не принял файл: отправьте его в другом виде или ссылкой", "WhatsApp did not accept the file: send another type, or a link"),
	CodeMediaDamaged:          words("файл пришёл повреждённым: попросите прислать его снова", "the file arrived damaged: ask for it to be sent again"),
	CodeMediaHost:             words("файл лежит не на серверах Meta и не загружается: попросите прислать его снова", "the file does not lie on Meta's servers and is not fetched: ask for it to be sent again"),
	CodeGone:                  words("WhatsApp этого не знает: проверьте токен и номера в настройках канала", "WhatsApp does not know this: check the token and the ids in the channel's settings"),
	CodeValues:                words("число значений не подходит к шаблону: заполните каждое поле", "the values do not fit the template: fill in every field"),
	CodeNoTemplate:            words("такого шаблона на этом языке нет или он не одобрен: обновите список шаблонов и выберите другой", "there is no such template in this language, or it is not approved: refresh the list of templates and choose another"),
	CodeTemplate:              words("WhatsApp не принял значения шаблона: измените их", "WhatsApp did not accept the template's values: change them"),
	CodeTemplatePause:         words("шаблон приостановлен из-за жалоб: выберите другой", "the template is paused because of complaints: choose another"),
	CodeTemplateOff:           words("шаблон отключён навсегда: выберите другой", "the template is disabled for good: choose another"),
	CodeTemplateFile:          words("шаблону нужен один файл в заголовке, картинка, видео или документ, как в нём указано: приложите такой", "the template needs one file for its header, a picture, video or document as it says: attach one"),
	CodeTemplateKind:          words("шаблоны с карточками или сроком действия не поддерживаются: выберите другой", "templates with cards or an offer's end are not supported: choose another"),
	CodeButtons:               words("WhatsApp не принимает эти кнопки: их может быть до десяти, с разными надписями до 20 знаков и данными до 200 байт", "WhatsApp does not take these buttons: up to ten, with titles that differ, of up to 20 characters, and data of up to 200 bytes"),
	channels.CodeTextTooLong:  words("текст вместе с вариантами ответа слишком длинный для WhatsApp: сократите его", "the text with its choices is too long for WhatsApp: shorten it"),
	channels.CodeFileType:     words("WhatsApp не принимает файлы такого вида: отправьте документом PDF или ссылкой", "WhatsApp does not take files of this type: send a PDF or a link"),
	channels.CodeFileTooLarge: words("файл слишком большой для WhatsApp (картинка до 5 МБ, видео и звук до 16 МБ, документ до 100 МБ): отправьте ссылку на него", "the file is too large for WhatsApp (pictures up to 5 MB, video and sound up to 16 MB, documents up to 100 MB): send a link to it"),
	CodeChat:                  words("это не номер WhatsApp: проверьте номер контакта", "this is not a WhatsApp number: check the contact's number"),
	CodeFile:                  words("вложение не удалось прочитать: приложите его снова", "an attachment could not be read: attach it again"),
	CodePartly:                words("дошла только часть сообщения: посмотрите, чего не хватает, и отправьте это отдельно", "only a part of the message went out: look what is missing, and send that by itself"),
	CodeRefused:               words("WhatsApp отказал и не назвал понятной причины: измените сообщение и отправьте снова", "WhatsApp refused and gave no clear reason: change the message and send it again"),
	CodeUnknown:               words("WhatsApp сообщил о сбое: сообщение могло дойти, спросите контакта, прежде чем отправлять снова", "WhatsApp reported a failure: the message may have been delivered; ask the contact before you send it again"),
	CodeNoNumber:              words("Meta не знает такого ID номера, или токену он недоступен: проверьте оба", "Meta does not know this phone number ID, or the token may not use it: check both"),
	CodeNoBusiness:            words("Meta не знает такого ID аккаунта WhatsApp Business, или токену он недоступен: проверьте оба", "Meta does not know this WhatsApp Business account ID, or the token may not use it: check both"),
	CodeNotSubscribed:         words("ни одно приложение не подписано на события аккаунта: подпишите приложение в настройках webhook", "no app is subscribed to the account's events: subscribe the app in the webhook settings"),
	CodeRestricted:            words("Meta ограничила аккаунт WhatsApp: что запрещено и до какого времени, показывает WhatsApp Manager", "Meta has restricted the WhatsApp account: WhatsApp Manager shows what is forbidden and until when"),
	CodeDisabled:              words("Meta отключила аккаунт WhatsApp: обжалуйте в WhatsApp Manager", "Meta has disabled the WhatsApp account: appeal in WhatsApp Manager"),
	CodeDeleted:               words("аккаунт WhatsApp удалён: подключите другой", "the WhatsApp account has been deleted: connect another"),
}

// Words says what a code of this package means, in both languages. An error's text is the
// English phrase; Meta's own number stands in Error.Err.
func Words(code string) (channels.Words, bool) { return phrases.Words(code) }

// Phrases implements channels.Speaker.
func (*Driver) Phrases() []channels.Phrase { return append(phrases.List(), problems.List()...) }

// Codes are all codes that Words knows.
func Codes() []string { return phrases.Codes() }

func phrase(code string) channels.Words { return phrases[code] }

// failure makes an error of a code.
func failure(kind channels.ErrorKind, code string) *channels.Error {
	return phrases.Failure(kind, code, "")
}
