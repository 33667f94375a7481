package custom

import "parley/channels"

// problems are what is said of events that are not understood. They speak to whoever writes the other side.
var problems = channels.Problems{
	"the body is no JSON: it breaks at byte {n}":                             "тело — не JSON: ошибка у байта {n}",
	"the body is no JSON object of the right form":                           "тело — не объект JSON нужного вида",
	"id: it is missing, and without it a repetition could not be recognised": "id: его нет, а без него не узнать повтор",
	"chat_id: it is missing, and so is sender.id":                            "chat_id: его нет, и sender.id тоже",
	`direction: use "inbound" or "outbound"`:                                 `direction: нужно "inbound" или "outbound"`,
	"sent_at: write times as 2026-11-22T08:30:00Z":                           "sent_at: пишите время как 2026-11-22T08:30:00Z",
	`state: use "delivered", "read" or "failed"`:                             `state: нужно "delivered", "read" или "failed"`,
	"text: a message needs a text or attachments":                            "text: сообщению нужен текст или вложения",
	"{name}: at most {n} bytes":                                              "{name}: не больше {n} байт",
	"{name}: this is not a string":                                           "{name}: это не строка",
	"{name}: this is not a number":                                           "{name}: это не число",
	"{name}: this is not true or false":                                      "{name}: это не true и не false",
	"{name}: this is not an array":                                           "{name}: это не массив",
	"{name}: this is not an object":                                          "{name}: это не объект",
	"{name}: give url or content_base64":                                     "{name}: укажите url или content_base64",
}
