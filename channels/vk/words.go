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
	CodeSlower:      {RU: "ВКонтакте просит обращаться реже: сообщение уйдёт, когда он разрешит", EN: "VK asks for fewer calls a second: the message goes out when it allows"},
	CodeFlood:       {RU: "ВКонтакте считает эти сообщения слишком частыми или одинаковыми: подождите и напишите иначе", EN: "VK finds these messages too frequent or too alike: wait, and write differently"},
	CodeDaily:       {RU: "исчерпан лимит обращений к ВКонтакте: сообщение уйдёт, когда он откроется", EN: "the quota of calls to VK is used up for now: the message goes out when it opens again"},
	CodeCaptcha:     {RU: "ВКонтакте требует ввести код с картинки: напишите от имени сообщества на его странице, там он появится", EN: "VK wants a captcha to be solved: write as the community on its own page, where it appears"},
	CodeInternal:    {RU: "во ВКонтакте внутренняя ошибка: сообщение могло дойти, посмотрите на странице сообщества, прежде чем отправлять снова", EN: "VK has an internal error: the message may have been delivered; look at the community's page before you send it again"},
	CodeAppOff:      {RU: "приложение или метод отключены во ВКонтакте: включите их в настройках сообщества", EN: "VK has switched the application or the method off: switch it on in the community's settings"},
	CodeParameter:   {RU: "ВКонтакте не принимает значение в запросе: измените сообщение, а если не поможет, покажите его администратору", EN: "VK refuses a value in the request: change the message, and if that does not help show it to an administrator"},
	CodeBlacklisted: {RU: "этот человек в чёрном списке сообщества: уберите его оттуда, чтобы написать", EN: "this person is on the community's blacklist: take them off it to write"},
	CodeNotAllowed:  {RU: "человек не разрешил сообществу писать ему: он должен написать первым или разрешить сообщения", EN: "this person does not allow messages from the community: they have to write first or allow them"},
	CodePrivacy:     {RU: "настройки приватности этого человека не дают ему писать: он должен написать первым", EN: "this person's privacy settings do not let us write: they have to write first"},
	CodeDeleted:     {RU: "страница этого человека удалена или заблокирована: напишите ему по другому каналу", EN: "this person's page is deleted or banned: use another channel"},
	CodeNoContact:   {RU: "такого человека во ВКонтакте нет: проверьте адрес", EN: "there is no such person on VK: check the address"},
	CodeKeyboard:    {RU: "ВКонтакте не принимает эти кнопки: сократите надписи или их число", EN: "VK refuses these buttons: shorten their titles or take fewer"},
	CodeBotsOff:     {RU: "включите в сообществе «Возможности ботов»: без них кнопки не отправить", EN: "switch on the community's bot capabilities: without them buttons cannot be sent"},
	CodeTooLong:     {RU: "текст слишком длинный для ВКонтакте: разделите его на несколько сообщений", EN: "the text is too long for VK: divide it into several messages"},
	CodeTooBig:      {RU: "сообщение слишком большое для ВКонтакте: разделите его", EN: "the message is too big for VK: divide it"},
	CodeForward:     {RU: "эти сообщения нельзя переслать или процитировать: напишите без цитаты", EN: "these messages cannot be forwarded or quoted: write without a quotation"},
	CodeNoChat:      {RU: "у сообщества нет доступа к этой беседе: пусть её администратор добавит его снова", EN: "the community has no access to this chat: have its administrator add it again"},
	CodeNotAdmin:    {RU: "сообщество не администратор этой беседы: попросите назначить его", EN: "the community is no administrator of this chat: ask for it to be made one"},
	CodeChatOff:     {RU: "эта беседа отключена: напишите участникам лично", EN: "this chat is disabled: write to its members in person"},
	CodeDonut:       {RU: "писать можно только подписчикам VK Donut: напишите по другому каналу", EN: "only subscribers of VK Donut can be written to: use another channel"},
	CodeWindow:      {RU: "срок для ответа в этой переписке истёк: дождитесь, пока человек напишет снова", EN: "the time to answer in this conversation is over: wait until the person writes again"},
	CodeRequest:     {RU: "человек ещё не принял запрос на переписку: дождитесь его ответа", EN: "this person has not accepted the message request yet: wait for their answer"},
	CodeEditExpired: {RU: "прошло больше суток, и сообщение уже нельзя изменить: напишите новое", EN: "more than a day has passed and the message cannot be changed: write a new one"},
	CodeEditKind:    {RU: "такое сообщение изменить нельзя: напишите новое", EN: "messages of this kind cannot be changed: write a new one"},
	CodeDelete:      {RU: "сообщение уже нельзя удалить у собеседника: напишите, что оно неверно", EN: "the message can no longer be deleted for everybody: write that it is wrong"},
	CodeReaction:    {RU: "такой реакции во ВКонтакте нет: выберите другую", EN: "VK does not have this reaction: choose another"},
	CodeNotFound:    {RU: "во ВКонтакте этого нет: сообщение могли удалить, напишите новое", EN: "VK does not have this: the message may have been deleted; write a new one"},
	CodeRefused:     {RU: "ВКонтакте отказался выполнить запрос и не назвал понятной причины: измените сообщение и отправьте снова", EN: "VK refused the request and gave no clear reason: change the message and send it again"},
	CodeLongPollOff: {RU: "включите Long Poll API в настройках сообщества: «Работа с API» → Long Poll API", EN: "switch on the Long Poll API in the community's settings: API usage → Long Poll API"},
	CodeEventsOff:   {RU: "в настройках Long Poll API отметьте события сообщений: входящее, исходящее, редактирование, прочтение, реакции", EN: "tick the events of messages in the settings of the Long Poll API: incoming, outgoing, edited, read, reactions"},
	CodeGroup:       {RU: "сообщества с таким номером нет или ключ доступа от другого: проверьте оба", EN: "there is no community of this number, or the access key is another's: check both"},
	CodeUpload:      {RU: "файл не удалось загрузить во ВКонтакте, сообщение не отправлено: Parley попробует снова", EN: "a file could not be uploaded to VK, nothing was sent: Parley tries again"},
	CodeFileRefused: {RU: "ВКонтакте не принимает этот файл, сообщение не отправлено: отправьте его в другом виде или ссылкой", EN: "VK refuses this file, nothing was sent: send another type, or a link"},
	CodeFile:        {RU: "вложение не удалось прочитать: приложите его снова", EN: "an attachment could not be read: attach it again"},
	CodeGone:        {RU: "этого файла во ВКонтакте больше нет: попросите прислать его снова", EN: "VK no longer has this file: ask for it to be sent again"},
	CodeFileBig:     {RU: "файл слишком большой: отправьте ссылку на него", EN: "the file is too large: send a link to it"},
	CodeChat:        {RU: "это не адрес во ВКонтакте: проверьте адрес контакта", EN: "this is no address on VK: check the contact's address"},
	CodeMessage:     {RU: "это не сообщение ВКонтакте: напишите новое, без ответа на него", EN: "this is no message of VK: write a new one that does not answer it"},
	CodeUnreachable: {RU: "ВКонтакте недоступен, ничего не отправлено: Parley попробует снова, а если так и останется, проверьте доступ сервера к интернету", EN: "VK cannot be reached, nothing was sent: Parley tries again; if it stays so, check the server's way to the internet"},
	CodeTimeout:     {RU: "ВКонтакте не отвечает, ничего не отправлено: Parley попробует снова", EN: "VK does not answer, nothing was sent: Parley tries again"},
	CodeUnconfirmed: {RU: "ВКонтакте получил сообщение, но не подтвердил его: оно могло дойти, посмотрите на странице сообщества, прежде чем отправлять снова", EN: "VK got the message but did not confirm it: it may have been delivered; look at the community's page before you send it again"},
	CodeUnexpected:  {RU: "ответ ВКонтакте непонятен: проверьте адрес сервера в настройках канала, если он изменён", EN: "VK's answer makes no sense: check the server's address in the channel's settings if it was changed"},
	CodeUnavailable: {RU: "ВКонтакте сейчас недоступен: Parley попробует снова", EN: "VK is unavailable for now: Parley tries again"},
	CodeNotStored:   {RU: "полученное пока не удалось сохранить: ВКонтакте пришлёт его снова", EN: "what arrived could not be stored yet: VK sends it again"},
	CodeCancelled:   {RU: "отправка прервана, сообщение не отправлено: Parley попробует снова", EN: "sending was broken off, nothing was sent: Parley tries again"},
}

// Words says what a code of this package means, in both languages. An error's text begins with the
// English phrase, so that whoever shows it in Russian can put the other in its place.
func Words(code string) (channels.Words, bool) { return phrases.Words(code) }

// Phrases implements channels.Speaker.
func (*Driver) Phrases() []channels.Phrase { return append(phrases.List(), problems.List()...) }

// Codes are all codes that Words knows.
func Codes() []string { return phrases.Codes() }
