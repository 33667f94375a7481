package telegram

import (
	"errors"
	"strconv"
	"strings"
)

// maxConnection bounds the id of a business connection, in bytes; real ones have some twenty.
const maxConnection = 128

var errPlace = errors.New("this is no chat of Telegram")

// place is where a conversation is held. Its text is the port's Chat: "42", "-100123/t7" for a forum's
// topic, "-100123/d7" for one in a channel's direct messages, "42@id" for a business connection.
type place struct {
	chat       int64
	topic      int    // of a forum
	direct     int    // of a channel's direct messages
	connection string // business; ids of messages are the connected account's then
}

func (p place) String() string {
	text := strconv.FormatInt(p.chat, 10)
	switch {
	case p.topic != 0:
		text += "/t" + strconv.Itoa(p.topic)
	case p.direct != 0:
		text += "/d" + strconv.Itoa(p.direct)
	}
	if p.connection != "" {
		text += "@" + p.connection
	}
	return text
}

// remote names a message for the house: within a chat ids are unique, whatever the topic.
func (p place) remote(message int) string {
	return place{chat: p.chat, connection: p.connection}.String() + ":" + strconv.Itoa(message)
}

func parsePlace(text string) (place, error) {
	var p place
	text, p.connection, _ = strings.Cut(text, "@")
	chat, topic, divided := strings.Cut(text, "/")
	var err error
	if p.chat, err = strconv.ParseInt(chat, 10, 64); err != nil || len(p.connection) > maxConnection {
		return place{}, errPlace
	}
	if !divided {
		return p, nil
	}
	if topic == "" {
		return place{}, errPlace
	}
	n, err := strconv.Atoi(topic[1:])
	switch {
	case err != nil:
		return place{}, errPlace
	case topic[0] == 't':
		p.topic = n
	case topic[0] == 'd':
		p.direct = n
	default:
		return place{}, errPlace
	}
	return p, nil
}

// parseRemote reads what remote wrote.
func parseRemote(text string) (place, int, error) {
	colon := strings.LastIndexByte(text, ':')
	if colon < 0 {
		return place{}, 0, errPlace
	}
	p, err := parsePlace(text[:colon])
	if err != nil {
		return place{}, 0, err
	}
	id, err := strconv.Atoi(text[colon+1:])
	if err != nil || id <= 0 {
		return place{}, 0, errPlace
	}
	return p, id, nil
}
