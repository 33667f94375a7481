package whatsapp

import "parley/channels"

// problems are what is said of pushes that are not understood.
var problems = channels.Problems{
	"the push is not one of a WhatsApp Business account": "это не уведомление аккаунта WhatsApp Business",
	"an entry of the push makes no sense":                "запись уведомления непонятна",
	"a change of the push makes no sense":                "изменение в уведомлении непонятно",
	"the value of a change makes no sense":               "содержимое изменения непонятно",
	"an id is too long":                                  "идентификатор слишком длинный",
	"a change about messages holds none":                 "изменение говорит о сообщениях, но их в нём нет",
	"WhatsApp reports an error of its own":               "WhatsApp сообщает о собственной ошибке",
	"a message makes no sense":                           "сообщение непонятно",
	"a message has no id":                                "у сообщения нет идентификатора",
	"a message does not say who it is from":              "в сообщении не сказано, от кого оно",
	"a reaction names no message":                        "реакция не называет сообщения",
	"an edit names no message":                           "правка не называет сообщения",
	"a deletion names no message":                        "удаление не называет сообщения",
	"a status makes no sense":                            "статус непонятен",
	"a status lacks its message or its state":            "в статусе нет сообщения или состояния",
	"a call makes no sense":                              "звонок непонятен",
	"a call does not say who it is from":                 "в звонке не сказано, от кого он",
	"a contact's preference makes no sense":              "настройка клиента непонятна",
	"a message to another number of this business ({name}): connect that number as well, and give it a webhook address of its own": "сообщение на другой номер этой компании ({name}): подключите и этот номер и дайте ему свой адрес вебхука",
}
