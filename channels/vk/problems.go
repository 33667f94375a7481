package vk

import "parley/channels"

// problems are what is said of events that are not understood.
var problems = channels.Problems{
	"no JSON of an event":                         "это не событие в JSON",
	"an event without a type":                     "у события нет типа",
	"an event about a message that holds none":    "событие о сообщении, в котором сообщения нет",
	"an event that does not say whom it concerns": "событие не говорит, кого оно касается",
	"an event of another shape":                   "событие устроено иначе",
}
