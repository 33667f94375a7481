package webchat

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"parley/channels"
	"parley/internal/fault"
)

// Post is a message as a visitor sends it. Files are stored, and belong to the visitor.
type Post struct {
	ClientID string // a UUID that the browser made; the same on every retry
	Text     string
	Files    []channels.File
	Press    *channels.Press // the button that was pressed, whose label is the text; nil = none
	Raw      []byte          // the request's body
}

// Event turns a visitor's post into what intake takes. Its faults name the field that
// is wrong.
func (a *Account) Event(v Visitor, p Post) (channels.Event, error) {
	id, ok := parseUUID(p.ClientID)
	var wrong fault.Collector
	if !ok {
		wrong.Add("client_id", "malformed", fault.T("Нужен UUID.", "A UUID is needed."))
	}
	checkText(&wrong, p)
	checkFiles(&wrong, p.Files)
	if p.Press != nil && (p.Press.MessageID <= 0 || len(p.Press.Data) > maxData) {
		wrong.Add("press", "malformed", fault.T("Такой кнопки нет.", "There is no such button."))
	}
	if err := wrong.Err(); err != nil {
		return channels.Event{}, err
	}
	return channels.Event{
		Key: channels.EventKey(id), Direction: channels.Inward, Chat: v.ID, Sender: v.sender(a.id),
		Source:  channels.Source{Page: v.Page, Referrer: v.Referrer, UTM: v.UTM},
		Message: &channels.Message{Text: p.Text, Files: p.Files, Press: p.Press}, Raw: p.Raw,
	}, nil
}

func checkText(wrong *fault.Collector, p Post) {
	switch n := utf8.RuneCountInString(p.Text); {
	case strings.TrimSpace(p.Text) == "" && len(p.Files) == 0:
		wrong.Add("text", "required", fault.T("Напишите что-нибудь или приложите файл.", "Write something or attach a file."))
	case n > MaxText:
		wrong.Add("text", "too_long", fault.T(
			fmt.Sprintf("Не больше %d знаков, здесь %d. Разделите сообщение.", MaxText, n),
			fmt.Sprintf("At most %d characters, here are %d. Divide the message.", MaxText, n)))
	case !utf8.ValidString(p.Text) || strings.ContainsRune(p.Text, 0):
		wrong.Add("text", "malformed", fault.T("Уберите нулевые и повреждённые знаки.", "Remove NUL and broken characters."))
	}
}

func checkFiles(wrong *fault.Collector, files []channels.File) {
	if len(files) > MaxFiles {
		wrong.Add("attachments", "too_many", fault.T(
			fmt.Sprintf("Не больше %d файлов в сообщении.", MaxFiles), fmt.Sprintf("At most %d files in a message.", MaxFiles)))
	}
	for i, f := range files {
		if f.Size > MaxFileBytes {
			wrong.Add(fmt.Sprintf("attachments[%d]", i), "too_large", fault.T(
				fmt.Sprintf("Файл не больше %d МБ.", MaxFileBytes>>20), fmt.Sprintf("A file has at most %d MB.", MaxFileBytes>>20)))
		}
	}
}

// Receipt turns a visitor's word on how far one of our messages came into an event. It
// counts for every earlier message of the chat as well.
func (a *Account) Receipt(v Visitor, messageID int64, state channels.DeliveryState) (channels.Event, error) {
	var wrong fault.Collector
	if messageID <= 0 {
		wrong.Add("message_id", "malformed", fault.T("Укажите id сообщения.", "Give the id of a message."))
	}
	if state != channels.Delivered && state != channels.Read {
		wrong.Add("state", "unknown", fault.T("Укажите delivered или read.", "Give delivered or read."))
	}
	if err := wrong.Err(); err != nil {
		return channels.Event{}, err
	}
	return channels.Event{
		Key:       channels.EventKey("receipt:" + v.ID + ":" + strconv.FormatInt(messageID, 10) + ":" + string(state)),
		Direction: channels.Inward, Chat: v.ID, Sender: v.sender(a.id),
		Receipt: &channels.Receipt{MessageID: messageID, State: state, UpTo: true},
	}, nil
}

// Deliver commits one event of a visitor. Only after a nil error may the visitor be
// told that it was taken; any other but of an account that is gone means "again later",
// and the key makes that harmless.
func Deliver(ctx context.Context, in channels.Inbound, ev channels.Event) (channels.Outcome, error) {
	outcomes, err := in.Deliver(ctx, channels.Batch{Events: []channels.Event{ev}})
	if fault.KindOf(err) == fault.NotFound { // the account has just been deleted
		return channels.Outcome{}, err
	}
	if err != nil {
		return channels.Outcome{}, busy().Because(err)
	}
	if len(outcomes) != 1 {
		return channels.Outcome{}, busy().Because(fmt.Errorf("deliver post: %d outcomes for one event", len(outcomes)))
	}
	return outcomes[0], nil
}

func busy() *fault.Error {
	return fault.New(fault.Unavailable, "not_stored", fault.T(
		"Сообщение пока не сохранено, попробуйте ещё раз.", "The message is not stored yet; try again."))
}

// parseUUID checks the usual form of a UUID (RFC 9562, section 4) and returns it in
// lower case, so that one id has one key.
func parseUUID(s string) (string, bool) {
	if len(s) != 36 {
		return "", false
	}
	s = strings.ToLower(s)
	for i := range len(s) {
		switch c := s[i]; i {
		case 8, 13, 18, 23:
			if c != '-' {
				return "", false
			}
		default:
			if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
				return "", false
			}
		}
	}
	return s, true
}
