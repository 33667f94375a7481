package channels

import (
	"net/http"
	"strings"
)

// StatusWords are what HTTP statuses mean that come without a network's own word, by class. RU and EN name who
// answered, in the nominative.
type StatusWords Words

// Of says what one status means.
func (s StatusWords) Of(status int) Words { return s.with(classOf(status)) }

// Phrases are all that Of says, as a Speaker gives them for codes such as "http_503".
func (s StatusWords) Phrases() []Phrase {
	list := make([]Phrase, 0, len(statusClasses))
	for _, class := range statusClasses {
		list = append(list, Phrase{Code: "http_*", Words: s.with(class)})
	}
	return list
}

func (s StatusWords) with(class Words) Words {
	return Words{RU: strings.Replace(class.RU, "{who}", s.RU, 1), EN: strings.Replace(class.EN, "{who}", s.EN, 1)}
}

var (
	statusKey     = Words{RU: "{who} не признаёт нас: проверьте ключ, пароль или секрет в настройках канала", EN: "{who} does not know us: check the key, password or secret in the channel's settings"}
	statusNothing = Words{RU: "{who} ничего не находит по этому адресу: проверьте адрес в настройках канала", EN: "{who} finds nothing at this address: check the address in the channel's settings"}
	statusBusy    = Words{RU: "{who} просит подождать: если сообщение не уйдёт само, отправьте его позже", EN: "{who} asks to wait: if the message does not go out by itself, send it later"}
	statusMoved   = Words{RU: "{who} отсылает на другой адрес: впишите его в настройки канала", EN: "{who} points to another address: enter that one in the channel's settings"}
	statusRefused = Words{RU: "{who} отказывается принять запрос: измените сообщение, а если не поможет, проверьте настройки канала", EN: "{who} does not take the request: change the message, and if that does not help check the channel's settings"}
	statusBroken  = Words{RU: "{who} отвечает сбоем: сообщение могло дойти, спросите получателя, прежде чем отправлять снова", EN: "{who} answers with a failure: the message may have been delivered; ask the contact before you send it again"}
	statusOther   = Words{RU: "{who} отвечает непонятно: сообщение могло дойти, спросите получателя, прежде чем отправлять снова", EN: "{who} answers what makes no sense: the message may have been delivered; ask the contact before you send it again"}

	statusClasses = []Words{statusKey, statusNothing, statusBusy, statusMoved, statusRefused, statusBroken, statusOther}
)

func classOf(status int) Words {
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden:
		return statusKey
	case http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusGone:
		return statusNothing
	case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests, http.StatusServiceUnavailable:
		return statusBusy
	}
	switch status / 100 {
	case 3:
		return statusMoved
	case 4:
		return statusRefused
	case 5:
		return statusBroken
	}
	return statusOther
}
