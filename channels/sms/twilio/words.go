package twilio

import "parley/channels"

// Phrases are what the codes of this package mean, for people.
func Phrases() []channels.Phrase {
	list := []channels.Phrase{
		phrase("twilio_*", "Twilio отказался отправить сообщение: {code}", "Twilio refused the message: {code}"),
		phrase("twilio_*", "сообщение не доставлено: ошибка Twilio {code}", "the message was not delivered: Twilio's error {code}"),
		phrase("undelivered", "сообщение не доставлено; причину Twilio не назвал", "the message was not delivered; Twilio gives no reason"),
		phrase("account_*", "учётная запись Twilio в состоянии {state}", "the account at Twilio is {state}"),
		phrase("http_*", "Twilio ответил {status}", "Twilio answered {status}"),
		phrase("bad_address", "base_url не годится", "base_url cannot be used"),
		phrase("file_gone", "файла у Twilio больше нет", "the file is no longer at Twilio"),
		phrase("file_status", "Twilio ответил {status}", "Twilio answered {status}"),
		phrase("not_stored", "файл не удалось сохранить", "the file could not be stored"),
		phrase("unknown_file", "это не файл Twilio", "the file's reference is none of Twilio's"),
		phrase("unknown_file", "адрес файла не годится", "the file's address cannot be used"),
		phrase(channels.CodeUnreachable, "Twilio недоступен", "Twilio cannot be reached"),
		phrase(channels.CodeNoAnswer, "ответ Twilio непонятен: сообщение могло уйти", "Twilio's answer makes no sense"),
		phrase(channels.CodeFileTooLarge, "файл больше 10 МБ", "the file is larger than 10 MB"),
	}
	for code, v := range codes {
		list = append(list, phrase(codeOf(code), russian[code], v.text))
	}
	return list
}

func phrase(code, ru, en string) channels.Phrase {
	return channels.Phrase{Code: code, Words: channels.Words{RU: ru, EN: en}}
}

// russian are the texts of codes in the other language.
var russian = map[int]string{
	20003: "Twilio не принимает account SID и auth token",
	20008: "это тестовые данные Twilio: с ними ничего не отправляется",
	20429: "слишком много запросов к Twilio сразу",
	21211: "это не номер телефона",
	21212: "номер отправителя неверен",
	21266: "сообщение ушло бы на тот же номер, с которого отправляется",
	21408: "отправка в эту страну не включена в Twilio (Messaging, Settings, Geo permissions)",
	21606: "номер отправителя чужой или не умеет отправлять SMS",
	21608: "пробная учётная запись отправляет только на подтверждённые номера",
	21609: "Twilio не может сообщать о доставке на наш адрес: задайте в PARLEY_PUBLIC_URL доступный извне",
	21610: "человек ответил STOP и не получит сообщений, пока не напишет START",
	21611: "очередь отправителя в Twilio переполнена",
	21612: "с номера отправителя у Twilio нет пути на этот номер",
	21614: "это не мобильный номер",
	21617: "текст длиннее 1600 знаков",
	21703: "у службы сообщений нет номера для отправки",
	30001: "очередь слишком долго была полна; отправьте ещё раз",
	30002: "учётная запись приостановлена",
	30003: "телефон выключен или вне сети",
	30004: "номер отклоняет сообщения или не может их получать",
	30005: "номер неизвестен или больше не используется",
	30006: "это городской номер, или его сеть недоступна",
	30007: "оператор отсеял сообщение как нежелательное",
	30008: "оператор не назвал причину",
	30009: "часть сообщения потерялась",
	30010: "сообщение дороже заданного предела",
	30022: "превышен темп зарегистрированного отправителя; отправьте ещё раз",
	30032: "бесплатный номер ещё не подтверждён",
	30034: "номер отправителя не зарегистрирован для деловых сообщений в США (A2P 10DLC)",
}
