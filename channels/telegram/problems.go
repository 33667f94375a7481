package telegram

import "parley/channels"

// problems are what is said of updates that are not understood.
var problems = channels.Problems{
	"the update is no JSON object":            "обновление — не объект JSON",
	"the update has no id":                    "у обновления нет номера",
	"the update is too large":                 "обновление слишком большое",
	"an id is too long":                       "идентификатор слишком длинный",
	"the message cannot be read":              "сообщение не удалось прочитать",
	"the message holds nothing that is known": "в сообщении нет ничего известного",
	"the edited message cannot be read":       "изменённое сообщение не удалось прочитать",
	"the deletion cannot be read":             "удаление не удалось прочитать",
	"the reaction cannot be read":             "реакцию не удалось прочитать",
	"the press cannot be read":                "нажатие кнопки не удалось прочитать",
	"the message of the press cannot be read": "сообщение с нажатой кнопкой не удалось прочитать",
	"the change of membership cannot be read": "изменение состава чата не удалось прочитать",
}
