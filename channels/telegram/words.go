package telegram

import (
	"errors"

	"parley/channels"
)

// The codes of what did not go through, besides those of package channels.
const (
	CodeToken       = "token_refused"
	CodeNotBotAPI   = "not_a_bot_api"
	CodeUnreachable = "unreachable"
	CodeNoAnswer    = "no_answer"
	CodeGarbled     = "malformed"
	CodeServer      = "network_trouble"
	CodeRate        = "rate_limited"
	CodeConflict    = "another_poller"
	CodeHookSet     = "webhook_active"
	CodeHookRefused = "webhook_refused"
	CodeHookTrouble = "webhook_trouble"
	CodeNoAddress   = "public_address_missing"
	CodeNotStored   = "not_stored"
	CodeBlocked     = "blocked"
	CodeGone        = "contact_gone"
	CodeCannotStart = "cannot_write_first"
	CodeRemoved     = "not_in_chat"
	CodeNoChat      = "chat_unknown"
	CodeNoRights    = "no_rights"
	CodeBusiness    = "business_closed"
	CodeTopic       = "topic_closed"
	CodeMoved       = "chat_moved"
	CodeFormat      = "formatting_refused"
	CodeButton      = "button_refused"
	CodeReaction    = "reaction_refused"
	CodePicture     = "picture_refused"
	CodeVoice       = "voice_forbidden"
	CodeTooLate     = "too_late_to_change"
	CodeFile        = "file_unreadable"
	CodePartly      = "partly_sent"
	CodeLink        = "link_unusable"
	CodeRefused     = "refused"
	CodeUnsupported = "unsupported"
)

// phrases are what the codes mean, for people. An error's text is the English phrase alone: what the
// network calls it stands in Error.Err.
var phrases = channels.Phrases{
	CodeToken:       {RU: "Telegram не принимает токен: возьмите новый у @BotFather", EN: "Telegram refuses the token: get a new one from @BotFather"},
	CodeNotBotAPI:   {RU: "по этому адресу отвечает не Bot API: проверьте адрес сервера в настройках канала", EN: "what answers at this address is no Bot API: check the server's address in the channel's settings"},
	CodeUnreachable: {RU: "Telegram недоступен, ничего не отправлено: Parley попробует снова, а если так и останется, проверьте доступ сервера к интернету", EN: "Telegram cannot be reached, nothing was sent: Parley tries again; if it stays so, check the server's way to the internet"},
	CodeNoAnswer:    {RU: "Telegram не подтвердил сообщение: оно могло дойти, посмотрите в чате, прежде чем отправлять снова", EN: "Telegram did not confirm the message: it may have been delivered; look into the chat before you send it again"},
	CodeGarbled:     {RU: "ответ Telegram непонятен: сообщение могло дойти, посмотрите в чате, прежде чем отправлять снова", EN: "Telegram's answer makes no sense: the message may have been delivered; look into the chat before you send it again"},
	CodeServer:      {RU: "у Telegram неполадки: Parley попробует снова", EN: "Telegram is in trouble: Parley tries again"},
	CodeRate:        {RU: "Telegram просит отправлять реже: сообщение уйдёт, когда он разрешит", EN: "Telegram asks to send less often: the message goes out when it allows"},
	CodeConflict:    {RU: "с этим токеном сообщения получает другая программа: остановите её или перевыпустите токен", EN: "another program receives with this token: stop it, or have the token reissued"},
	CodeHookSet:     {RU: "другая программа включила вебхук этого бота: остановите её или перевыпустите токен", EN: "another program has set a webhook for this bot: stop it, or have the token reissued"},
	CodeHookRefused: {RU: "Telegram не принимает адрес вебхука: нужен https, порт 443, 80, 88 или 8443", EN: "Telegram refuses the webhook's address: https and the port 443, 80, 88 or 8443 are needed"},
	CodeHookTrouble: {RU: "Telegram не может доставить обновления на наш адрес: проверьте, что он открыт из интернета и его сертификат действует", EN: "Telegram cannot deliver updates to our address: check that it is open to the internet and that its certificate is valid"},
	CodeNoAddress:   {RU: "у Parley нет адреса, на который Telegram мог бы присылать: задайте его в PARLEY_PUBLIC_URL или выберите опрос", EN: "Parley has no https address that Telegram could push to: set PARLEY_PUBLIC_URL, or choose polling"},
	CodeNotStored:   {RU: "полученное пока не удалось сохранить: Telegram пришлёт его снова", EN: "what arrived could not be stored yet: Telegram sends it again"},
	CodeBlocked:     {RU: "клиент остановил бота: пока он не напишет снова, ответить нельзя", EN: "the contact has stopped the bot: no answer is possible until they write again"},
	CodeGone:        {RU: "учётная запись клиента удалена: напишите ему по другому каналу", EN: "the contact's account is deleted: write to them by another channel"},
	CodeCannotStart: {RU: "бот не может написать первым: клиент должен начать сам", EN: "a bot cannot write first: the contact has to begin"},
	CodeRemoved:     {RU: "бота нет в этой группе: добавьте его снова", EN: "the bot is not in this group: add it again"},
	CodeNoChat:      {RU: "Telegram не знает этого чата: дождитесь, пока клиент напишет снова, или напишите по другому каналу", EN: "Telegram does not know this chat: wait until the contact writes again, or use another channel"},
	CodeNoRights:    {RU: "боту не хватает прав в этом чате: попросите администратора чата дать их", EN: "the bot lacks the rights for this in the chat: ask the chat's administrator for them"},
	CodeBusiness:    {RU: "бизнес-аккаунт не разрешает боту отвечать, или клиент молчал больше суток: разрешите ответы в настройках бизнес-аккаунта или дождитесь клиента", EN: "the business account does not let the bot answer, or the contact was silent for more than a day: allow answers in the business account's settings, or wait for the contact"},
	CodeTopic:       {RU: "тема группы закрыта или удалена: откройте её или напишите в другую", EN: "the group's topic is closed or deleted: open it, or write to another"},
	CodeMoved:       {RU: "группа стала супергруппой: сообщение уйдёт по новому адресу", EN: "the group became a supergroup: the message goes to its new address"},
	CodeFormat:      {RU: "Telegram не понял оформление текста: уберите его и отправьте снова", EN: "Telegram did not understand the formatting: remove it and send again"},
	CodeButton:      {RU: "Telegram не принимает кнопку: проверьте её данные и адрес", EN: "Telegram refuses a button: check its data and address"},
	CodeReaction:    {RU: "такой реакции в этом чате нет: выберите другую", EN: "there is no such reaction in this chat: choose another"},
	CodePicture:     {RU: "Telegram не принимает картинку: отправьте её файлом", EN: "Telegram refuses the picture: send it as a file"},
	CodeVoice:       {RU: "клиент не принимает голосовые сообщения: отправьте запись файлом", EN: "the contact does not take voice messages: send the recording as a file"},
	CodeTooLate:     {RU: "это сообщение уже нельзя изменить или удалить: напишите новое", EN: "this message can no longer be changed or deleted: write a new one"},
	CodeFile:        {RU: "файл не удалось прочитать: приложите его снова", EN: "a file could not be read: attach it again"},
	CodePartly:      {RU: "дошла только часть сообщения: посмотрите в чате, чего не хватает, и отправьте это отдельно", EN: "only a part of the message was delivered: look into the chat what is missing, and send that by itself"},
	CodeLink:        {RU: "Telegram не смог открыть ссылку из сообщения: проверьте её или приложите сам файл", EN: "Telegram could not open a link of the message: check it, or attach the file itself"},
	CodeRefused:     {RU: "Telegram отказал и не назвал понятной причины: измените сообщение и отправьте снова", EN: "Telegram refused and gave no clear reason: change the message and send it again"},
	CodeUnsupported: {RU: "в этом чате так нельзя: напишите обычное сообщение", EN: "this cannot be done in this chat: write an ordinary message"},

	channels.CodeTextTooLong:  {RU: "текст слишком длинный для Telegram: разделите его на несколько сообщений", EN: "the text is too long for Telegram: divide it into several messages"},
	channels.CodeFileTooLarge: {RU: "файл слишком большой для Telegram: отправьте ссылку на него", EN: "the file is too large for Telegram: send a link to it"},
}

// Words says what a code of this package means, in both languages. An error's text is the
// English phrase, so that whoever shows it in Russian can put the other in its place.
func Words(code string) (channels.Words, bool) { return phrases.Words(code) }

// Phrases implements channels.Speaker.
func (*Driver) Phrases() []channels.Phrase { return append(phrases.List(), problems.List()...) }

// Codes are all codes that Words knows.
func Codes() []string { return phrases.Codes() }

// failure makes an error of a code.
func failure(kind channels.ErrorKind, code string) *channels.Error {
	return phrases.Failure(kind, code, "")
}

// fields are the configuration fields that a code is about.
var fields = map[string]string{
	CodeToken: "token", CodeConflict: "token",
	CodeHookSet: "mode", CodeHookRefused: "mode", CodeNoAddress: "mode",
	CodeNotBotAPI: "base_url", CodeUnreachable: "base_url", CodeGarbled: "base_url", CodeNoAnswer: "base_url", CodeServer: "base_url",
}

// forAdmin adds the field at fault and the words in both languages, as those see them who look after the
// account.
func forAdmin(e *channels.Error) *channels.Error {
	w, known := phrases[e.Code]
	if !known {
		return e
	}
	c := &channels.ConfigError{Field: fields[e.Code], RU: w.RU, EN: w.EN}
	if e.Err == nil {
		e.Err = c
	} else {
		e.Err = errors.Join(c, e.Err)
	}
	return e
}
