package email

import "parley/channels"

// unnamedGroup is said of mails that came by a group of which nobody said that it is ours.
const unnamedGroup = "mails to the group {group} open no conversations. If customers write there, name its address among the aliases of the mailbox"

// problems are what is said of mails that are not understood or cannot be fetched.
var problems = channels.Problems{
	"the mail was sent from here and names nobody it went to": "письмо отправлено отсюда и не называет получателей",
	"the mail does not say who wrote it":                      "в письме не сказано, кто его написал",
	"the mail could not be understood":                        "письмо не удалось разобрать",
	"the mail is too large":                                   "письмо слишком большое",
	unnamedGroup:                                              "письма в группу {group} не открывают диалогов. Если туда пишут клиенты, назовите её адрес в псевдонимах ящика",
	"the mail server cannot give this mail out":               "почтовый сервер не может отдать это письмо",
}
