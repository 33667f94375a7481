package telegram

import (
	"errors"
	"strings"

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
	CodeRefused     = "refused"
	CodeUnsupported = "unsupported"
)

// phrases are what the codes mean, for people. An error's text begins with the English phrase; behind ": "
// may stand the network's own words.
var phrases = channels.Phrases{
	CodeToken:       {RU: "Telegram не принимает токен: возьмите новый у @BotFather", EN: "Telegram refuses the token: get a new one from @BotFather"},
	CodeNotBotAPI:   {RU: "по этому адресу отвечает не Bot API", EN: "what answers at this address is no Bot API"},
	CodeUnreachable: {RU: "Telegram недоступен, ничего не отправлено", EN: "Telegram cannot be reached, nothing was sent"},
	CodeNoAnswer:    {RU: "Telegram не подтвердил сообщение: оно могло дойти", EN: "Telegram did not confirm the message: it may have been delivered"},
	CodeGarbled:     {RU: "ответ Telegram непонятен", EN: "Telegram's answer makes no sense"},
	CodeServer:      {RU: "у Telegram неполадки", EN: "Telegram is in trouble"},
	CodeRate:        {RU: "Telegram просит отправлять реже", EN: "Telegram asks to send less often"},
	CodeConflict:    {RU: "с этим токеном сообщения получает другая программа: остановите её или перевыпустите токен", EN: "another program receives with this token: stop it, or have the token reissued"},
	CodeHookSet:     {RU: "другая программа включила вебхук этого бота: остановите её или перевыпустите токен", EN: "another program has set a webhook for this bot: stop it, or have the token reissued"},
	CodeHookRefused: {RU: "Telegram не принимает адрес вебхука: нужен https, порт 443, 80, 88 или 8443", EN: "Telegram refuses the webhook's address: https and the port 443, 80, 88 or 8443 are needed"},
	CodeHookTrouble: {RU: "Telegram не может доставить обновления на наш вебхук", EN: "Telegram cannot deliver updates to our webhook"},
	CodeNoAddress:   {RU: "у Parley нет адреса https, на который Telegram мог бы присылать: задайте PARLEY_PUBLIC_URL или выберите опрос", EN: "Parley has no https address that Telegram could push to: set PARLEY_PUBLIC_URL, or choose polling"},
	CodeNotStored:   {RU: "полученное пока не удалось сохранить", EN: "what arrived could not be stored yet"},
	CodeBlocked:     {RU: "клиент остановил бота: пока он не напишет снова, ответить нельзя", EN: "the contact has stopped the bot: no answer is possible until they write again"},
	CodeGone:        {RU: "учётная запись клиента удалена", EN: "the contact's account is deleted"},
	CodeCannotStart: {RU: "бот не может написать первым: клиент должен начать сам", EN: "a bot cannot write first: the contact has to begin"},
	CodeRemoved:     {RU: "бота нет в этой группе: добавьте его снова", EN: "the bot is not in this group: add it again"},
	CodeNoChat:      {RU: "Telegram не знает этого чата", EN: "Telegram does not know this chat"},
	CodeNoRights:    {RU: "боту не хватает прав в этом чате", EN: "the bot lacks the rights for this in the chat"},
	CodeBusiness:    {RU: "бизнес-аккаунт не разрешает боту отвечать, или клиент молчал больше суток", EN: "the business account does not let the bot answer, or the contact was silent for more than a day"},
	CodeTopic:       {RU: "тема группы закрыта или удалена", EN: "the group's topic is closed or deleted"},
	CodeMoved:       {RU: "группа стала супергруппой: сообщение уйдёт по новому адресу", EN: "the group became a supergroup: the message goes to its new address"},
	CodeFormat:      {RU: "Telegram не понял оформление текста", EN: "Telegram did not understand the formatting"},
	CodeButton:      {RU: "Telegram не принимает кнопку: проверьте её данные и адрес", EN: "Telegram refuses a button: check its data and address"},
	CodeReaction:    {RU: "такой реакции в этом чате нет", EN: "there is no such reaction in this chat"},
	CodePicture:     {RU: "Telegram не принимает картинку: отправьте её файлом", EN: "Telegram refuses the picture: send it as a file"},
	CodeVoice:       {RU: "клиент не принимает голосовые сообщения", EN: "the contact does not take voice messages"},
	CodeTooLate:     {RU: "это сообщение уже нельзя изменить или удалить", EN: "this message can no longer be changed or deleted"},
	CodeFile:        {RU: "файл не удалось прочитать", EN: "a file could not be read"},
	CodePartly:      {RU: "дошла только часть сообщения", EN: "only a part of the message was delivered"},
	CodeRefused:     {RU: "Telegram отказал", EN: "Telegram refused"},
	CodeUnsupported: {RU: "в этом чате так нельзя", EN: "this cannot be done in this chat"},

	channels.CodeTextTooLong:  {RU: "текст слишком длинный для Telegram", EN: "the text is too long for Telegram"},
	channels.CodeFileTooLarge: {RU: "файл слишком большой для Telegram", EN: "the file is too large for Telegram"},
}

// Words says what a code of this package means, in both languages. An error's text begins with the
// English phrase, so that whoever shows it in Russian can put the other in its place.
func Words(code string) (channels.Words, bool) { return phrases.Words(code) }

// Phrases implements channels.Speaker.
func (*Driver) Phrases() []channels.Phrase { return append(phrases.List(), problems.List()...) }

// Codes are all codes that Words knows.
func Codes() []string { return phrases.Codes() }

// failure makes an error of a code; detail may be empty.
func failure(kind channels.ErrorKind, code, detail string) *channels.Error {
	return phrases.Failure(kind, code, detail)
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
	c := &channels.ConfigError{Field: fields[e.Code], RU: w.RU + strings.TrimPrefix(e.Text, w.EN), EN: e.Text}
	if e.Err == nil {
		e.Err = c
	} else {
		e.Err = errors.Join(c, e.Err)
	}
	return e
}
