package notify

import (
	"strconv"
	"unicode"
	"unicode/utf8"

	"parley/internal/fault"
)

// phrase is what an agent reads of a kind of alert.
type phrase struct {
	push fault.Text // the title of a push, before the number of the conversation
	mail fault.Text // the first line of a mail
}

// words returns those of an alert.
func (t *Told) words() phrase {
	switch t.Kind {
	case Assigned:
		if t.By != 0 {
			return phrase{fault.T("Вам передали диалог", "Handed over to you"),
				fault.T("Пока вас не было, коллега передал вам диалог.", "While you were away, a colleague handed you a conversation.")}
		}
		return phrase{fault.T("Новый диалог", "New conversation"),
			fault.T("Пока вас не было, вам достался диалог.", "While you were away, a conversation came to you.")}
	case Message:
		return phrase{fault.T("Новое сообщение", "New message"),
			fault.T("Пока вас не было, в вашем диалоге появилось новое сообщение.", "While you were away, somebody wrote in a conversation of yours.")}
	case Mention:
		return phrase{fault.T("Вас упомянули", "You were mentioned"),
			fault.T("Пока вас не было, коллега упомянул вас в заметке.", "While you were away, a colleague mentioned you in a note.")}
	case Followed:
		return phrase{fault.T("Новое сообщение", "New message"),
			fault.T("Пока вас не было, появилось новое сообщение в диалоге, за которым вы следите.", "While you were away, somebody wrote in a conversation that you follow.")}
	case Warning:
		return phrase{fault.T("Срок близко", "Deadline near"),
			fault.T("Срок ответа по диалогу подходит к концу.", "The deadline of a conversation comes near.")}
	case Breach:
		return phrase{fault.T("Срок нарушен", "Deadline missed"),
			fault.T("Срок по диалогу нарушен.", "The deadline of a conversation was missed.")}
	case Overdue:
		return phrase{fault.T("Много диалогов ждёт дольше обещанного", "Many conversations wait for too long"),
			fault.T("Много диалогов ждёт дольше, чем обещано.", "Many conversations wait for longer than was promised.")}
	}
	return phrase{fault.T("Нужно вмешаться", "Escalated to you"),
		fault.T("Диалог передан вам: больше некому.", "A conversation was escalated to you: nobody else is left.")}
}

// subject is that of a mail; number 0 is where no single conversation is meant.
func (p phrase) subject(number int64) fault.Text {
	if number == 0 {
		return p.push
	}
	n := strconv.FormatInt(number, 10)
	return fault.T("Parley: "+lower(p.push.RU)+", диалог № "+n, "Parley: "+lower(p.push.EN)+", conversation "+n)
}

// title is that of a push.
func (p phrase) title(language string, number int64) string {
	if number == 0 {
		return p.push.In(language)
	}
	n := strconv.FormatInt(number, 10)
	return p.push.In(language) + " · " + fault.T("№ "+n, n).In(language)
}

// lower begins a text with a small letter.
func lower(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToLower(first)) + text[size:]
}
