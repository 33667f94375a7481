package telegramtest

import (
	"net/http"
	"strings"
	"unicode/utf16"
)

// Limits of texts after entities parsing, in UTF-16 units (sendMessage, sendPhoto).
const (
	maxText    = 4096
	maxCaption = 1024
)

// words puts a text with its entities into a message. The network takes white space off the ends, and off
// entities whatever lies outside.
func words(m Object, textName, entitiesName, text string, entities any, limit int) *answer {
	text = strings.TrimSpace(text)
	size := len(utf16.Encode([]rune(text)))
	if size > limit {
		name := map[string]string{"text": "message", "caption": "message caption"}[textName]
		a := refuse(http.StatusBadRequest, "Bad Request: "+name+" is too long")
		return &a
	}
	if text == "" {
		return nil
	}
	m[textName] = text
	var kept []any
	list, _ := entities.([]any)
	for _, v := range list {
		e, _ := v.(Object)
		offset, _ := e["offset"].(float64)
		length, _ := e["length"].(float64)
		if e["type"] == nil || offset < 0 || length <= 0 || int(offset+length) > size {
			a := refuse(http.StatusBadRequest, "Bad Request: can't parse entities: entity is outside of the text")
			return &a
		}
		kept = append(kept, e)
	}
	if len(kept) > 0 {
		m[entitiesName] = kept
	}
	return nil
}
