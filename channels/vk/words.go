package vk

import (
	"parley/channels"
)

// The codes of what can go wrong, besides those of channels.Limits.Check.
const (
	CodeToken       = "token_refused"
	CodeRight       = "right_missing"
	CodeSlower      = "too_many_calls"
	CodeFlood       = "flood_control"
	CodeDaily       = "rate_limit"
	CodeCaptcha     = "captcha_needed"
	CodeInternal    = "vk_internal"
	CodeAppOff      = "application_disabled"
	CodeParameter   = "parameter_refused"
	CodeBlacklisted = "contact_blacklisted"
	CodeNotAllowed  = "contact_not_allowed"
	CodePrivacy     = "contact_privacy"
	CodeDeleted     = "contact_deleted"
	CodeNoContact   = "contact_not_found"
	CodeKeyboard    = "keyboard_refused"
	CodeBotsOff     = "bot_features_off"
	CodeTooLong     = "text_too_long"
	CodeTooBig      = "message_too_big"
	CodeForward     = "forward_refused"
	CodeNoChat      = "chat_no_access"
	CodeNotAdmin    = "chat_not_admin"
	CodeChatOff     = "chat_disabled"
	CodeDonut       = "subscription_needed"
	CodeWindow      = "reply_too_late"
	CodeRequest     = "message_request"
	CodeEditExpired = "edit_expired"
	CodeEditKind    = "edit_refused"
	CodeDelete      = "delete_refused"
	CodeReaction    = "reaction_refused"
	CodeNotFound    = "not_found"
	CodeRefused     = "refused"
	CodeLongPollOff = "longpoll_off"
	CodeEventsOff   = "events_off"
	CodeGroup       = "group_not_found"
	CodeUpload      = "upload_failed"
	CodeFileRefused = "file_refused"
	CodeFile        = "file_unreadable"
	CodeGone        = "file_gone"
	CodeFileBig     = "file_too_large"
	CodeChat        = "chat_invalid"
	CodeMessage     = "message_id_invalid"
	CodeUnreachable = "unreachable"
	CodeTimeout     = "timeout"
	CodeUnconfirmed = "not_confirmed"
	CodeUnexpected  = "unexpected_answer"
	CodeUnavailable = "unavailable"
	CodeNotStored   = "not_stored"
	CodeCancelled   = "cancelled"
)

// phrases are what the codes mean, for people.
var phrases = channels.Phrases{
	CodeToken:       {RU: "ВКонтакте не принимает ключ доступа: создайте новый в разделе «Работа с API» и впишите его", EN: "VK refuses the access key: make a new one in the section API usage and enter it"},
	CodeRight:       {RU: "у ключа доступа нет нужных прав: создайте ключ с правами на сообщения, фотографии и документы", EN: "the access key lacks a right: make one with the rights to messages, photos and documents"},
	CodeSlower:      {RU: "ВКонтакте просит обращаться реже", EN: "VK asks for fewer calls a second"},
	CodeFlood:       {RU: "ВКонтакте считает эти сообщения слишком частыми или одинаковыми", EN: "VK finds these messages too frequent or too alike"},
	CodeDaily:       {RU: "исчерпан лимит обращений к ВКонтакте, он откроется позже", EN: "the quota of calls to VK is used up for now"},
	CodeCaptcha:     {RU: "ВКонтакте требует ввести код с картинки", EN: "VK wants a captcha to be solved"},
	CodeInternal:    {RU: "во ВКонтакте внутренняя ошибка: сообщение могло дойти", EN: "VK has an internal error: the message may have been delivered"},
	CodeAppOff:      {RU: "приложение или метод отключены во ВКонтакте", EN: "VK has switched the application or the method off"},
	CodeParameter:   {RU: "ВКонтакте не принимает значение в запросе", EN: "VK refuses a value in the request"},
	CodeBlacklisted: {RU: "этот человек в чёрном списке сообщества", EN: "this person is on the community's blacklist"},
	CodeNotAllowed:  {RU: "человек не разрешил сообществу писать ему: он должен написать первым или разрешить сообщения", EN: "this person does not allow messages from the community: they have to write first or allow them"},
	CodePrivacy:     {RU: "настройки приватности этого человека не дают ему писать", EN: "this person's privacy settings do not let us write"},
	CodeDeleted:     {RU: "страница этого человека удалена или заблокирована", EN: "this person's page is deleted or banned"},
	CodeNoContact:   {RU: "такого человека во ВКонтакте нет", EN: "there is no such person on VK"},
	CodeKeyboard:    {RU: "ВКонтакте не принимает эти кнопки", EN: "VK refuses these buttons"},
	CodeBotsOff:     {RU: "включите в сообществе «Возможности ботов»: без них кнопки не отправить", EN: "switch on the community's bot capabilities: without them buttons cannot be sent"},
	CodeTooLong:     {RU: "текст слишком длинный для ВКонтакте", EN: "the text is too long for VK"},
	CodeTooBig:      {RU: "сообщение слишком большое для ВКонтакте", EN: "the message is too big for VK"},
	CodeForward:     {RU: "эти сообщения нельзя переслать или процитировать", EN: "these messages cannot be forwarded or quoted"},
	CodeNoChat:      {RU: "у сообщества нет доступа к этой беседе", EN: "the community has no access to this chat"},
	CodeNotAdmin:    {RU: "сообщество не администратор этой беседы", EN: "the community is no administrator of this chat"},
	CodeChatOff:     {RU: "эта беседа отключена", EN: "this chat is disabled"},
	CodeDonut:       {RU: "писать можно только подписчикам VK Donut", EN: "only subscribers of VK Donut can be written to"},
	CodeWindow:      {RU: "срок для ответа в этой переписке истёк", EN: "the time to answer in this conversation is over"},
	CodeRequest:     {RU: "человек ещё не принял запрос на переписку", EN: "this person has not accepted the message request yet"},
	CodeEditExpired: {RU: "сообщение уже нельзя изменить: прошло больше суток", EN: "the message is too old to be changed"},
	CodeEditKind:    {RU: "такое сообщение изменить нельзя", EN: "messages of this kind cannot be changed"},
	CodeDelete:      {RU: "сообщение уже нельзя удалить у собеседника", EN: "the message can no longer be deleted for everybody"},
	CodeReaction:    {RU: "такой реакции во ВКонтакте нет", EN: "VK does not have this reaction"},
	CodeNotFound:    {RU: "во ВКонтакте этого нет", EN: "VK does not have this"},
	CodeRefused:     {RU: "ВКонтакте отказался выполнить запрос", EN: "VK refused the request"},
	CodeLongPollOff: {RU: "включите Long Poll API в настройках сообщества: «Работа с API» → Long Poll API", EN: "switch on the Long Poll API in the community's settings: API usage → Long Poll API"},
	CodeEventsOff:   {RU: "в настройках Long Poll API отметьте события сообщений: входящее, исходящее, редактирование, прочтение, реакции", EN: "tick the events of messages in the settings of the Long Poll API: incoming, outgoing, edited, read, reactions"},
	CodeGroup:       {RU: "сообщества с таким номером нет или ключ доступа от другого", EN: "there is no community of this number, or the access key is another's"},
	CodeUpload:      {RU: "файл не удалось загрузить во ВКонтакте, сообщение не отправлено", EN: "a file could not be uploaded to VK, nothing was sent"},
	CodeFileRefused: {RU: "ВКонтакте не принимает этот файл, сообщение не отправлено", EN: "VK refuses this file, nothing was sent"},
	CodeFile:        {RU: "вложение не удалось прочитать", EN: "an attachment could not be read"},
	CodeGone:        {RU: "этого файла во ВКонтакте больше нет", EN: "VK no longer has this file"},
	CodeFileBig:     {RU: "файл слишком большой", EN: "the file is too large"},
	CodeChat:        {RU: "это не адрес во ВКонтакте", EN: "this is no address on VK"},
	CodeMessage:     {RU: "это не сообщение ВКонтакте", EN: "this is no message of VK"},
	CodeUnreachable: {RU: "до ВКонтакте не достучаться", EN: "VK cannot be reached"},
	CodeTimeout:     {RU: "ВКонтакте не отвечает", EN: "VK does not answer"},
	CodeUnconfirmed: {RU: "ВКонтакте получил сообщение, но не подтвердил его: оно могло дойти", EN: "VK got the message but did not confirm it: it may have been delivered"},
	CodeUnexpected:  {RU: "ответ ВКонтакте непонятен", EN: "VK's answer makes no sense"},
	CodeUnavailable: {RU: "ВКонтакте сейчас недоступен", EN: "VK is unavailable for now"},
	CodeNotStored:   {RU: "полученное пока не удалось сохранить", EN: "what arrived could not be stored yet"},
	CodeCancelled:   {RU: "отправка прервана, сообщение не отправлено", EN: "sending was broken off, nothing was sent"},
}

// Words says what a code of this package means, in both languages. An error's text begins with the
// English phrase, so that whoever shows it in Russian can put the other in its place.
func Words(code string) (channels.Words, bool) { return phrases.Words(code) }

// Phrases implements channels.Speaker.
func (*Driver) Phrases() []channels.Phrase { return append(phrases.List(), problems.List()...) }

// Codes are all codes that Words knows.
func Codes() []string { return phrases.Codes() }
