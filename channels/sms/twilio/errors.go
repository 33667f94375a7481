package twilio

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"parley/channels"
)

// verdict is what one of Twilio's codes means for us.
type verdict struct {
	kind  channels.ErrorKind
	scope channels.Scope
	words channels.Words
}

// codes are Twilio's errors that have a meaning of their own here
// (twilio.com/docs/api/errors, looked up on 2026-11-22). Those from 30000 come in statuses,
// after the message was taken. What is not listed is permanent when it comes with a status of
// 4xx.
var codes = map[int]verdict{
	20003: {channels.AuthFailed, channels.ScopeAccount, channels.Words{RU: "Twilio не принимает Account SID и Auth Token: возьмите их заново в консоли Twilio", EN: "Twilio does not accept the account SID and the auth token: copy them again from Twilio's console"}},
	20008: {channels.AuthFailed, channels.ScopeAccount, channels.Words{RU: "это тестовые данные Twilio, с ними ничего не отправляется: впишите настоящие", EN: "these are Twilio's test credentials, which send nothing: enter the real ones"}},
	20429: {channels.Transient, channels.ScopeAccount, channels.Words{RU: "слишком много запросов к Twilio сразу: сообщение уйдёт, когда он разрешит", EN: "too many requests to Twilio at once: the message goes out when it allows"}},
	21211: {channels.Permanent, channels.ScopeChat, channels.Words{RU: "это не номер телефона: проверьте номер контакта", EN: "this is not a valid phone number: check the contact's number"}},
	21212: {channels.Permanent, channels.ScopeAccount, channels.Words{RU: "номер отправителя неверен: исправьте его в настройках канала", EN: "the sender's number is not valid: mend it in the channel's settings"}},
	21266: {channels.Permanent, channels.ScopeChat, channels.Words{RU: "сообщение ушло бы на тот же номер, с которого отправляется: выберите другого получателя", EN: "the message would go to the number that sends it: choose another recipient"}},
	21408: {channels.Permanent, channels.ScopeChat, channels.Words{RU: "отправка в эту страну не включена в Twilio: включите её в консоли Twilio, в географических разрешениях", EN: "sending to this country is not switched on at Twilio: switch it on in its console (Messaging, Settings, Geo permissions)"}},
	21606: {channels.Permanent, channels.ScopeAccount, channels.Words{RU: "номер отправителя чужой или не умеет отправлять SMS: исправьте его в настройках канала", EN: "the sender's number is not the account's own or cannot send SMS: mend it in the channel's settings"}},
	21608: {channels.Permanent, channels.ScopeChat, channels.Words{RU: "пробная учётная запись Twilio отправляет только на подтверждённые номера: подтвердите номер или оплатите её", EN: "a trial account sends to verified numbers alone: verify the number, or pay for the account"}},
	21609: {channels.Permanent, channels.ScopeAccount, channels.Words{RU: "Twilio не может сообщать о доставке на наш адрес: задайте в PARLEY_PUBLIC_URL доступный извне", EN: "Twilio cannot use our address for statuses: set PARLEY_PUBLIC_URL to one that is public"}},
	21610: {channels.Permanent, channels.ScopeChat, channels.Words{RU: "человек ответил STOP: он не получит сообщений, пока не напишет START", EN: "the person has answered STOP: they get no messages until they write START"}},
	21611: {channels.Transient, channels.ScopeAccount, channels.Words{RU: "очередь отправителя в Twilio переполнена: сообщение уйдёт позже", EN: "the sender's queue at Twilio is full: the message goes out later"}},
	21612: {channels.Permanent, channels.ScopeChat, channels.Words{RU: "с номера отправителя у Twilio нет пути на этот номер: позвоните или напишите по другому каналу", EN: "Twilio has no route from the sender's number to this one: call, or use another channel"}},
	21614: {channels.Permanent, channels.ScopeChat, channels.Words{RU: "это не мобильный номер: позвоните или напишите по другому каналу", EN: "this number is not a mobile one: call, or use another channel"}},
	21617: {channels.Permanent, channels.ScopeChat, channels.Words{RU: "текст длиннее 1600 знаков: сократите его", EN: "the text is longer than 1,600 characters: shorten it"}},
	21703: {channels.Permanent, channels.ScopeAccount, channels.Words{RU: "у службы сообщений Twilio нет номера для отправки: добавьте его в консоли Twilio", EN: "the messaging service has no number to send from: add one in Twilio's console"}},
	30001: {channels.Permanent, channels.ScopeChat, channels.Words{RU: "очередь слишком долго была полна: отправьте ещё раз", EN: "the queue was full for too long: send it again"}},
	30002: {channels.Permanent, channels.ScopeAccount, channels.Words{RU: "учётная запись Twilio приостановлена: откройте консоль Twilio и пополните счёт или обратитесь в поддержку", EN: "the account at Twilio is suspended: open Twilio's console and top it up, or ask support"}},
	30003: {channels.Permanent, channels.ScopeChat, channels.Words{RU: "телефон выключен или вне сети: отправьте позже или напишите по другому каналу", EN: "the phone is switched off or out of reach: send it later, or use another channel"}},
	30004: {channels.Permanent, channels.ScopeChat, channels.Words{RU: "номер отклоняет сообщения или не может их получать: напишите по другому каналу", EN: "the number blocks messages or cannot receive any: use another channel"}},
	30005: {channels.Permanent, channels.ScopeChat, channels.Words{RU: "номер неизвестен или больше не используется: проверьте номер контакта", EN: "the number is unknown or no longer in use: check the contact's number"}},
	30006: {channels.Permanent, channels.ScopeChat, channels.Words{RU: "это городской номер, или его сеть недоступна: позвоните или напишите по другому каналу", EN: "this is a landline, or its network cannot be reached: call, or use another channel"}},
	30007: {channels.Permanent, channels.ScopeChat, channels.Words{RU: "оператор отсеял сообщение как нежелательное: напишите иначе и без ссылок", EN: "the carrier filtered the message as unwanted: write differently and without links"}},
	30008: {channels.Permanent, channels.ScopeChat, channels.Words{RU: "сообщение не доставлено, оператор не назвал причину: отправьте ещё раз или напишите по другому каналу", EN: "the message was not delivered and the carrier gave no reason: send it again, or use another channel"}},
	30009: {channels.Permanent, channels.ScopeChat, channels.Words{RU: "часть сообщения потерялась: отправьте его ещё раз", EN: "a part of the message was lost: send it again"}},
	30010: {channels.Permanent, channels.ScopeChat, channels.Words{RU: "сообщение дороже заданного предела: сократите его или поднимите предел в консоли Twilio", EN: "the message costs more than the set maximum: shorten it, or raise the maximum in Twilio's console"}},
	30022: {channels.Permanent, channels.ScopeAccount, channels.Words{RU: "превышен темп зарегистрированного отправителя: отправьте ещё раз", EN: "the registered sender's rate was exceeded: send it again"}},
	30032: {channels.Permanent, channels.ScopeAccount, channels.Words{RU: "бесплатный номер ещё не подтверждён: подтвердите его в консоли Twilio", EN: "the toll-free number is not verified yet: verify it in Twilio's console"}},
	30034: {channels.Permanent, channels.ScopeAccount, channels.Words{RU: "номер отправителя не зарегистрирован для деловых сообщений в США: зарегистрируйте его в консоли Twilio", EN: "the sender's number is not registered for business messages in the USA (A2P 10DLC): register it in Twilio's console"}},
}

// problem is an error as Twilio writes it.
type problem struct {
	Code int `json:"code"`
}

// refusal says what an answer means; nil is success. Twilio's own words are not repeated: they
// quote numbers.
func refusal(a channels.Answer, now time.Time) *channels.Error {
	if a.Status >= 200 && a.Status < 300 {
		return nil
	}
	var p problem
	_ = json.Unmarshal(a.Body, &p) // what is no JSON has no code
	e := &channels.Error{Kind: channels.Permanent, Code: "http_" + strconv.Itoa(a.Status), Text: server.Of(a.Status).EN}
	if p.Code != 0 {
		e.Code, e.Text = codeOf(p.Code), refused.EN
	}
	if known, ok := codes[p.Code]; ok {
		e.Kind, e.Scope, e.Text = known.kind, known.scope, known.words.EN
	}
	switch {
	case a.Status == http.StatusUnauthorized:
		e.Kind, e.Scope = channels.AuthFailed, channels.ScopeAccount
	case a.Status == http.StatusTooManyRequests:
		e.Kind, e.Scope = channels.Transient, channels.ScopeAccount
	case a.Status == http.StatusServiceUnavailable && p.Code != 0: // said by the API itself, not by something before it
		e.Kind, e.Scope = channels.Transient, channels.ScopeAccount
	case a.Status >= 500:
		e.Kind = channels.Uncertain
	}
	if e.Kind == channels.Transient {
		e.RetryAfter = a.Wait(now)
	}
	return e
}

func codeOf(code int) string { return "twilio_" + strconv.Itoa(code) }

// reason is why a message that was taken did not arrive, for people.
func reason(code string) (stable, text string) {
	n, err := strconv.Atoi(code)
	if err != nil || n <= 0 {
		return codeUndelivered, phrases[codeUndelivered].EN
	}
	if known, ok := codes[n]; ok {
		return codeOf(n), known.words.EN
	}
	return codeOf(n), lost.EN
}
