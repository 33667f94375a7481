package sms

import "parley/channels"

// problems are what is said of pushes that are not understood.
var problems = channels.Problems{
	"the push fits neither the description's inbound nor its receipt": "запрос не подходит ни под inbound, ни под receipt описания",
	"the push names no message":                                       "запрос не называет сообщения",
	"the message has no sender":                                       "у сообщения нет отправителя",
}
